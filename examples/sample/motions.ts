import { gridNames, laggards, leaders, subindustries } from "./catalogue.ts";
import type { Factor } from "./parameters.ts";

/** `[year, value]`: where a series is drawn to, with straight lines between the years. */
export type Anchor = readonly [year: number, value: number];

/** How a daily series moves. */
export interface Motion {
  /** Its first value. */
  readonly start: number;
  /** `log`: by returns, and always positive; `difference`: by what is added, such as a yield. */
  readonly scale: "log" | "difference";
  /** What it takes from each factor, and from the world factor of the day before: markets that close before New York. */
  readonly loads: Readonly<Partial<Record<Factor | "worldLag", number>>>;
  /** Its own noise a day. */
  readonly own: number;
  /** Its own drift a day, beside the world factor's. */
  readonly drift?: number;
  /** Chance a day and standard deviation of a jump of its own; names jump after their reports too. */
  readonly jump?: readonly [chance: number, sigma: number];
  /** Where it is drawn to, and the share of the way a day. */
  readonly pull?: { readonly to: readonly Anchor[]; readonly speed: number };
  /** It never goes below this. */
  readonly floor?: number;
}

type Loads = Motion["loads"];

const walk = (start: number, loads: Loads, own: number, drift = 0): Motion => ({
  ...{ start, loads, own, drift },
  scale: "log",
});

const drawn = (to: readonly Anchor[], speed: number, loads: Loads, own: number): Motion => ({
  ...{ loads, own },
  start: to[0]?.[1] ?? 1,
  scale: "log",
  pull: { to, speed },
});

const yieldOf = (to: readonly Anchor[], loads: Loads, own: number): Motion => ({
  ...drawn(to, 0.006, loads, own),
  scale: "difference",
  floor: 0.02,
});

/** Jumps out of nothing are rare; names jump when they report too. */
const stock = (start: number, loads: Loads, own: number): Motion => ({
  ...walk(start, loads, own),
  jump: [1 / 400, 0.03],
});

const each = (
  entries: readonly { readonly id: string }[],
  starts: readonly number[],
  loads: Loads,
  own: number,
): Record<string, Motion> =>
  Object.fromEntries(entries.map(({ id }, i) => [id, stock(starts[i] ?? 50, loads, own)]));

