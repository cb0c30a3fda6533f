import * as z from "zod";
import { ids, isUnique, reference } from "#src/config/primitives.ts";

/** Settings of the section `epicentre`. */
export const epicentre = z.strictObject({
  sector: reference.describe("Price series of the sector."),
  market: reference.describe("Price series of the market that the sector is held against."),
  multiple: reference
    .optional()
    .describe("Series of its forward price-earnings ratio, which is held against its peak of three years."),
  earnings: reference
    .optional()
    .describe(
      "Series of the earnings a share behind the multiple, by which a return is split into earnings and multiple.",
    ),
  volume: reference
    .optional()
    .describe("Series of what is traded of it, in shares or money: violent selling needs it."),
  subindustries: ids
    .refine(isUnique, "each series once")
    .default([])
    .describe("Price series of its sub-industries, in the order of the page."),
  names: ids
    .refine(isUnique, "each series once")
    .default([])
    .describe(
      "Price series of its names: drops of theirs count as explained by the events of `declared.events` that are about them.",
    ),
});
