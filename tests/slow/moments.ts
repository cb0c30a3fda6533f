import { count } from "#tests/slow/edits.ts";

/** A moment in each of as many equal parts of a run and a little after it, the same ones every time as shares of it. */
export function moments(seed: number): readonly string[] {
  const parts = count(100);
  let state = seed;
  return Array.from({ length: parts }, (_, i) => {
    // A linear congruential step (Numerical Recipes), good enough to shake a moment about in its part.
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return ((1.1 * (i + state / 2 ** 32)) / parts).toFixed(3);
  });
}
