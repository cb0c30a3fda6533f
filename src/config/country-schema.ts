import * as z from "zod";
import { day, isUnique, reference, text } from "#src/config/primitives.ts";

const earnings = z.strictObject({
  year: z.int("a year").min(1900, "a year").max(2999, "a year").describe("The fiscal year."),
  series: reference.describe(
    "Series of what is expected to be earned a share in that year, of kind earnings.",
  ),
});

const fixing = z.strictObject({
  name: text.describe("Where the rates are from and when they are fixed, as the page says it."),
  from: day.optional().describe("The first day of which it is the fixing; left out for the first."),
});

const label = z.strictObject({
  effective: reference.optional().describe("Series of the currency's effective rate, higher when it gains."),
  breakeven: reference.optional().describe("Series of the breakeven inflation rate, of kind yield."),
  banks: reference.optional().describe("Price series of the country's banks, in its currency."),
  gold: reference
    .optional()
    .describe("Price series of gold in dollars; it is told in the country's currency."),
});

const window = z.union([
  z.literal("full"),
  z.int("a number of months, or full").min(60, "60 months or more, or full"),
]);

/** What is told of one country. */
export const country = z.strictObject({
  name: text.describe("Name of the country."),
  money: text.describe("Its currency inside a sentence, with its article: the won."),
  index: reference.describe("Price series of its equity index, in its currency."),
  currency: reference
    .optional()
    .describe(
      "Series of its rate of exchange to the dollar, of kind fx. Without it only local returns are told.",
    ),
  quote: z
    .enum(["local per dollar", "dollars per local"])
    .default("local per dollar")
    .describe("How that rate is quoted: yen per dollar is local per dollar."),
  fixings: z
    .array(fixing)
    .default([])
    .describe("Where its rates are from, oldest first; the page says which, and where a span has two."),
  world: reference
    .optional()
    .describe("Price series of the world's equities in dollars, which the index is compared with."),
  dollars: reference
    .optional()
    .describe("Price series of the market in dollars, such as a fund: shown beside the converted return."),
  yield: reference.optional().describe("Series of its ten-year yield, of kind yield."),
  target: reference
    .optional()
    .describe("Series of a target for the index, of kind level, with the days on which it was published."),
  earnings: z
    .array(earnings)
    .refine((years) => years.length !== 1, "two years or more, or none")
    .refine((years) => isUnique(years.map(({ year }) => year)), "each year once")
    .default([])
    .describe("Expected earnings a share by fiscal year."),
  multiple: reference.optional().describe("Series of the forward price-earnings ratio, by month."),
  windows: z
    .array(window)
    .min(1, "at least one window")
    .refine(isUnique, "each window once")
    .default([120, 180, "full"])
    .describe("Calendar months of the long-run averages that the ratio is compared with; full: all of them."),
  book: reference.optional().describe("Series of the price-book ratio, by month."),
  worldBook: reference.optional().describe("Series of the world's price-book ratio, by month."),
  foreign: reference
    .optional()
    .describe("Series of foreigners' share of the market value, of kind ratio and in unit percent."),
  flip: z
    .boolean()
    .default(false)
    .describe("Whether the correlation of index and currency is watched for a change of sign."),
  label: label
    .optional()
    .describe(
      "Series by which a debasement trade, a reflation trade and a disinflationary rally are told apart, beside index and yield.",
    ),
});

/** The configuration of one country after zod. */
export type CountryConfig = z.output<typeof country>;
