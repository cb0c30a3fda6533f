import * as z from "zod";
import { id, reference, text } from "#src/config/primitives.ts";

const strategy = z.strictObject({
  name: text.describe("Name of the strategy."),
  prose: text
    .optional()
    .describe("Name inside a sentence, in the plural: discretionary macro funds. The name when left out."),
  series: reference.describe(
    "Series of the index that follows it: monthly returns, of kind return, or levels, of kind total-return.",
  ),
});

/** Settings of the section `hedge-funds`. */
export const hedgeFunds = z.strictObject({
  market: reference
    .optional()
    .describe(
      "Series of the market that strategies are held against: its total return. Needed by strategies.",
    ),
  cash: reference
    .optional()
    .describe("Series of the yield of a bill, what a month earns without risk. Needed by strategies."),
  strategies: z
    .record(id, strategy)
    .default({})
    .describe("Strategies, by id, each followed by an index whose publisher the page names."),
  liquidity: z
    .strictObject({
      liquid: reference.optional().describe("Series of what is liquid: a benchmark."),
      illiquid: reference
        .optional()
        .describe(
          "Series of what is listed of private markets: real estate, business development, private equity.",
        ),
      volumes: z
        .record(id, reference)
        .optional()
        .describe(
          "In place of the two: by id of a name's price series, the series of its shares traded, of kind count; thirty names or more, of which the most and the least liquid fifth are compared.",
        ),
    })
    .optional()
    .describe("What liquid and illiquid assets are told by."),
  adaptive: z
    .strictObject({
      adaptive: reference.describe("Series of an index of strategies that follow prices: trend, momentum."),
      static: reference.describe("Series of the same assets in equal parts."),
    })
    .optional()
    .describe("What adaptive strategies are held against."),
});
