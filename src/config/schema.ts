import * as z from "zod";
import { calendar } from "#src/config/calendar-schema.ts";
import { checks } from "#src/config/check-schema.ts";
import { country } from "#src/config/country-schema.ts";
import { isLag, isOffset } from "#src/config/durations.ts";
import { epicentre } from "#src/config/epicentre-schema.ts";
import { grid } from "#src/config/grid-schema.ts";
import { hedgeFunds } from "#src/config/hedge-fund-schema.ts";
import { narratives } from "#src/config/narrative-schema.ts";
import {
  address,
  day,
  folder,
  id,
  ids,
  isUnique,
  line,
  members,
  moment,
  reference,
  site,
  text,
  zone,
} from "#src/config/primitives.ts";
import { quality } from "#src/config/quality-schema.ts";
import { markets, signals } from "#src/config/signals-schema.ts";
import { locales } from "#src/domain/locale.ts";
import { isConfidential } from "#src/domain/mail.ts";
import { currencies } from "#src/domain/quantity.ts";
import { catchUps, latePolicies } from "#src/domain/schedule.ts";
import { frequencies, kinds, sourceUnits } from "#src/domain/series.ts";
import { colourConventions, sectionNames } from "#src/domain/workspace.ts";

/*
 * What may be written in tideline.yaml. A typo is an error everywhere. Descriptions become the JSON Schema that
 * editors show; the `error` texts read after “expected”.
 */

const colour = z.enum(colourConventions);

const duration = z.string().refine(isOffset, "a duration such as 2h, 90m or 1h30m");

const schedule = z.strictObject({
  due: z
    .union([
      z.literal(["last session of the week", "every session"]),
      z.strictObject({
        cron: line.describe('Cron expression of five fields, in the zone: "0 7 * * 1".'),
        zone: zone.describe("IANA time zone in which the expression is read."),
      }),
    ])
    .describe(
      "When an issue falls due. `last session of the week`, `every session`: the calendar's close plus the offset. By cron: that moment, which is then the cut-off; at most once a day.",
    ),
  deadline: duration
    .default("6h")
    .describe("How long after its slot an issue is still in time: 6h, 90m, 1h30m."),
  late: z
    .enum(latePolicies)
    .default("hold")
    .describe(
      "What is done about an issue after its deadline: make (and mail it all the same), hold (make it, and wait for a person to release it), skip.",
    ),
  catchUp: z
    .enum(catchUps)
    .default("latest")
    .describe("Which of several missed issues are made: the latest, or all."),
});

const publication = z.strictObject({
  title: text.describe("Title of the note, one text or one in each language."),
  calendar: reference.describe(
    "Id of the calendar whose close, plus the offset, is the cut-off of an issue.",
  ),
  offset: duration.default("2h").describe("How long after the close the cut-off is: 2h, 90m, 1h30m."),
  asOf: moment
    .optional()
    .describe(
      "Day or instant that an issue is made for when none is asked for. Without it: the last one that has fallen due.",
    ),
  schedule: schedule
    .optional()
    .describe(
      "When `tideline serve` makes and mails an issue by itself. Without it nothing is made by itself, and an issue is one of the last session of each week.",
    ),
  to: z
    .array(line)
    .refine(isUnique, "each group once")
    .default([])
    .describe("Groups of recipients that issues are mailed to; none: they are not mailed."),
  first: day.optional().describe("As-of day of issue no. 1. Without it issues carry no number."),
  languages: z
    .array(z.enum(locales))
    .min(1, "at least one language")
    .refine(isUnique, "each language once")
    .default([...locales])
    .describe("Languages of the editions."),
  colours: z
    .strictObject({
      en: colour.default("west").describe("Convention of the English edition."),
      "zh-CN": colour.default("east-asia").describe("Convention of the Chinese edition."),
    })
    .default({ en: "west", "zh-CN": "east-asia" })
    .describe(
      "Colours of up and down: west (green up), east-asia (red up), korea (red up, blue down), cvd (safe for the colour-blind).",
    ),
  sections: z
    .array(z.enum(sectionNames))
    .min(1, "at least one section")
    .refine(isUnique, "each section once")
    .describe("Sections, in the order of the page."),
  keyNumbers: ids
    .max(6, "at most six series or pairs")
    .refine(isUnique, "each series or pair once")
    .default([])
    .describe("Ids of series or pairs for the strip of numbers on page one; at most six."),
});

