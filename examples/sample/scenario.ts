import { readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";

/*
 * What the sample is bent to: dated targets, constructed and not simulated. Each is a bridge over a stated span, between whose ends
 * the draws stay what they are; scenario.yaml holds the numbers and targets.ts does the bending.
 */

const day = z.iso.date();
const ids = z.array(z.string()).min(1);
const span = { from: day, to: day, value: z.number() };

const target = z.discriminatedUnion("what", [
  /** Levels on days, reached by a constant drift from the day before; from `from` on, until which nothing changes. */
  z.strictObject({ what: z.literal("level"), series: ids, from: day, at: z.record(day, z.number()) }),
  /** What is gained over a span (a fraction; of yields, percentage points), or gained beyond another series. */
  z.strictObject({ what: z.literal("gain"), series: ids, beyond: z.string().optional(), ...span }),
  /** A return that is added on one day. */
  z.strictObject({ what: z.literal("move"), series: ids, on: day, value: z.number() }),
  /** Annual volatility of the days of a span, whose gain stays. */
  z.strictObject({ what: z.literal("volatility"), series: ids, ...span }),
  /** Correlation of the days of a span with another series', whose gain and volatility stay. */
  z.strictObject({ what: z.literal("correlation"), series: ids, with: z.string(), ...span }),
  /** How much of each day's surprise the next day takes back, 0 to 1; gain and volatility of the span stay. */
  z.strictObject({ what: z.literal("reversal"), series: ids, ...span }),
  /** Share of a market's falling months that a fund takes part in. */
  z.strictObject({ what: z.literal("capture"), series: ids, of: z.string(), ...span }),
  /** Net flows of funds together, in USD: what is missing is spread over the span, more and more towards its end. */
  z.strictObject({ what: z.literal("flows"), series: ids, ...span }),
  /** What somebody is quoted with. */
  z.strictObject({
    ...{ what: z.literal("quote"), series: ids, on: day, value: z.number() },
    source: z.strictObject({ en: z.string(), "zh-CN": z.string() }),
  }),
]);

const scenario = z.strictObject({ constructed: z.literal(true), targets: z.array(target) });

export type Target = z.output<typeof target>;
export type Scenario = z.output<typeof scenario>;

/** The targets of one kind, in their order. */
export const targetsOf = <What extends Target["what"]>(
  from: Scenario | null,
  what: What,
): readonly Extract<Target, { what: What }>[] =>
  (from?.targets ?? []).filter((each): each is Extract<Target, { what: What }> => each.what === what);

/** The scenario of the published sample. */
export const publishedScenario = (): Scenario =>
  scenario.parse(parse(readFileSync(new URL("scenario.yaml", import.meta.url), "utf8")));
