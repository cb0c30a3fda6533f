/*
 * What drives the simulated market: days, states, factors. How each series takes them up stands in motions.ts, and what the
 * published sample is bent to in scenario.yaml; without that every seed gives an ordinary market.
 */

export const seed = 20260213;
export const firstDay = "1996-01-02";
export const lastDay = "2026-02-13";
export const firstFlowDay = "2020-01-02";
export const firstFundamentals = "2005-01-01";

export type State = "calm" | "turbulent" | "severe";

/** What series have in common; a series takes each up with a loading of its own. */
export type Factor =
  | ("world" | "tech" | "asia" | "rates" | "cyclical")
  | ("software" | "grid" | "metals" | "dollar" | "korea");

/** Chance per day of leaving a state; out of `severe` one comes by a calendar alone. */
export const leaving: Readonly<Record<State, number>> = { calm: 1 / 260, turbulent: 1 / 25, severe: 1 / 15 };

/** Standard deviation a day of each factor in the calm state: log returns, of rates percentage points. */
export const factorSigma: Readonly<Record<Factor, number>> = {
  world: 0.0056,
  tech: 0.0042,
  asia: 0.0046,
  rates: 0.042,
  cyclical: 0.0028,
  software: 0.0042,
  grid: 0.0045,
  metals: 0.0075,
  dollar: 0.0028,
  korea: 0.0042,
};

/** By how much factors and a series' own noise grow in each state. */
export const factorScale: Readonly<Record<State, number>> = { calm: 1, turbulent: 2, severe: 3.2 };
export const ownScale: Readonly<Record<State, number>> = { calm: 1, turbulent: 1.5, severe: 2.1 };

/** Volatility that wanders inside a state: the log of a scale, which all factors and series share. */
export const wandering = { persistence: 0.98, sigma: 0.035 } as const;

/** What the world factor earns a day. */
export const worldDrift = 0.000_42;

/** A stretch of days with a given state, and drifts a day of factors. */
export interface Era {
  readonly from: string;
  readonly to: string;
  readonly state: State;
  readonly drift: Readonly<Partial<Record<Factor, number>>>;
}

/** Times that every market of this simulator goes through; the two severe ones are those that everybody remembers. */
export const eras: readonly Era[] = [
  { from: "1998-08-03", to: "1998-10-16", state: "turbulent", drift: { world: -0.0015 } },
  { from: "2000-09-05", to: "2002-10-09", state: "turbulent", drift: { world: -0.0008, tech: -0.0008 } },
  { from: "2007-08-06", to: "2008-09-12", state: "turbulent", drift: { world: -0.0006 } },
  { from: "2008-09-15", to: "2008-11-21", state: "severe", drift: { world: -0.006 } },
  { from: "2008-11-24", to: "2009-05-29", state: "turbulent", drift: { world: 0.0012 } },
  { from: "2020-02-20", to: "2020-03-20", state: "severe", drift: { world: -0.012 } },
  { from: "2020-03-23", to: "2020-05-29", state: "turbulent", drift: { world: 0.0052 } },
  { from: "2022-01-17", to: "2022-10-14", state: "turbulent", drift: { world: -0.0011 } },
  { from: "2025-10-01", to: "2026-02-13", state: "calm", drift: {} },
];

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

/** What the two strategies hold, and over how many days the one that adapts looks back. */
export const strategies = {
  assets: ["USLC", "EXUS", "GOLD", "COPPER", "OIL"],
  lookBack: 120,
  noise: 0.0006,
} as const;

/** A fund's money: USD million a day on average, and the size of its noise. */
export interface FlowMotion {
  readonly mean: number;
  readonly sigma: number;
}

export const flowModel = {
  persistence: 0.35,
  /** What a fall or rise of the world factor by one calm standard deviation adds the next day, in sigmas. */
  chase: 0.25,
  /** Chance that a fund's row is missing although there was a session. */
  missing: 0.012,
  /** Flows are written in steps of this many USD. */
  step: 100_000,
} as const;

export const flowMotions: Readonly<Record<string, FlowMotion>> = {
  F_US_CORE: { mean: 520, sigma: 480 },
  F_US_GROWTH: { mean: 240, sigma: 310 },
  F_US_VALUE: { mean: 120, sigma: 200 },
  F_US_SMALL: { mean: 40, sigma: 150 },
  F_DEVELOPED: { mean: 260, sigma: 290 },
  F_EMERGING: { mean: 150, sigma: 230 },
  F_EUROPE: { mean: 55, sigma: 120 },
  F_JAPAN: { mean: 40, sigma: 110 },
  F_KOREA: { mean: 25, sigma: 90 },
};

/** Days of the numbers that move markets, and of meetings. */
export const releases = {
  payrolls: {
    name: { en: "Sim payrolls", zh: "模拟非农就业" },
    dates: ["2025-10-03", "2025-11-07", "2025-12-05", "2026-01-09", "2026-02-06"],
  },
  cpi: {
    name: { en: "Sim CPI", zh: "模拟CPI" },
    dates: ["2025-10-15", "2025-11-13", "2025-12-10", "2026-01-13", "2026-02-11"],
  },
} as const;
export const meetings = {
  name: { en: "Sim policy meeting", zh: "模拟议息会议" },
  dates: ["2025-10-29", "2025-12-10", "2026-01-28"],
} as const;
