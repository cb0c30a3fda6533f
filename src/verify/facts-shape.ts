import * as z from "zod";
import { currencies } from "#src/domain/quantity.ts";

/*
 * The shape of `facts.json`, as an interface for others' programs: `docs/facts.schema.json` is made from it (`npm run schema`).
 *
 * Versions only add: a key may appear, a list may hold more, a word of an open list may be new; no key of version 1 goes or
 * changes its meaning. A reader ignores what it does not know.
 */

const day = z.iso.date();
const instant = z.iso.datetime();

const reason = z.looseObject({
  code: z.string().min(1).describe("Why a value is missing or weak, or a word is not said; a stable code."),
  need: z.number().optional().describe("What was required."),
  have: z.number().optional().describe("What was found."),
});

const units = [
  ...([
    "return",
    "share",
    "volatility",
    "yield",
    "pp",
    "bp",
    "points",
    "multiple",
    "ratio",
    "percentile",
    "z",
  ] as const),
  ...(["correlation", "count", "ordinal", "date", "month", "instant", "label"] as const),
  ...currencies,
] as const;

const fact = z.looseObject({
  id: z
    .string()
    .regex(/^[\w-]+(?:\.[\w-]+)+$/u)
    .describe("`section.subject.measure[.window]`; the same from issue to issue."),
  value: z
    .union([z.number(), z.string(), z.null()])
    .describe(
      "The exact value; a day as YYYY-MM-DD; `null` where there is none, and then `reasons` say why.",
    ),
  unit: z
    .enum(units)
    .describe(
      "Money in whole units of its currency; returns, shares, yields and volatilities as fractions; `pp` a difference of two fractions; `bp` basis points; `ratio` a bare number, such as a beta or a p-value.",
    ),
  quantum: z.number().positive().nullable().describe("What the printed number is a whole multiple of."),
  state: z
    .enum(["up", "down", "flat", "na", "none"])
    .describe("The direction of the rounded value; none of what went nowhere, such as a market value."),
  status: z.enum(["ok", "warn", "insufficient", "undefined"]).describe("`ok` and `warn` hold a value."),
  reasons: z.array(reason),
  asOf: instant.describe("The cut-off: nothing that became known later counts."),
  window: z.looseObject({
    start: day.nullable(),
    end: day.nullable(),
    n: z.number().int().nonnegative().describe("How many observations it used."),
  }),
  series: z.array(z.string()).describe("Ids of the series that it was computed from."),
  method: z.string().min(1).describe("The metric, with its id in the standard: `A2 period return`."),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  stats: z
    .looseObject({
      percentile: z.number().min(0).max(100).optional().describe("Of the value in its own earlier history."),
      p: z.number().min(0).max(1).optional().describe("p-value of its test."),
      q: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe("The same among all tests of the issue (Benjamini and Hochberg)."),
      tail: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe("Share of its history, itself included, that is at least as extreme on its side."),
      sample: z
        .number()
        .int()
        .positive()
        .optional()
        .describe("How many independent values that history has."),
    })
    .optional(),
  source: z
    .record(z.string(), z.string())
    .optional()
    .describe("Whose word it is, in each language, where somebody gave the number and no market made it."),
  inputsHash: z
    .string()
    .describe("SHA-256 over the digests of its series as of the cut-off, the method and its parameters."),
});

const place = z.union([
  z.looseObject({ fact: z.string(), signed: z.boolean().optional(), full: z.boolean().optional() }),
  z.looseObject({ name: z.record(z.string(), z.string()) }),
  z.looseObject({ term: z.string() }),
]);

const say = z.looseObject({
  key: z.string().min(1).describe("The message in `locales/`."),
  places: z.record(z.string(), place).describe("What stands in its `{{places}}`: a fact, a name, a term."),
});

const statement = z.looseObject({
  id: z.string().min(1).describe("`section.subject.word`; the same sentence next week has the same id."),
  section: z.string(),
  claim: say.describe("The short form: a headline."),
  text: z.array(say).min(1).describe("The statement in full."),
  gate: z.looseObject({
    rule: z.string().describe("The standard that permits it: `B2 superlative`."),
    found: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  tail: z.looseObject({ share: z.number(), n: z.number(), record: z.boolean() }),
  stance: z.string().nullable().describe("`subject:side`; two sides of one subject contradict one another."),
  proof: z.string().nullable().describe("The figure that shows it."),
  lasting: z
    .boolean()
    .optional()
    .describe("Whether it is of a state that may last, not of a move of this week alone."),
  earned: z.boolean().optional().describe("Whether its word had to pass a gate."),
  score: z
    .looseObject({ surprise: z.number(), record: z.number(), repeated: z.number(), total: z.number() })
    .describe("-log10 of the tail share, plus 1 for a record, minus 0.5 where the last issue said the same."),
});

const refusal = z.looseObject({
  id: z.string().min(1),
  word: z.string().describe("The word that is not said."),
  section: z.string(),
  reasons: z.array(reason).min(1),
  instead: z.string().nullable().describe("The id of the statement that took its place."),
});

const told = z.record(z.string(), z.string());

const quotation = z.looseObject({
  section: z.string().min(1).describe("The section that it is on."),
  number: z.number().int().positive().describe("Its place among the words on that section."),
  speaker: told.describe("Who says it, by language."),
  role: told,
  firm: told,
  date: day.describe("When it was said."),
  link: z.string().nullable().describe("Where it was published; `null` where nowhere else."),
  text: told.describe("The words by language, as plain text; a blank line between paragraphs."),
});

const crisis = z.looseObject({
  id: z.string().min(1),
  name: told,
  from: day,
  until: day.nullable().describe("The last day; `null` while it lasts."),
});

/** What `facts.json` holds. */
export const factsShape = z.looseObject({
  schema: z.literal(1),
  publication: z.string().min(1),
  asOf: z.looseObject({ date: day.describe("The day that names the issue."), instant }),
  simulated: z.boolean().describe("Whether the numbers are made up."),
  facts: z.array(fact),
  statements: z.array(statement).describe("Most surprising first."),
  refusals: z.array(refusal),
  crises: z
    .array(crisis)
    .optional()
    .describe("Times that count as a crisis, by the workspace's word. Left out where it declares none."),
  commentary: z
    .array(quotation)
    .optional()
    .describe("What people say on the sections: nothing of it is computed. Left out where nobody does."),
});

/** The JSON Schema of `facts.json`, as its file is committed. */
export function factsJsonSchemaText(): string {
  const { $schema, ...schema } = z.toJSONSchema(factsShape, { target: "draft-7" });
  const title = "The facts of an issue of Tideline, version 1";
  return `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n`;
}
