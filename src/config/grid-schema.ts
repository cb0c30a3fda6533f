import * as z from "zod";
import { ids, isUnique, reference } from "#src/config/primitives.ts";

/** Settings of the section `grid`. */
export const grid = z.strictObject({
  basket: reference.describe("Id of the basket, whose members `declared.baskets` lists with their days."),
  market: reference.describe("Price series of the market that the basket is held against."),
  volume: reference
    .optional()
    .describe("Series of what is traded of the basket, in money or shares: a component of its stress."),
  spillover: ids
    .refine(isUnique, "each series once")
    .refine((list) => list.length !== 1, "two series or more, or none")
    .default([])
    .describe(
      "Monthly series of prices and loads, two or more, whose growth is held against that of ten years; each with staleAfter and its lag.",
    ),
});
