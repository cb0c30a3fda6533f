import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TidelineError } from "#src/domain/errors.ts";
import type { Gathered, Observation } from "#src/domain/series.ts";
import { addDays } from "#src/domain/time.ts";
import type { Source } from "#src/sources/source.ts";
import { seriesOf } from "#tests/sources/csv-folder.ts";

/** One value as a provider writes it; `knownAt` is an ISO instant, `null` where the provider gives none. */
export interface FeedRow {
  readonly series: string;
  readonly date: string;
  readonly knownAt: string | null;
  readonly value: string;
}

/** How a source is put in front of the contract. */
export interface Subject {
  /** The source, with a provider that has these rows, in this order, for the series of `contractSeries`. */
  readonly holding: (rows: readonly FeedRow[]) => Promise<Source>;
  /** The source, with a provider that cannot be found. */
  readonly missing: () => Promise<Source>;
}

const alpha = seriesOf("alpha");
const beta = seriesOf("beta", { kind: "yield", unit: "percent" });
const gamma = seriesOf("gamma", { kind: "flow", unit: "million", currency: "USD" });

/** The series that a subject's provider may be asked for. */
export const contractSeries = Object.freeze([alpha, beta, gamma]);

const row = (series: string, date: string, value: string, knownAt: string | null = null): FeedRow => ({
  series,
  date,
  knownAt,
  value,
});

const feed: readonly FeedRow[] = Object.freeze([
  row("beta", "2026-02-13", "4.13"),
  row("alpha", "2026-02-12", "6900.5", "2026-02-12T21:00:00Z"),
  row("alpha", "2026-02-12", "6901", "2026-02-20T21:00:00Z"),
  row("gamma", "2026-02-12", "-340"),
  row("alpha", "2026-02-10", "6800", "2026-02-10T21:00:00Z"),
]);

/** Holds a source to the promise of `Source`. */
export function testSource(name: string, { holding, missing }: Subject): void {
  const answer = async (rows: readonly FeedRow[], asked = contractSeries) => (await holding(rows))(asked);

  describe(`${name} keeps the promise of a source`, () => {
    it("answers for each series that is asked for, in that order, and for no other", async () => {
      const ids = (gathered: readonly Gathered[]) => gathered.map(({ series }) => series);
      expect(ids(await answer(feed))).toEqual(["alpha", "beta", "gamma"]);
      expect(ids(await answer(feed, [gamma, alpha]))).toEqual(["gamma", "alpha"]);
      expect(ids(await answer(feed, [beta]))).toEqual(["beta"]);
      expect(await answer(feed, [])).toEqual([]);
    });

    it("gives observations by day, then by known-at, in the unit of facts", async () => {
      const at = (text: string) => Date.parse(text);
      expect(await answer(feed)).toEqual([
        {
          series: "alpha",
          gap: null,
          observations: [
            { date: "2026-02-10", knownAt: at("2026-02-10T21:00:00Z"), value: 6800 },
            { date: "2026-02-12", knownAt: at("2026-02-12T21:00:00Z"), value: 6900.5 },
            { date: "2026-02-12", knownAt: at("2026-02-20T21:00:00Z"), value: 6901 },
          ],
        },
        { series: "beta", gap: null, observations: [{ date: "2026-02-13", knownAt: null, value: 0.0413 }] },
        { series: "gamma", gap: null, observations: [{ date: "2026-02-12", knownAt: null, value: -340e6 }] },
      ]);
    });

    it("gives nothing twice", async () => {
      const [first] = await answer([...feed, ...feed]);
      expect(first?.observations.map(({ value }) => value)).toEqual([6800, 6900.5, 6901]);
    });

    it("states a gap for a series without rows, and for every series when nothing is there", async () => {
      const gapped = (gathered: readonly Gathered[]) =>
        gathered.map(({ gap, observations }) => [gap, observations.length]);
      const alphaOnly = feed.filter(({ series }) => series === "alpha");
      expect(gapped(await answer(alphaOnly))).toEqual([
        [null, 3],
        ["no-rows", 0],
        ["no-rows", 0],
      ]);
      expect(gapped(await answer([]))).toEqual([
        ["file-empty", 0],
        ["file-empty", 0],
        ["file-empty", 0],
      ]);
      expect(gapped(await (await missing())(contractSeries))).toEqual([
        ["file-missing", 0],
        ["file-missing", 0],
        ["file-missing", 0],
      ]);
    });

    it("reports every malformed row at once", async () => {
      const bad = [
        row("alpha", "2026-02-30", "1"),
        row("alpha", "2026-02-13", "many"),
        row("beta", "2026-02-14", "4.1"),
        row("gamma", "2026-02-13", "1", "2026-02-13"),
        row("gamma", "2026-02-12", "-341"),
      ];
      const error = await answer([...feed, ...bad]).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TidelineError);
      expect(error).toMatchObject({ code: "SOURCE_MALFORMED" });
      expect((error as TidelineError).problems).toHaveLength(bad.length);
    });

    it.each(["many", "1e999", "NaN", "Infinity", "4.1%", "4,1", "$4", "(4)", "0x10"])(
      "never reads %s as a number",
      async (value) => {
        await expect(answer([row("alpha", "2026-02-13", value)])).rejects.toMatchObject({
          code: "SOURCE_MALFORMED",
        });
      },
    );

    it("does not change what it is given, and answers alike when asked again", async () => {
      const asked = Object.freeze([...contractSeries]);
      const source = await holding(feed);
      expect(await source(asked)).toEqual(await source(asked));
      expect(asked).toEqual([alpha, beta, gamma]);
    });

    it("gives every row that it holds, exact, in order, and nothing else, whatever the rows", async () => {
      await fc.assert(
        fc.asyncProperty(history, async (rows) => {
          for (const [i, { series, gap, observations }] of (await answer(rows.map(printed))).entries()) {
            const held = rows.filter(({ series: id }) => id === series).map(observed);
            expect(observations).toEqual(held.toSorted(byPlace));
            expect(gap === null).toBe(observations.length > 0);
            expect(series).toBe(contractSeries[i]?.id);
          }
        }),
        { seed: 20_260_213, numRuns: 60 },
      );
    });
  });
}

