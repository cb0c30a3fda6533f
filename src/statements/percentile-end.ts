import type { Declared } from "#src/statements/rule.ts";

/** Where a percentile prints: as 0, as 100, or between; nothing is said to be at the 0th percentile. */
const ends = ["bottom", "middle", "top"] as const;
export type End = (typeof ends)[number];

/** What a ladder declares of the end of a percentile. */
export const percentileEnd: Declared = {
  means: "whether the percentile prints as 0, as 100, or between",
  oneOf: ends,
};