const settings = {
  kind: z
    .enum(kinds)
    .optional()
    .describe(
      "What the series measures. An index is a `level`, a share or fund a `price`, and so are targets for them; a multiple is a `ratio`, what is earned a share are `earnings`; a `return` is that of the time since the value before, such as a month's, and not a level.",
    ),
  unit: z
    .enum(sourceUnits)
    .optional()
    .describe(
      "In what the file writes the numbers; `unit` when left out. Converted on reading: percent and bp become fractions, thousand, million and billion whole units.",
    ),
  currency: z
    .enum(currencies)
    .optional()
    .describe(
      "ISO 4217 code where the numbers are money; required for `flow` and `aum`, disregarded for return, yield, count, tone and ratio.",
    ),
  calendar: reference.optional().describe("Id of the calendar whose sessions the series has."),
  frequency: z
    .enum(frequencies)
    .optional()
    .describe(
      "How often it has a value: daily, on each session of its calendar, which it is when left out; weekly, once a week, on whatever day of it: then weeks are counted where sessions are otherwise.",
    ),
  lag: z
    .union([z.literal(0), z.string().refine(isLag, "0, or a lag such as 1 session, 6h, 2 sessions + 6h")])
    .optional()
    .describe(
      "When a value without known_at could first be read, counted from its session's close: 0, 1 session, 6h, 2 sessions + 6h. 0 when left out for price, total-return, level, ratio and fx; required for the other kinds.",
    ),
  tags: z
    .array(line)
    .optional()
    .describe(
      "Labels. A series with the label volatility is said in points and without colour; others mean nothing yet.",
    ),
  provider: text.optional().describe("Who publishes the numbers, as the page credits them."),
  source: text
    .optional()
    .describe(
      "Whose word the numbers are, where that is another than the provider's: an analyst, a consensus. A value in a list may name its own. Printed in the list of sources.",
    ),
  staleAfter: z
    .int("a whole number")
    .min(1, "1 or more")
    .optional()
    .describe(
      "For how many days a value stands: 30. For what is no market's daily price: a target, an estimate, a multiple. Nothing is said of an older value, and the page says so. Required in a file of layout list; without it a series is daily, and three sessions are the limit.",
    ),
  decimals: z
    .int("a whole number")
    .min(0, "0 or more")
    .max(6, "6 or fewer")
    .optional()
    .describe("Decimal places of a printed level, price or rate; 4 for fx and 2 otherwise when left out."),
};

const file = z.strictObject({
  path: z
    .string()
    .min(1, "the path of a file")
    .describe(
      "Path of the file, relative to the workspace. A name in braces after a dollar sign is read from the environment.",
    ),
  layout: z
    .enum(["wide", "long", "list"])
    .describe(
      "wide: CSV, a date column and one column a series. long: CSV, one row a series and day. list: YAML, a list of series, date and value, where known also known_at and source, that somebody keeps by hand.",
    ),
  columns: z
    .strictObject({
      date: line.default("date").describe("Column of the day."),
      series: line.optional().describe("Long files: column that names the series; `series` when left out."),
      value: line.optional().describe("Long files: column of the number; `value` when left out."),
      knownAt: line
        .optional()
        .describe(
          "Column of the instant at which the value could be read. When left out, `known_at` if the file has it.",
        ),
    })
    .prefault({})
    .describe("Names in the header."),
  missing: z
    .array(z.string())
    .default(["", ".", "NA", "ND", "-"])
    .describe("Cells that mean that there is no value. Anything else that is not a number is an error."),
  delimiter: z.enum([",", ";", "\t", "|"]).default(",").describe("What separates the cells."),
  defaults: z
    .strictObject(settings)
    .prefault({})
    .describe("Settings of this file's series, for those that do not say otherwise."),
});

