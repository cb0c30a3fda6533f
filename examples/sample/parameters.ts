/*
 * Every number that shapes the simulated market. Two mechanisms steer it, both drifts:
 * episodes push a factor for a while, and waypoints bend a series by a constant drift a day between
 * two dates, so that it stands at the given level on each of them. Everything else is drawn.
 */

export const seed = 20260213;
export const firstDay = "2015-01-02";
export const lastDay = "2026-02-13";
export const firstFlowDay = "2020-01-02";

export type State = "calm" | "turbulent";
export type Factor = "world" | "tech" | "asia";

/** Chance per day of leaving each state. */
export const leaving: Readonly<Record<State, number>> = { calm: 1 / 170, turbulent: 1 / 30 };

/** Standard deviation a day of each factor in each state. */
export const factorSigma: Readonly<Record<Factor, Readonly<Record<State, number>>>> = {
  world: { calm: 0.0056, turbulent: 0.0165 },
  tech: { calm: 0.005, turbulent: 0.011 },
  asia: { calm: 0.0048, turbulent: 0.0085 },
};

/** By how much a series' own noise grows in the turbulent state. */
export const ownTurbulence = 1.6;

/** A stretch of days with a given state, and drifts a day of the factors. */
export interface Episode {
  readonly from: string;
  readonly to: string;
  readonly state: State;
  readonly drift: Readonly<Partial<Record<Factor, number>>>;
}

export const episodes: readonly Episode[] = [
  { from: "2020-02-12", to: "2020-03-17", state: "turbulent", drift: { world: -0.0145 } },
  { from: "2020-03-18", to: "2020-05-29", state: "turbulent", drift: { world: 0.0062 } },
  { from: "2022-01-17", to: "2022-10-21", state: "turbulent", drift: { world: -0.0011, tech: -0.0006 } },
  { from: "2025-11-24", to: "2026-02-13", state: "calm", drift: {} },
];

/** `[date, level]`: where a series stands on that day, whatever was drawn. */
export type Waypoint = readonly [date: string, level: number];

/** How a series moves: what it takes from each factor, its own noise a day, and where it must pass. */
export interface Motion {
  readonly world?: number;
  /** What it takes from the world factor of the day before: markets that close before New York. */
  readonly worldLag?: number;
  readonly tech?: number;
  readonly asia?: number;
  readonly own: number;
  /** Chance a day and standard deviation of a jump of its own, such as results. */
  readonly jump?: readonly [chance: number, sigma: number];
  readonly waypoints: readonly Waypoint[];
}

const leader = { world: 1.05, tech: 1.5, own: 0.012, jump: [1 / 63, 0.035] } as const;
const laggard = { world: 0.95, tech: 0.35, own: 0.011, jump: [1 / 63, 0.03] } as const;

/** Five levels: at the start, at the ends of 2024 and 2025, and around the last week. */
function stockLevels(...levels: readonly [number, number, number, number, number]): Waypoint[] {
  const dates = [firstDay, "2024-12-30", "2025-12-31", "2026-02-06", lastDay];
  return levels.map((level, i) => [dates[i] ?? lastDay, level]);
}

/**
 * The last weeks: the US index approaches 5,000 twice in 2026 and turns each time; Korea, twice its close
 * of 2024-12-30, has a strong last week; the laggards fall in it while the leaders barely rise.
 */
