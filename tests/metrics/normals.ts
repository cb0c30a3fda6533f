import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** So many standard normal numbers from a seed (Box and Muller 1958). */
export function normals(n: number, seed = 20_260_213): readonly number[] {
  const random = xoroshiro128plus(seed);
  return Object.freeze(
    Array.from({ length: n }, () => {
      const radius = Math.sqrt(-2 * Math.log1p(-uniformFloat64(random)));
      return radius * Math.cos(2 * Math.PI * uniformFloat64(random));
    }),
  );
}