/** A row before it is printed: a whole number of hundredths, so that its value in the unit of facts is one division away. */
interface Drawn {
  readonly series: string;
  readonly date: string;
  readonly knownAt: number | null;
  readonly hundredths: number;
}

/** 2026-01-05 is a Monday: week `n / 5`, day `n % 5` are Monday to Friday. */
const weekdayOf = (n: number): string => addDays("2026-01-05", Math.floor(n / 5) * 7 + (n % 5));

const history: fc.Arbitrary<readonly Drawn[]> = fc.uniqueArray(
  fc
    .record({
      series: fc.constantFrom("alpha", "beta", "gamma"),
      date: fc.integer({ min: 0, max: 14 }).map(weekdayOf),
      days: fc.option(fc.integer({ min: 0, max: 5 })),
      hundredths: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    })
    .map(({ series, date, days, hundredths }) => ({
      series,
      date,
      knownAt: days === null ? null : Date.parse(`${addDays(date, days)}T21:00:00Z`),
      hundredths,
    })),
  { selector: ({ series, date, knownAt }) => `${series} ${date} ${knownAt}`, maxLength: 30 },
);

function printed({ series, date, knownAt, hundredths }: Drawn): FeedRow {
  const digits = String(Math.abs(hundredths)).padStart(3, "0");
  const value = `${hundredths < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  return row(series, date, value, knownAt === null ? null : new Date(knownAt).toISOString());
}

/** A hundredth of a unit, of a percent and of a million; one division or product of exact numbers rounds at most once. */
const inFacts: Readonly<Record<string, (hundredths: number) => number>> = {
  alpha: (n) => n / 100,
  beta: (n) => n / 10_000,
  gamma: (n) => n * 10_000,
};

const observed = ({ series, date, knownAt, hundredths }: Drawn): Observation => ({
  date,
  knownAt,
  // Plus zero, so that -0 is 0.
  value: (inFacts[series]?.(hundredths) ?? Number.NaN) + 0,
});

const byPlace = (a: Observation, b: Observation): number =>
  a.date === b.date ? (a.knownAt ?? -Infinity) - (b.knownAt ?? -Infinity) || 0 : a.date < b.date ? -1 : 1;
