import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A source of independent draws. */
export interface Draws {
  /** From 0 to under 1. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
}

/** Hands out streams that never overlap: each starts 2^64 draws after the one before it. */
export function streams(seed: number): () => Draws {
  let start = xoroshiro128plus(seed);
  return () => {
    const generator = start;
    start = generator.clone();
    start.jump();
    const uniform = () => uniformFloat64(generator);
    return { uniform, normal: () => boxMuller(1 - uniform(), uniform()) };
  };
}

const boxMuller = (u: number, v: number): number => Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
