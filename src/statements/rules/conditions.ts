import { percentileEnd } from "#src/statements/percentile-end.ts";
import type { Condition, Ladder } from "#src/statements/rule.ts";

const n = { means: "sessions that the percentile is taken among", unit: "count" } as const;

const isTurbulent: Condition = ["percentile", ">=", 75, "turbulence-below"];
const isFragile: Condition = ["shift", ">=", 1, "shift-below"];
const rank = "regime.turbulence.rank.{end}";
/** That moves are odd in combination, and not only large. */
const odd = {
  say: "regime.turbulence.odd",
  if: [
    // More than the norm as it is printed, to a tenth.
    ["surprise", ">=", 1.05],
    ["surprisePercentile", ">=", 75],
  ],
  tells: ["surprise", "surprisePercentile"],
} as const;
const turbulence = ["turbulence", "percentile", "n", "assets"];

/** Whether markets are turbulent, and whether they are fragile. */
export const turbulenceState: Ladder = {
  id: "regime.turbulence",
  section: "regime",
  about: "the joint moves of markets",
  standard: "J4 turbulence and absorption",
  evidence: {
    turbulence: { means: "turbulence of five sessions, 1 being the norm", unit: "multiple" },
    percentile: { means: "its percentile", unit: "percentile" },
    end: percentileEnd,
    n,
    assets: { means: "series that it is of", unit: "count" },
    surprise: { means: "correlation surprise of the same sessions, 1 being the norm", unit: "multiple" },
    surprisePercentile: { means: "its percentile", unit: "percentile" },
    shift: { means: "standardised shift of the absorption ratio", unit: "z" },
  },
  rules: [
    {
      word: "turbulent-fragile",
      named: "turbulent and fragile",
      if: [["shift", "known", null]],
      gate: [isTurbulent, isFragile],
      claim: "regime.turbulence.claim.turbulent-fragile",
      text: ["regime.turbulence.text.turbulent-fragile", rank, odd],
      tells: [...turbulence, "shift"],
      stance: "{id}:turbulent-fragile",
      surprise: "percentile",
    },
    {
      word: "turbulent",
      named: "turbulent",
      gate: [isTurbulent],
      claim: "regime.turbulence.claim.turbulent",
      text: ["regime.turbulence.text.turbulent", rank, odd],
      tells: turbulence,
      stance: "{id}:turbulent",
      surprise: "percentile",
    },
    {
      word: "fragile",
      named: "fragile",
      if: [["shift", "known", null]],
      gate: [isFragile],
      claim: "regime.turbulence.claim.fragile",
      text: ["regime.turbulence.text.fragile", rank, odd],
      tells: [...turbulence, "shift"],
      stance: "{id}:fragile",
    },
    {
      word: "quiet",
      claim: "regime.turbulence.claim.quiet",
      text: ["regime.turbulence.text.quiet", rank, odd],
      tells: turbulence,
      stance: "{id}:quiet",
    },
  ],
};

const appetite = ["score", "percentile", "n", "signals"];
/** The strongest for and against; where all are on one side, the strongest of them. */
const signals = ["regime.appetite.signals.{sides}"];
const appetiteNames = ["most", "least", "mostName", "leastName"];

/** Where investors' appetite for risk stands. */
export const appetiteState: Ladder = {
  id: "regime.appetite",
  section: "regime",
  about: "appetite for risk",
  standard: "J6 risk appetite",
  evidence: {
    score: { means: "mean signed z of the signals", unit: "z" },
    percentile: { means: "its percentile", unit: "percentile" },
    end: percentileEnd,
    n,
    signals: { means: "signals that have a z", unit: "count" },
    most: { means: "the highest signed z", unit: "z" },
    least: { means: "the lowest", unit: "z" },
    sides: { means: "whether the signals print on both sides of zero", oneOf: ["both", "for", "against"] },
  },
  rules: [
    ...(["high", "low"] as const).map((side) => ({
      word: side,
      named: `risk appetite is ${side}`,
      gate: [
        side === "high"
          ? (["percentile", ">=", 80, "appetite-below"] as const)
          : (["percentile", "<=", 20, "appetite-above"] as const),
      ],
      claim: `regime.appetite.claim.${side}`,
      text: [`regime.appetite.text.${side}.{end}`, ...signals],
      tells: [...appetite, ...appetiteNames],
      stance: `{id}:${side}`,
      surprise: "percentile",
    })),
    {
      word: "middle",
      claim: "regime.appetite.claim.middle",
      text: ["regime.appetite.text.middle.{end}", ...signals],
      tells: [...appetite, ...appetiteNames],
      stance: "{id}:middle",
    },
    {
      // Without a history of its own only the number is told.
      word: "unranked",
      claim: "regime.appetite.claim.unranked",
      text: ["regime.appetite.text.unranked", ...signals],
      tells: ["score", "signals", ...appetiteNames],
      stance: "{id}:unranked",
    },
  ],
};

