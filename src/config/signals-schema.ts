import * as z from "zod";
import { ids, isUnique, members, reference, text } from "#src/config/primitives.ts";

/* Settings of the section `signals`, and of what the section `flows` says of markets abroad. */

const sectors = (what: string) =>
  z
    .strictObject({
      name: text.describe("Name of the group, as a sentence has it: cyclicals."),
      members: members.describe("Price series of its sectors; each weighs the same."),
    })
    .describe(what);

const signal = z.strictObject({
  series: reference.describe("Id of the series."),
  over: reference
    .optional()
    .describe("Id of the series that it is divided by, for a ratio: copper over gold."),
  less: reference
    .optional()
    .describe("Id of the yield that is taken from it, for a slope: ten years less two."),
  means: z.enum(["growth", "slowdown"]).describe("What a rise means."),
  name: text
    .optional()
    .describe("Name inside a sentence; that of the series, or of both, when left out: copper over gold."),
});

export const signals = z.strictObject({
  index: reference.describe("Series of the index that sectors are measured against."),
  equalWeight: reference
    .optional()
    .describe(
      "Series of the same index with equal weights: what is strong only against the other mirrors the weakness of heavy sectors. Without it the page says that this remains open.",
    ),
  cyclical: sectors("Sectors that are bought when growth is expected, such as industrials and materials."),
  defensive: sectors("Sectors that are bought for safety, such as consumer staples and utilities."),
  others: members.describe("Price series of the sectors in neither group: who pays where both are strong."),
  growth: z
    .array(signal)
    .refine((list) => list.length === 0 || list.length >= 5, "five signals or more, or none")
    .default([])
    .describe(
      "Prices that say something of growth, five or more. Yields, spreads and series with the label volatility count by differences, everything else by logarithms.",
    ),
  curve: z
    .strictObject({
      short: reference.describe("Series of the yield of the short maturity."),
      long: reference.describe("Series of the yield of the long one."),
    })
    .optional()
    .describe("Two yields whose moves make that of the curve."),
  clock: z
    .strictObject({
      growth: ids
        .min(1, "at least one series")
        .refine(isUnique, "each series once")
        .describe("Monthly series of leading indicators, surveys or nowcasts, in points."),
      inflation: reference.describe("Monthly series of the core consumer price index."),
    })
    .optional()
    .describe(
      "Growth and inflation by monthly numbers, each as it was published by then; files should name when each vintage was known.",
    ),
});

export const markets = z.strictObject({
  home: reference.describe("Price series of the market at home."),
  abroad: reference.describe("Price series of the markets abroad, in the same currency."),
});