const prose = text
  .optional()
  .describe("Name inside a sentence, with its article: the S&P 500. The short name when left out.");

const series = z.strictObject({
  name: text.describe("Name on the page, one text or one in each language."),
  short: text.optional().describe("Name where room is scarce; the name when left out."),
  prose,
  file: reference
    .optional()
    .describe("Id of the file with the numbers; may be left out where the workspace has one file."),
  column: line
    .optional()
    .describe(
      "Its column in a wide file, its value in the series column of a long one; the series' id when left out.",
    ),
  ...settings,
});

const basket = z.strictObject({
  name: text.describe("Name of the basket: an own one, and never a vendor's."),
  short: text.optional().describe("Name where room is scarce; the name when left out."),
  prose,
});

const leg = z.strictObject({
  name: text.optional().describe("Name of the leg; may be left out where it is a basket."),
  members: members.optional().describe("Series of the leg: equal weight, rebalanced daily."),
  basket: reference
    .optional()
    .describe("Id of a basket in place of members: on each day those who were in it then, equal weight."),
});

const declared = z.strictObject({
  baskets: line
    .optional()
    .describe("Who is in a basket when: basket, member, from, until, known_at, source."),
  events: line.optional().describe("What happened: id, date, kind, name, series, known_at, source."),
  crises: line.optional().describe("Times that count as a crisis: id, name, from, until, known_at, source."),
});

const share = (what: string) =>
  z
    .number("a number, in per cent a year")
    .min(0, "a number of 0 or more")
    .describe(`${what}, in per cent a year.`);

const costs = z.strictObject({
  cash: reference.describe("Series of the rate that money earns and costs, of kind yield."),
  borrow: share("Fee for borrowing the short leg's shares").default(0.3),
  spread: share("What financing the long leg costs above the rate").default(0.5),
  trading: z
    .number("a number, in basis points")
    .min(0, "a number of 0 or more")
    .default(5)
    .describe("Cost of trading, in basis points of what is bought and sold."),
});

const pair = z.strictObject({
  name: text.describe("Name of the pair."),
  short: text.optional().describe("Name where room is scarce; the name when left out."),
  prose,
  long: leg.describe("What is held long."),
  shorts: leg.describe("What is held short."),
  inception: day
    .nullable()
    .default(null)
    .describe(
      "Since when the members are followed as they are listed. null: their whole history is back-cast, and the page says so. Of a basket its list tells it.",
    ),
  market: reference
    .optional()
    .describe(
      "Series of the market: its part in the pair's return is split off from what is the pair's own.",
    ),
  costs: costs.optional().describe("What holding the pair costs; without it only gross returns are given."),
});

const group = z.strictObject({
  name: text.describe("Name of the group."),
  members: members.describe("Flow series that are summed."),
  assets: ids
    .default([])
    .describe(
      "Series of the funds' assets, of kind aum, which are summed: flows are then told against them as well.",
    ),
});

const comparison = ids.min(2, "at least two groups").refine(isUnique, "each group once");

const crowded = z.strictObject({
  group: reference.describe(
    "Id of the group of flows; its flows against assets over a year are a component.",
  ),
  concentration: reference
    .optional()
    .describe("Series of the weight of the largest names, or of a concentration index."),
  valuation: reference.optional().describe("Series of the forward price-earnings ratio."),
  daysToCover: reference
    .optional()
    .describe("Series of the days that covering all short positions would take; few are crowded."),
  members: ids
    .default([])
    .describe("Price series of the group's names: how they move together beyond the market is a component."),
  market: reference
    .optional()
    .describe("Price series of the market, which what the names have in common is measured beyond."),
});

const surface = z.strictObject({
  index: reference.describe("Series of the index."),
  groups: z
    .record(
      id,
      z.strictObject({
        name: text.describe("Name of the group."),
        members: members.describe("Price series of its names."),
      }),
    )
    .refine((all) => Object.keys(all).length > 0, "at least one group")
    .describe("Names under the surface by group, such as a sector; each counts alike."),
  pointInTime: z
    .boolean()
    .default(false)
    .describe(
      "Whether the names are those of each day. false: today's names are applied to the past, and the page says so.",
    ),
  implied: ids
    .refine(isUnique, "each series once")
    .default([])
    .describe(
      "Series that an exchange publishes, of implied volatility, correlation or dispersion: shown beside, never recomputed.",
    ),
});

