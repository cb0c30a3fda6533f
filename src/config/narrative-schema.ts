import * as z from "zod";
import { id, ids, isUnique, members, reference, text } from "#src/config/primitives.ts";

const prose = text
  .optional()
  .describe("Name inside a sentence, with its article; the short name when left out.");

const theme = z.strictObject({
  name: text.describe("Name of the narrative."),
  short: text.optional().describe("Name where room is scarce; the name when left out."),
  prose,
  hits: z
    .record(id, reference)
    .default({})
    .describe(
      "Series of the articles that tell it, by the source whose articles they are among: counts, of a week or of a day.",
    ),
  share: ids
    .refine(isUnique, "each series once")
    .default([])
    .describe("Series of shares that a source gives itself, of kind ratio, such as GDELT's volume timeline."),
  tone: z
    .union([reference.transform((only) => [only]), ids.refine(isUnique, "each series once")])
    .default([])
    .describe("Series of its tone, of kind tone: one, or one a source."),
});

const industry = z.strictObject({
  series: reference.describe("Price series of the sub-industry."),
  mentions: reference.optional().describe("Series of the articles about it that name the risk."),
  articles: reference.optional().describe("Series of all articles about it."),
});

/** What may be written under `narratives`. */
export const narratives = z.strictObject({
  sources: z
    .record(id, z.strictObject({ articles: reference.describe("Series of all articles of the source.") }))
    .default({})
    .describe("Sources whose articles are counted, by id. A list of other sources begins another base."),
  themes: z
    .record(id, theme)
    .refine((all) => Object.keys(all).length === 2, "exactly two narratives")
    .describe("The two narratives, by id, each with its headlines."),
  capital: z
    .record(id, reference)
    .default({})
    .describe(
      "Series of free-float market value in US dollars, of kind aum, by company: what the narratives are about.",
    ),
  victims: z
    .strictObject({
      name: text.optional().describe("What they are called; “exposed names” when left out."),
      prose,
      theme: reference
        .optional()
        .describe("The narrative that is told to hurt them; the first when left out."),
      members: members.describe("Price series of the names, of equal weight."),
      market: reference.describe("Series of the market that they are measured against."),
    })
    .optional()
    .describe("How those whom a narrative is told to hurt answer to it."),
  subindustries: z
    .array(industry)
    .default([])
    .describe(
      "Sub-industries that a narrative may spread over, five or more; with mentions and articles, all or none of them.",
    ),
  risk: reference
    .optional()
    .describe(
      "The narrative that `subindustries` mention; that of the victims, or the first, when left out.",
    ),
  market: reference
    .optional()
    .describe("Series of the index that `subindustries` are measured against; required beside them."),
  capex: z
    .strictObject({
      capex: reference.describe("Capital expenditure of a quarter."),
      sales: reference.describe("Sales."),
      income: reference.describe("Operating income, or operating profit after taxes."),
      depreciation: reference.describe("Depreciation and amortisation."),
      cashflow: reference.describe("Free cash flow."),
      market: reference
        .optional()
        .describe(
          "Series of the market against which reactions to declared events of kind guidance are measured; without it none are.",
        ),
    })
    .optional()
    .describe(
      "Quarterly series of those who build, added up, in one currency: what is spent and what comes of it.",
    ),
  intensity: z
    .record(reference, reference)
    .default({})
    .describe(
      "Net plant over assets, a series of kind ratio, by the price series of the company: those with many assets against those with few, of thirty or more.",
    ),
});
