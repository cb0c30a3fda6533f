import type { GivenList } from "#src/domain/declared.ts";
import type { EpicentreRule } from "#src/domain/epicentre-rules.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import { closesTo, type Row, series, weekdaysTo } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import type { CaseSeries, MarketCase } from "#tests/sections/market-case.ts";
import { friday, noise, pathOf } from "#tests/sections/surfaces.ts";

/** Returns of a market, one per cent at most, from a seed. */
export const marketReturns = (n: number): readonly number[] => {
  const dice = noise(77);
  return series(n, () => 0.01 * dice());
};

/** Returns that follow the market and have a part of their own. */
export const followers = (
  n: number,
  seed: number,
  { beta = 1.2, own = 0.006, last = [] as readonly number[] } = {},
): readonly number[] => {
  const dice = noise(seed);
  const returns = marketReturns(n).map((r) => beta * r + own * dice());
  return returns.map((r, t) => last[t - (n - last.length)] ?? r);
};

/** Volumes about a million, the last of them multiplied. */
export const volumes = (n: number, times = 1, sessions = 5): readonly Row[] => {
  const dice = noise(5);
  return closesTo(
    friday,
    series(n, (i) => Math.round(1e6 * Math.exp(0.3 * dice()) * (i >= n - sessions ? times : 1))),
  );
};

/** The last days of months, the last of them January 2026. */
export const monthEndsTo = (n: number): readonly IsoDate[] =>
  series(n, (i) => i).map((i) => {
    const month = 12 * 2026 + 1 - (n - 1 - i);
    return addDays(`${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`, -1);
  });

export const monthly = (values: readonly number[]): readonly Row[] =>
  monthEndsTo(values.length).map((day, i): Row => [day, values[i] ?? 0]);

/** A monthly series that stands for 75 days, known a session after its date unless said otherwise. */
export const standing = (kind: CaseSeries["kind"] & string, rows: readonly Row[]): CaseSeries => ({
  kind,
  staleAfter: 75,
  lag: { sessions: 1, hours: 0 },
  rows,
});

/** Events of names, each known from the next day on. */
export const eventsList = (events: readonly (readonly [name: string, date: IsoDate])[]): GivenList => ({
  kind: "events",
  gap: null,
  entries: events.map(([name, date]) => ({
    key: `${name} ${date}`,
    knownAt: null,
    value: JSON.stringify({
      id: `${name}-${date}`,
      date,
      kind: "earnings",
      name: { en: "Results", "zh-CN": "业绩" },
      series: name,
      source: null,
    }),
  })),
});

/** Days of the sessions of a case with so many closes. */
export const sessionsOf = (closes: number): readonly IsoDate[] => weekdaysTo(friday, closes);

/** A sector S against a market M, and whatever else is named. */
export function sectorCase(
  own: Readonly<Record<string, CaseSeries>>,
  rule: Partial<EpicentreRule> = {},
  rest: Partial<MarketCase> = {},
): MarketCase {
  return {
    series: own,
    epicentre: {
      sector: "S",
      market: "M",
      multiple: null,
      earnings: null,
      volume: null,
      subindustries: [],
      names: [],
      ...rule,
    },
    sections: ["epicentre", "sources"],
    ...rest,
  };
}

/** The issue of such a sector. */
export function sectorIssue(...given: Parameters<typeof sectorCase>) {
  const found = issueOf(sectorCase(...given), friday);
  return { ...found, part: found.section("epicentre") };
}

/** A sector and its market alone. */
export const plainSector = (n = 900): Readonly<Record<string, CaseSeries>> => ({
  M: { rows: pathOf(marketReturns(n)) },
  S: { rows: pathOf(followers(n, 3)) },
});