const signal = z.strictObject({
  series: reference.describe("Id of the series."),
  over: reference.optional().describe("Id of the series that it is divided by, for a ratio."),
  means: z.enum(["appetite", "caution"]).describe("What a rise means."),
  name: text
    .optional()
    .describe("Name inside a sentence; that of the series, or of both, when left out: copper over gold."),
});

/** None at all, or as many as a statistic needs. */
const noneOrFrom =
  (least: number, most = Number.POSITIVE_INFINITY) =>
  (list: readonly unknown[]) =>
    list.length === 0 || (list.length >= least && list.length <= most);

const conditions = z
  .strictObject({
    turbulence: ids
      .refine(isUnique, "each series once")
      .refine(noneOrFrom(5, 15), "five to fifteen series, or none")
      .default([])
      .describe(
        "Five to fifteen price series of asset classes or sectors, whose joint moves are measured for being unusual.",
      ),
    absorption: ids
      .refine(isUnique, "each series once")
      .refine(noneOrFrom(10), "ten series or more, or none")
      .default([])
      .describe("Ten price series or more, of which a few common factors take up more or less."),
    appetite: z
      .array(signal)
      .refine(noneOrFrom(4), "four signals or more, or none")
      .default([])
      .describe("Signals of appetite for risk, four or more."),
    breaks: ids
      .refine(isUnique, "each series once")
      .default([])
      .describe("Series whose volatility is searched for changes."),
    states: reference.optional().describe("Series of which hidden states give a second opinion."),
    universe: ids
      .refine(isUnique, "each series once")
      .refine(noneOrFrom(10), "ten series or more, or none")
      .default([])
      .describe(
        "Ten price series or more, such as sectors: how noisy they are, and how fast leadership changes.",
      ),
    factors: z
      .array(
        z.strictObject({
          long: reference.describe("Id of a series."),
          short: reference.describe("Id of another."),
        }),
      )
      .refine(noneOrFrom(3), "three factors or more, or none")
      .default([])
      .describe("Long-short factors, three or more: how fast they rotate."),
  })
  .prefault({});