/** How every daily series moves before anything is bent; the order gives each its stream of draws. */
export const motions: Readonly<Record<string, Motion>> = {
  USLC: walk(618, { world: 1, tech: 0.25 }, 0.0008),
  USEW: walk(540, { world: 1.02, cyclical: 0.35 }, 0.0014),
  EXUS: walk(410, { world: 0.72, worldLag: 0.2, asia: 0.35, dollar: -0.5 }, 0.002, -0.0001),
  WORLD: walk(480, { world: 0.92, worldLag: 0.06, asia: 0.12, tech: 0.15, dollar: -0.2 }, 0.0008),
  KRIX: walk(880, { world: 0.25, worldLag: 0.4, asia: 0.7, korea: 0.9 }, 0.003, 0.0001),
  JPIX: walk(19_400, { world: 0.25, worldLag: 0.5, tech: 0.1, asia: 0.5, dollar: 0.35 }, 0.004, -0.0001),
  HKIX: walk(10_300, { world: 0.3, worldLag: 0.35, asia: 1.05 }, 0.006),
  CNIX: walk(560, { world: 0.12, worldLag: 0.2, asia: 0.9 }, 0.007, 0.0001),
  DEIX: walk(2290, { world: 0.85, worldLag: 0.15 }, 0.004),
  XTEC: walk(110, { world: 1.05, tech: 1, cyclical: 0.1, rates: -0.006 }, 0.0032),
  XCOM: walk(120, { world: 0.9, tech: 0.5 }, 0.0036, -0.0001),
  XDIS: walk(100, { world: 1.02, tech: 0.25, cyclical: 0.5 }, 0.0032),
  XSTA: walk(95, { world: 0.72, cyclical: -0.75 }, 0.003),
  XHEA: walk(90, { world: 0.82, cyclical: -0.5 }, 0.0034),
  XFIN: walk(105, { world: 1.05, cyclical: 0.6, rates: 0.02 }, 0.0036, -0.0001),
  XIND: walk(100, { world: 1.02, cyclical: 0.7 }, 0.0028),
  XMAT: walk(98, { world: 1, cyclical: 0.75, metals: 0.15 }, 0.0036, -0.0001),
  XENE: walk(115, { world: 0.9, cyclical: 0.4, metals: 0.35 }, 0.0062, -0.0001),
  XUTI: walk(92, { world: 0.62, cyclical: -0.8, rates: -0.02 }, 0.0036),
  XREA: walk(96, { world: 0.88, rates: -0.025 }, 0.0042, -0.0001),
  US3M: yieldOf(
    [
      [1996, 5.1],
      [2003, 1.4],
      [2007, 4.4],
      [2010, 0.8],
      [2019, 1.6],
      [2021, 0.9],
      [2024, 4.6],
      [2027, 3.7],
    ],
    { rates: 0.12 },
    0.012,
  ),
  US2Y: yieldOf(
    [
      [1996, 5.3],
      [2003, 2.1],
      [2007, 4.3],
      [2011, 1.2],
      [2019, 1.9],
      [2021, 1.1],
      [2024, 4.5],
      [2027, 3.9],
    ],
    { rates: 0.8, world: 0.4 },
    0.02,
  ),
  US10Y: yieldOf(
    [
      [1996, 5.9],
      [2003, 4],
      [2007, 4.6],
      [2012, 2.1],
      [2019, 2.2],
      [2021, 1.6],
      [2024, 4.3],
      [2027, 4.3],
    ],
    { rates: 1, world: 0.5 },
    0.012,
  ),
  JP10Y: yieldOf(
    [
      [1996, 2.9],
      [2003, 1.5],
      [2014, 1],
      [2021, 0.9],
      [2027, 2],
    ],
    { rates: 0.3 },
    0.016,
  ),
  JPBE: yieldOf(
    [
      [1996, 1],
      [2012, 0.9],
      [2021, 0.9],
      [2027, 1.7],
    ],
    { rates: 0.12, world: 0.3 },
    0.013,
  ),
  HYSP: drawn(
    [
      [1996, 4],
      [2002, 6],
      [2006, 3.6],
      [2009, 6.5],
      [2013, 4.6],
      [2027, 3.8],
    ],
    0.008,
    { world: -1.4 },
    0.006,
  ),
  USDJPY: drawn(
    [
      [1996, 108],
      [2012, 98],
      [2021, 112],
      [2024, 144],
      [2027, 152],
    ],
    0.003,
    { world: 0.08, dollar: 1 },
    0.0034,
  ),
  USDKRW: drawn(
    [
      [1996, 950],
      [2001, 1180],
      [2021, 1160],
      [2027, 1420],
    ],
    0.004,
    { worldLag: -0.15, korea: -0.12, dollar: 0.6 },
    0.0026,
  ),
  AUDJPY: drawn(
    [
      [1996, 82],
      [2012, 80],
      [2021, 84],
      [2027, 97],
    ],
    0.004,
    { world: 0.4, metals: 0.2, dollar: 0.4 },
    0.0036,
  ),
  JPNEER: drawn(
    [
      [1996, 100],
      [2012, 108],
      [2027, 78],
    ],
    0.003,
    { dollar: -0.9, world: -0.08 },
    0.0024,
  ),
  GOLD: walk(395, { world: -0.05, dollar: -0.7, rates: -0.01 }, 0.0078, 0.0002),
  COPPER: drawn(
    [
      [1996, 2400],
      [2011, 6400],
      [2021, 7600],
      [2027, 10_400],
    ],
    0.002,
    { world: 0.35, metals: 1.1, cyclical: 0.5 },
    0.006,
  ),
  OIL: drawn(
    [
      [1996, 22],
      [2008, 68],
      [2016, 58],
      [2027, 70],
    ],
    0.003,
    { world: 0.4, metals: 0.9, cyclical: 0.4 },
    0.011,
  ),
  INDM: drawn(
    [
      [1996, 140],
      [2011, 300],
      [2027, 420],
    ],
    0.002,
    { world: 0.3, metals: 1, cyclical: 0.4 },
    0.003,
  ),
  JPBANK: walk(260, { world: 0.25, worldLag: 0.45, asia: 0.5, dollar: 0.3, rates: 0.03 }, 0.006, -0.0003),
  SOFT: walk(100, { world: 1, tech: 0.6, software: 1 }, 0.0028),
  ...each(
    subindustries,
    [80, 95, 60, 70, 110, 55, 65, 90, 75, 50],
    { world: 0.98, tech: 0.45, software: 0.95 },
    0.0085,
  ),
  ...each(leaders, [21, 34, 28, 16, 19], { world: 1.05, tech: 1.15 }, 0.0105),
  ...each(laggards, [96, 82, 74, 91, 66], { world: 0.95, tech: 0.3, software: 0.55 }, 0.0092),
  ...each(gridNames, [41, 55, 38, 62, 47, 29], { world: 0.9, cyclical: 0.3, grid: 1 }, 0.0075),
  LIQ: walk(100, { world: 0.9, tech: 0.1 }, 0.0016),
  ILLIQ: walk(100, { world: 0.95, cyclical: 0.2 }, 0.0032),
  KRFOREIGN: drawn(
    [
      [1996, 24],
      [2004, 40],
      [2012, 34],
      [2027, 34],
    ],
    0.006,
    { korea: 0.15, world: 0.1 },
    0.0028,
  ),
};

