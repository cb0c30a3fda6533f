/**
 * Shares of the sessions expected in a window that must be there (G14): below `wanted` a statistic carries a caveat, below
 * `least` there is none.
 */
export const coverage = { wanted: 0.9, least: 0.75 } as const;
