import type { Fact, Reason } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Row } from "#src/domain/table.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { innerJoin } from "#src/metrics/inner-join.ts";
import { staleness } from "#src/sections/market.ts";
import { lateness } from "#src/sections/regime-data.ts";
import { type Answers, type Question, type SectionContext, say } from "#src/sections/section.ts";

/** What one measure of what favours whom brings to the page. */
export interface Climate {
  readonly question: Question;
  /** Its rows of the table, the verdict in the first. */
  rows(answers: Answers): readonly Row[];
  readonly gaps: readonly Say[];
  readonly notes: readonly Say[];
  readonly series: readonly string[];
}

/** A row: a measure, its value, where it stands, and what that says. */
export const rowOf = (
  measure: string,
  value: Fact,
  { beside = null, reading = null, places = {} }: Partial<RowRest> = {},
): Row => ({
  head: say(`hedge-funds.climate.measure.${measure}`, places),
  cells: [
    isDifference(value) ? signed(value) : { fact: value.id },
    beside,
    reading === null ? null : { say: say(reading) },
  ],
});

/** A difference of two returns carries its unit in a column of several. */
const isDifference = ({ unit }: Fact): boolean => unit === "pp";

const signed = ({ id }: Fact): Row["cells"][number] => ({
  say: say("hedge-funds.climate.number", { v: { fact: id, signed: true } }),
});

interface RowRest {
  readonly beside: Row["cells"][number];
  readonly reading: string | null;
  readonly places: Readonly<Record<string, Place>>;
}

/** The reading of a question: the last word of what is said. */
export function readingOf(answers: Answers, question: Question): string | null {
  const { statement } = answers(question);
  return statement === null
    ? null
    : `hedge-funds.climate.reading.${question.ladder.id.split(".").at(-1)}.${statement.id.split(".").at(-1)}`;
}

/** Two series on the days that both have, and why they say nothing this week; `null` where they may. */
export interface Joined {
  readonly columns: readonly [Column, Column];
  readonly dates: readonly IsoDate[];
  readonly levels: readonly [readonly number[], readonly number[]];
  readonly why: Reason | null;
}

export function joinedOf(context: SectionContext, one: string, other: string): Joined {
  const columns = [context.panel.column(one), context.panel.column(other)] as const;
  const { dates, values } = innerJoin(columns);
  const [first = [], second = []] = values;
  const late = columns.map((column) => staleness(context, column)).find((why) => why !== null);
  const end = dates.at(-1);
  // An index that was named a level may cross zero, and has no returns.
  const isSigned = values.some((levels) => levels.some((level) => level <= 0));
  const why =
    late ?? (isSigned ? { code: "not-positive" } : end === undefined ? null : lateness(context, end));
  return { columns, dates, levels: [first, second], why };
}
