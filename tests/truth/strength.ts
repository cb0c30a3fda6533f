import { at, type Path } from "#tests/truth/plain.ts";

/** Relative strength over twenty sessions at each of them (A4): the difference of log returns; `null` before there are as many. */
export const strengthPath = (a: readonly number[], b: readonly number[]): Path =>
  a.map((price, t) => (t < 20 ? null : Math.log(price / at(a, t - 20)) - Math.log(at(b, t) / at(b, t - 20))));
