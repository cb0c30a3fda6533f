import * as z from "zod";
import { id, reference, text } from "#src/config/primitives.ts";
import { relations } from "#src/domain/check-rules.ts";

const operand = z
  .union([
    z.strictObject({
      series: reference.describe("Series of the quoted number; each value of a list names its source."),
      decimals: z
        .int("a whole number")
        .min(-15, "-15 or more")
        .max(10, "10 or fewer")
        .optional()
        .describe(
          "Decimals with which it was printed, in the unit of its file: 1 for 5.0, -1 for a number in round tens. Those that it has when left out.",
        ),
    }),
    z.strictObject({
      fact: z
        .string()
        .min(1, "the id of a fact")
        .describe("Id of a fact of this issue, as facts.json has it, of another section."),
      name: text
        .optional()
        .describe("What it is called; its series when left out, where they are three or fewer."),
    }),
  ])
  .describe("A number: of a series, or of a fact of this issue.");

const operands = z.array(operand).min(1, "at least one number").describe("Several numbers.");
const stated = operand.optional().describe("What was stated of it; what the others imply when left out.");

/** Two of three numbers imply the third. */
const twoOfThree = (all: Readonly<Record<string, unknown>>): boolean =>
  Object.values(all).filter((each) => each !== undefined).length >= 2;
const third = "at least two of the three numbers";

const relation = {
  share: z
    .strictObject({ part: operand, others: operands, stated })
    .describe("The share of one part in it and the others together."),
  ratio: z
    .strictObject({ of: operand, over: operand, stated })
    .describe("How many times one number is another."),
  sum: z.strictObject({ parts: operands, stated }).describe("What parts come to together."),
  compound: z
    .strictObject({ growths: operands, stated })
    .describe("What growths that follow one another come to: of years, of a local return and a currency's."),
  fx: z
    .strictObject({
      local: operand.optional().describe("Return in the local currency."),
      currency: operand.optional().describe("Return of the local currency in dollars."),
      dollars: operand.optional().describe("Return in dollars."),
    })
    .refine(twoOfThree, third)
    .describe("A return in dollars, by that in local currency and the currency's own."),
  upside: z
    .strictObject({ from: operand, to: operand, stated })
    .describe("What lies between a level and a target, as a fraction of the level."),
  pe: z
    .strictObject({
      price: operand.optional().describe("Growth of the price."),
      earnings: operand.optional().describe("Growth of earnings over the same time."),
      multiple: operand.optional().describe("Growth of their ratio."),
    })
    .refine(twoOfThree, third)
    .describe("Growth of price, of earnings and of the price-earnings ratio, by the same definition."),
};

const rule = z
  .strictObject({
    name: text.describe("What is checked, as the page names it."),
    share: relation.share.optional(),
    ratio: relation.ratio.optional(),
    sum: relation.sum.optional(),
    compound: relation.compound.optional(),
    fx: relation.fx.optional(),
    upside: relation.upside.optional(),
    pe: relation.pe.optional(),
  })
  .refine(
    (given) => relations.filter((each) => given[each] !== undefined).length === 1,
    `one relation: ${relations.join(", ")}`,
  );

/** Settings of the section `checks`. */
export const checks = z
  .record(id, rule)
  .default({})
  .describe("Relations that quoted numbers must satisfy, by id, for the section `checks`.");