export const motions: Readonly<Record<string, Motion>> = {
  USLC: {
    ...{ world: 1, tech: 0.25, own: 0.001 },
    waypoints: [
      [firstDay, 1486.2],
      ["2024-12-31", 4312.55],
      ["2025-10-31", 4748.2],
      ["2025-12-08", 4838.65],
      ["2025-12-31", 4871.36],
      ["2026-01-09", 4987.12],
      ["2026-01-20", 4858.91],
      ["2026-01-29", 4991.48],
      ["2026-02-05", 4866.27],
      [lastDay, 4918.74],
    ],
  },
  KRIX: {
    ...{ world: 0.3, worldLag: 0.45, tech: 0.2, asia: 0.9, own: 0.004 },
    waypoints: [
      [firstDay, 1378.42],
      ["2024-12-30", 1541.87],
      ["2025-12-30", 2786.03],
      ["2026-02-06", 3014.56],
      [lastDay, 3259.07],
    ],
  },
  JPIX: {
    ...{ world: 0.3, worldLag: 0.55, tech: 0.15, asia: 0.6, own: 0.004 },
    waypoints: [
      [firstDay, 11_904.6],
      ["2025-12-30", 26_318.44],
      ["2026-02-06", 27_105.92],
      [lastDay, 27_891.35],
    ],
  },
  HKIX: {
    ...{ world: 0.3, worldLag: 0.35, asia: 1.1, own: 0.006 },
    waypoints: [
      [firstDay, 21_422.8],
      ["2024-12-30", 16_240.71],
      [lastDay, 19_874.26],
    ],
  },
  CNIX: {
    ...{ world: 0.15, worldLag: 0.2, asia: 0.9, own: 0.006 },
    waypoints: [
      [firstDay, 2743.18],
      ["2024-12-30", 2688.93],
      [lastDay, 3107.42],
    ],
  },
  DEIX: {
    ...{ world: 0.85, worldLag: 0.15, own: 0.004 },
    waypoints: [
      [firstDay, 7018.33],
      ["2024-12-30", 13_226.58],
      ["2025-12-30", 15_098.4],
      [lastDay, 15_482.07],
    ],
  },
  US10Y: {
    ...{ world: 0.25, own: 0.012 },
    waypoints: [
      [firstDay, 2.34],
      ["2020-02-12", 1.83],
      ["2020-03-17", 1.02],
      ["2021-12-31", 1.71],
      ["2022-10-21", 3.88],
      ["2026-02-06", 3.94],
      [lastDay, 3.81],
    ],
  },
  USDJPY: {
    ...{ world: 0.12, own: 0.0042 },
    waypoints: [
      [firstDay, 116.8],
      ["2021-12-30", 108.42],
      ["2024-12-30", 139.27],
      [lastDay, 141.65],
    ],
  },
  USDKRW: {
    ...{ world: -0.18, asia: -0.3, own: 0.003 },
    waypoints: [
      [firstDay, 1092.4],
      ["2024-12-30", 1338.15],
      [lastDay, 1296.38],
    ],
  },
  GOLD: {
    ...{ world: -0.06, own: 0.0082 },
    waypoints: [
      [firstDay, 1136.4],
      ["2024-12-30", 2216.73],
      [lastDay, 3388.9],
    ],
  },
  CHIPS_A: { ...leader, waypoints: stockLevels(24.6, 241.82, 322.15, 338.44, 341.27) },
  CHIPS_B: { ...leader, waypoints: stockLevels(41.3, 196.37, 259.84, 268.12, 272.05) },
  MEMORY: { ...leader, waypoints: stockLevels(33.8, 118.64, 203.48, 231.75, 236.9) },
  NETWORKS: { ...leader, waypoints: stockLevels(18.9, 103.21, 139.07, 142.66, 141.38) },
  TOOLS: { ...leader, waypoints: stockLevels(22.7, 134.58, 186.52, 197.93, 198.71) },
  SOFTWARE_A: { ...laggard, waypoints: stockLevels(71.2, 412.36, 352.9, 318.24, 305.11) },
  SOFTWARE_B: { ...laggard, waypoints: stockLevels(58.4, 287.91, 243.66, 214.87, 205.02) },
  PAYROLL: { ...laggard, waypoints: stockLevels(63.5, 246.48, 224.73, 211.35, 205.66) },
  CONSULTING: { ...laggard, waypoints: stockLevels(82.1, 301.77, 262.18, 243.58, 235.19) },
  DATASERV: { ...laggard, waypoints: stockLevels(49.6, 268.05, 241.35, 224.16, 214.93) },
};

/** The volatility index: 100 times annualised expected volatility with a premium, and noise that fades. */
export const volatility = {
  decay: 0.94,
  start: 0.0075,
  /** Part of the variance that never fades. */
  floor: 0.000_08,
  floorShare: 0.25,
  premium: 1.3,
  /** Percent rise of the index for each percent that the US index falls on the day. */
  leverage: 4,
  noise: { persistence: 0.92, sigma: 0.025 },
} as const;

/** A fund's money: USD million a day on average before and since `turn`, and the size of its noise. */
export interface FlowMotion {
  readonly before: number;
  readonly since: number;
  readonly sigma: number;
}

export const flowModel = {
  /** From here on the averages `since` hold. */
  turn: "2026-01-01",
  persistence: 0.35,
  /** What a fall or rise of the world factor by one calm standard deviation adds the next day, in sigmas. */
  chase: 0.25,
  /** Chance that a fund's row is missing although there was a session. */
  missing: 0.012,
  /** Flows are written in steps of this many USD. */
  step: 100_000,
} as const;

export const flowMotions: Readonly<Record<string, FlowMotion>> = {
  F_US_CORE: { before: 95, since: 62, sigma: 140 },
  F_US_GROWTH: { before: 46, since: 34, sigma: 95 },
  F_US_VALUE: { before: 22, since: 28, sigma: 60 },
  F_US_SMALL: { before: 9, since: -14, sigma: 45 },
  F_DEVELOPED: { before: 48, since: 162, sigma: 90 },
  F_EMERGING: { before: 26, since: 118, sigma: 75 },
  F_EUROPE: { before: 8, since: 44, sigma: 40 },
  F_JAPAN: { before: 6, since: 52, sigma: 35 },
  F_KOREA: { before: 4, since: 47, sigma: 30 },
};
