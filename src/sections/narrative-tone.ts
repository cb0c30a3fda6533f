import type { Fact } from "#src/domain/fact.ts";
import type { NarrativeTheme } from "#src/domain/narrative-rules.ts";
import type { Column } from "#src/domain/panel.ts";
import { narrativeTone, toneHistory } from "#src/metrics/narrative-tone.ts";
import { fridaysBetween, onWeeks } from "#src/metrics/news-weeks.ts";
import { mapMeasured, ok } from "#src/metrics/result.ts";
import { staleness } from "#src/sections/market.ts";
import { missing, narrativeFacts, newsOf } from "#src/sections/narrative-data.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { narrativeTone as ladder } from "#src/statements/rules/narrative.ts";

/** How a narrative is told: the mean z of its sources' tones. */
export interface Tone {
  readonly theme: NarrativeTheme;
  readonly tone: Fact;
  readonly n: Fact;
  readonly absent: readonly Column[];
}

/** The tone of a narrative (N3); `null` where none is followed. */
export function toneOf(context: SectionContext, theme: NarrativeTheme): Tone | null {
  if (theme.tone.length === 0) return null;
  const columns = theme.tone.map((id) => context.panel.column(id));
  const isFresh = (column: Column) => column.dates.length > 0 && staleness(context, column) === null;
  const fresh = columns.filter(isFresh);
  const read = fresh.map((column) => newsOf([column], "mean")).filter(({ size }) => size > 0);
  const firsts = read.flatMap((news) => [...news.keys()][0] ?? []).toSorted();
  const lasts = read.flatMap((news) => [...news.keys()].at(-1) ?? []).toSorted();
  const weeks = fridaysBetween(firsts[0] ?? context.week, lasts[0] ?? "");
  const measured =
    read.length === 0 ? missing({ code: "stale" }) : narrativeTone(read.map((news) => onWeeks(news, weeks)));
  const window = { start: weeks[0] ?? null, end: weeks.at(-1) ?? null, n: measured.n };
  const fact = narrativeFacts(context, theme.id, {
    series: theme.tone,
    method: "N3 tone",
    params: { history: toneHistory.preferred },
    window,
  });
  return {
    theme,
    tone: fact(
      "tone",
      mapMeasured(measured, ({ tone }) => tone),
      "z",
    ),
    n: fact("tone-history", ok(measured.n, measured.n), "count"),
    absent: columns.filter((column) => !isFresh(column)),
  };
}

/** What the rules are asked about it. */
export const toneQuestion = ({ theme, tone, n }: Tone): Question => ({
  ladder,
  subject: {
    id: theme.id,
    name: { name: theme.name },
    prose: { name: theme.prose },
    evidence: { tone, n },
  },
});