const isNoisy = (least: number): Condition => ["noise", ">=", least, "noise-below"];
const isFast = (least: number): Condition => ["velocity", ">=", least, "velocity-below"];
const both = ["noise", "velocity", "start"];

/** How noisy markets are, and how fast what leads them changes. */
export const noiseState: Ladder = {
  id: "regime.noise",
  section: "regime",
  about: "noise and velocity of markets",
  standard: "Q10 noise and velocity",
  evidence: {
    noise: { means: "mean percentile of the measures of noise", unit: "points" },
    velocity: { means: "mean percentile of the measures of velocity", unit: "points" },
    both: { means: "mean of the two", unit: "points" },
    start: { means: "the first day that has both", unit: "date" },
  },
  rules: [
    {
      word: "extreme",
      named: "extreme noise and velocity",
      gate: [isNoisy(95), isFast(95)],
      claim: "regime.noise.claim.extreme",
      text: ["regime.noise.text.extreme"],
      tells: both,
      stance: "{id}:extreme",
      surprise: "both",
    },
    {
      word: "high",
      named: "high noise and velocity",
      gate: [isNoisy(80), isFast(80)],
      claim: "regime.noise.claim.high",
      text: ["regime.noise.text.high"],
      tells: both,
      stance: "{id}:high",
      surprise: "both",
    },
    {
      word: "noisy",
      named: "high noise",
      gate: [isNoisy(80)],
      claim: "regime.noise.claim.noisy",
      text: ["regime.noise.text.noisy"],
      tells: both,
      stance: "{id}:noisy",
    },
    {
      word: "fast",
      named: "high velocity",
      gate: [isFast(80)],
      claim: "regime.noise.claim.fast",
      text: ["regime.noise.text.fast"],
      tells: both,
      stance: "{id}:fast",
    },
    {
      word: "usual",
      claim: "regime.noise.claim.usual",
      text: ["regime.noise.text.usual"],
      tells: both,
      stance: "{id}:usual",
    },
  ],
};

/** Of a usual market it is no news that it was so before. */
const isHigh: Condition = ["both", ">=", 80];
const undeclared = { say: "regime.episodes.undeclared", if: [["declared", "<=", 0]] } as const;

/** When noise and velocity together were as high before. */
export const noiseEpisodes: Ladder = {
  id: "regime.episodes",
  section: "regime",
  about: "earlier times of as much noise and velocity",
  standard: "Q10 exceedance episodes",
  evidence: {
    both: { means: "mean of noise and velocity", unit: "points" },
    start: { means: "the first day that has both", unit: "date" },
    n: { means: "sessions that have both before the last", unit: "count" },
    episodes: { means: "earlier episodes as high, 21 sessions apart and from today", unit: "count" },
    isHighest: { means: "whether no earlier session was as high, those before today among them" },
    outside: { means: "those of them that do not lie inside a declared crisis", unit: "count" },
    declared: { means: "declared crises" },
    last: { means: "the last day of the latest of them", unit: "date" },
  },
  rules: [
    {
      word: "highest",
      named: "never so high",
      if: [isHigh],
      gate: [
        ["isHighest", "is", true, "as-high-before"],
        ["n", ">=", 250, "history-short"],
      ],
      claim: "regime.episodes.claim.highest",
      text: ["regime.episodes.text.highest"],
      tells: ["both", "start", "n"],
      stance: "{id}:highest",
      surprise: "both",
      record: true,
      passing: true,
    },
    {
      word: "only-crises",
      named: "never so high outside the declared crises",
      if: [isHigh, ["episodes", ">", 0]],
      gate: [
        ["declared", ">=", 1, "no-crisis-declared"],
        ["outside", "<=", 0, "outside-crises"],
      ],
      claim: "regime.episodes.claim.only-crises",
      text: ["regime.episodes.text.only-crises"],
      tells: ["both", "start", "episodes", "last"],
      stance: "{id}:only-crises",
      surprise: "both",
      passing: true,
    },
    {
      word: "only-now",
      if: [isHigh, ["episodes", "<=", 0]],
      claim: "regime.episodes.claim.only-now",
      text: ["regime.episodes.text.only-now"],
      tells: ["both", "start"],
      stance: "{id}:only-now",
      passing: true,
    },
    {
      word: "as-high",
      if: [isHigh, ["episodes", ">", 0]],
      claim: "regime.episodes.claim.as-high",
      text: ["regime.episodes.text.as-high", undeclared],
      tells: ["both", "start", "episodes", "last"],
      stance: "{id}:as-high",
      passing: true,
    },
  ],
};