/** The turnover of a group, in thousands of shares: its usual size, how far it strays, and the names whose moves swell it. */
export const turnovers = {
  SOFT_VOL: { mean: 182_000, growth: 0.05, of: "SOFT" },
  GRID_VOL: { mean: 27_400, growth: 0.08, of: "GRID_CABLE" },
} as const;

/** Of `log` turnover: how long it strays, by how much, and what a move of one per cent adds. */
export const turnoverModel = { persistence: 0.7, sigma: 0.12, move: 0.09 } as const;

/** Articles a week, the share that tells each story, and the tone of those that do. */
export const press = {
  totals: { WIRE_ALL: 5200, PRESS_ALL: 2300 },
  totalNoise: 0.04,
  shares: {
    WIRE_DIS: { of: "WIRE_ALL", mean: 0.011 },
    WIRE_RET: { of: "WIRE_ALL", mean: 0.013 },
    PRESS_DIS: { of: "PRESS_ALL", mean: 0.016 },
    PRESS_RET: { of: "PRESS_ALL", mean: 0.014 },
  },
  /** Of the log of a share, from week to week. */
  story: { persistence: 0.96, sigma: 0.09 },
  tones: { TONE_DIS: -0.9, TONE_RET: -0.4 },
  tone: { persistence: 0.85, sigma: 0.22 },
  /** Articles a week about a sub-industry, and the share that names the risk. */
  subindustry: { articles: 620, risk: 0.035 },
} as const;

/** Levels of monthly series, their growth a year, how far they stray and for how long, and the season of the year. */
export interface MonthlyMotion {
  readonly start: number;
  readonly growth: number;
  readonly persistence: number;
  readonly sigma: number;
  readonly season?: number;
}

export const monthlyMotions: Readonly<Record<string, MonthlyMotion>> = {
  ELECPI: { start: 100, growth: 0.024, persistence: 0.95, sigma: 0.007 },
  LOAD: { start: 296_000, growth: 0.007, persistence: 0.8, sigma: 0.009, season: 0.09 },
  CAPPRICE: { start: 62, growth: 0.03, persistence: 0.95, sigma: 0.02 },
  CORECPI: { start: 163, growth: 0.022, persistence: 0.98, sigma: 0.0012 },
  LEI: { start: 81, growth: 0.01, persistence: 0.98, sigma: 0.007 },
  SURVEY: { start: 52, growth: 0, persistence: 0.9, sigma: 0.022 },
};

/** A multiple: its long-run mean, the price it is of, and how far it strays beyond the price's own way. */
export const multiples = {
  KRPE: { of: "KRIX", mean: 10.4, memory: 30, sigma: 0.03 },
  KRPB: { of: "KRIX", mean: 1.12, memory: 40, sigma: 0.02 },
  WORLDPB: { of: "WORLD", mean: 2.35, memory: 60, sigma: 0.015 },
  JPPE: { of: "JPIX", mean: 14.8, memory: 30, sigma: 0.03 },
  SOFTPE: { of: "SOFT", mean: 27.5, memory: 30, sigma: 0.025 },
} as const;

/** Monthly returns of hedge funds: their own mean and noise, and the share of the market's month. */
export const hedgeFunds = {
  HFMACRO: { mean: 0.0042, sigma: 0.013, beta: 0.05 },
  HFLS: { mean: 0.0034, sigma: 0.009, beta: 0.42 },
  HFQUANT: { mean: 0.0045, sigma: 0.012, beta: 0.1 },
} as const;

/** Dividends a year of the US index. */
export const dividends = 0.016;

/** Shares outstanding, in millions, of the names in the order of the catalogue. */
export const sharesOutstanding = [4200, 1900, 2400, 1600, 1100, 1400, 1200, 900, 800, 700] as const;

/** Quarterly accounts of the builders: sales in USD million, what they grow a year, and the rest as shares of sales. */
export const accounts = {
  sales: 31_000,
  growth: 0.13,
  noise: 0.025,
  capex: { share: 0.11, persistence: 0.93, sigma: 0.05 },
  margin: { share: 0.24, persistence: 0.9, sigma: 0.04 },
  depreciation: { share: 0.07, persistence: 0.95, sigma: 0.03 },
  /** Net plant over assets, in per cent, of the names in the order of the catalogue. */
  plant: [24, 31, 44, 18, 21, 9, 7, 11, 6, 13],
  plantNoise: 0.02,
} as const;
