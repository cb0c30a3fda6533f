/**
 * q-values of Benjamini and Hochberg (错误发现率, BH, A14, G17): the least share of false discoveries at which a test of one
 * family would still be called a discovery.
 *
 *     q(i) = min over j ≥ i of  m · p(j) / j,   at most 1;   p(1) ≤ … ≤ p(m)
 *
 * Holds where the tests are independent or positively dependent; otherwise {@link benjaminiYekutieli}.
 *
 * @param p  all tests of one report, in any order
 * @returns one a test, in the order given; none for none
 * @throws {RangeError} if a probability is not from 0 to 1
 * @see Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57(1)
 * @example benjaminiHochberg([0.01, 0.04, 0.03]); // [0.03, 0.04, 0.04]
 */
export const benjaminiHochberg = (p: readonly number[]): readonly number[] => stepUp(p, 1);

/**
 * q-values of Benjamini and Yekutieli (BY, A14, G17), under any dependence: those of Benjamini and Hochberg times
 * `1 + 1/2 + … + 1/m`, at most 1. Same shape and errors.
 *
 * @see Benjamini and Yekutieli (2001), Annals of Statistics 29(4)
 */
export const benjaminiYekutieli = (p: readonly number[]): readonly number[] =>
  stepUp(
    p,
    p.reduce((sum, _, i) => sum + 1 / (i + 1), 0),
  );

function stepUp(p: readonly number[], factor: number): readonly number[] {
  const bad = p.find((each) => !(each >= 0 && each <= 1));
  if (bad !== undefined) throw new RangeError(`q-values require probabilities, got ${bad}`);
  const q = new Array<number>(p.length).fill(1);
  const largestFirst = p.map((_, i) => i).sort((i, j) => (p[j] ?? 0) - (p[i] ?? 0));
  let least = 1;
  for (const [k, i] of largestFirst.entries()) {
    least = Math.min(least, (factor * p.length * (p[i] ?? 1)) / (p.length - k));
    q[i] = least;
  }
  return q;
}