/** The whole of tideline.yaml. */
export const workspaceSchema = z
  .strictObject({
    simulated: z.boolean().default(false).describe("Whether the numbers are made up. Printed on every page."),
    brand: z
      .strictObject({
        name: text.default({ en: "Tideline", "zh-CN": "潮线" }).describe("Name in the masthead."),
        responsible: text.describe("Who stands for the note: a person or a desk."),
      })
      .describe("Who publishes."),
    publications: z
      .record(folder, publication)
      .refine((all) => Object.keys(all).length > 0, "at least one publication")
      .describe("Weekly notes, by id."),
    calendars: z
      .record(id, calendar)
      .default({})
      .describe("Exchanges, by id, added to NYSE, KRX, TSE, HKEX and SSE or in their place."),
    files: z.record(id, file).describe("Files of numbers, by id: CSV, or YAML lists."),
    series: z.record(id, series).describe("The catalogue: every series, by id."),
    levels: z
      .array(
        z.strictObject({
          series: reference.describe("Id of the series."),
          level: z.number().positive("a number above 0").describe("The round number."),
          from: z
            .literal(["year", 252])
            .default("year")
            .describe("Tests are counted since 1 January (year) or over the last 252 sessions (252)."),
        }),
      )
      .default([])
      .describe("Round numbers that the section `levels` watches."),
    superlatives: ids
      .refine(isUnique, "each series once")
      .default([])
      .describe("Ids of series that the section `levels` scans for their best and worst week."),
    milestones: z
      .array(
        z.strictObject({
          series: reference.describe("Id of the series."),
          base: day.describe("The day whose close, or the last one before, is the base of the multiple."),
        }),
      )
      .default([])
      .describe("Multiples of a named close: doubled, more than doubled, halved."),
    flows: z
      .strictObject({
        groups: z.record(id, group).describe("Groups of funds, by id."),
        compare: z
          .union([comparison, z.array(comparison).min(1, "at least one comparison")])
          .describe(
            "Ids of the groups whose shares of the marginal dollar are compared; or several such lists, where groups of different sources are compared among themselves.",
          ),
        annualised: z
          .boolean()
          .default(false)
          .describe("Whether the flow of four weeks is told as an annual rate of the assets, and named so."),
        crowding: z
          .array(crowded)
          .default([])
          .describe("Groups of which crowding is measured, from three components or more."),
        markets: markets
          .optional()
          .describe("A market at home and markets abroad, whose strength is told beside the money."),
      })
      .optional()
      .describe("Settings of the section `flows`."),
    declared: declared
      .prefault({})
      .describe(
        "Lists that somebody keeps by hand: paths of files, YAML or CSV where a name ends in .csv, relative to the workspace.",
      ),
    baskets: z
      .record(id, basket)
      .default({})
      .describe("Baskets, by id, whose members the file `declared.baskets` lists with their days."),
    pairs: z.record(id, pair).default({}).describe("Pairs of the section `pair`, by id."),
    regime: ids
      .refine(isUnique, "each series once")
      .default([])
      .describe("Ids of the series in the grid of the section `regime`."),
    conditions: conditions.describe("What else the section `regime` measures."),
    surface: surface.optional().describe("Settings of the section `surface`."),
    signals: signals.optional().describe("Settings of the section `signals`."),
    countries: z
      .record(id, country)
      .default({})
      .describe("Countries, by the name of the section that tells of one: korea, japan."),
    narratives: narratives.optional().describe("Settings of the section `narrative`."),
    epicentre: epicentre.optional().describe("Settings of the section `epicentre`: a sector in focus."),
    grid: grid.optional().describe("Settings of the section `grid`: a theme in focus."),
    hedgeFunds: hedgeFunds.optional().describe("Settings of the section `hedge-funds`."),
    checks,
    mail: z
      .strictObject({
        from: z
          .strictObject({
            name: text.describe("Name of the sender."),
            address: address.describe("Address of the sender."),
          })
          .describe("Who sends."),
        replyTo: address.optional().describe("Where answers go; to the sender when left out."),
        site: site.describe(
          "Public address under which `tideline serve` is reached: links to the archive and to unsubscribing begin with it.",
        ),
        dkim: z
          .strictObject({
            domain: line.describe("Domain that signs."),
            selector: line.describe("Selector of the key in the domain's DNS."),
          })
          .optional()
          .describe("Signature of mails; the private key comes from the environment."),
        recipients: line.describe(
          "File of recipients, YAML or CSV: name, address, language, groups, and from and until where they are limited in time.",
        ),
      })
      .optional()
      .describe(
        "How issues are mailed. The server comes from the environment (TIDELINE_SMTP_URL), so that no password stands here.",
      ),
    alerts: z
      .strictObject({
        mail: z.array(address).default([]).describe("Addresses of the operators."),
        webhook: z
          .string()
          .refine(isConfidential, "an address that begins with https://, without a password in it")
          .optional()
          .describe(
            "Address that is called with a message signed as Standard Webhooks has it; the secret comes from the environment (TIDELINE_WEBHOOK_SECRET).",
          ),
      })
      .default({ mail: [] })
      .describe("Who is told, once, when an issue failed, is held or is overdue."),
    quality: quality.prefault({}).describe("What is known of the data's quality, for the gates on it."),
  })
  .describe("A Tideline workspace: what is published, from which series, in which files.");

/** The configuration after zod: shape and defaults are right, references are not yet checked. */
export type WorkspaceConfig = z.output<typeof workspaceSchema>;
export type SeriesConfig = z.output<typeof series>;
export type FileConfig = z.output<typeof file>;
export type PublicationConfig = z.output<typeof publication>;
