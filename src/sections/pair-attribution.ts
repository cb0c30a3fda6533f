import { type WaterfallRow, waterfall } from "#src/charts/waterfall.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { ChartWords, Figure } from "#src/domain/figure.ts";
import { carinoLink } from "#src/metrics/leg-attribution.ts";
import { membersOf, type Pair } from "#src/sections/pair-data.ts";
import type { WeekFacts } from "#src/sections/pair-week.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** Each member's linked contribution to the week: members add up to their leg, legs to the pair. */
function contributions({ data, from, to }: Pair): readonly number[] {
  const daily = (prices: readonly (readonly number[])[], sign: 1 | -1) =>
    prices.map((price) =>
      Array.from({ length: to - from }, (_, k) => {
        const [before = Number.NaN, after = Number.NaN] = [price[from + k], price[from + k + 1]];
        return (sign * (after / before - 1)) / prices.length;
      }),
    );
  return carinoLink([...daily(data.prices.long, 1), ...daily(data.prices.short, -1)]).value?.parts ?? [];
}

/** Which member and which leg made the week's return. */
export function attributionFigure(context: SectionContext, pair: Pair, week: WeekFacts): Figure {
  const { rule, id } = pair;
  const linked = contributions(pair);
  const parts = membersOf(rule).map((member, i) =>
    context.facts.add({
      id: `pair.${id}.part.${member}`,
      value: linked[i] ?? null,
      unit: "pp",
      window: week.total.window,
      series: [member],
      method: "P2 contribution by name, Carino linked",
    }),
  );
  const places = {
    name: pair.name,
    week: { fact: week.total.id, signed: true },
    long: { fact: week.long.id, signed: true },
    short: { fact: week.short.id, signed: true },
  };
  return {
    id: `pair.${id}-attribution`,
    claim: say("pair.figure.attribution.claim", places),
    unit: say("pair.figure.attribution.unit", places),
    alt: say("pair.figure.attribution.alt", places),
    notes: [say("pair.figure.attribution.note")],
    series: membersOf(rule),
    size: "beside",
    spec: (words) => {
      const shareHead = week.shares ? { shareHead: words.say(say("pair.figure.attribution.share")) } : {};
      return waterfall({ rows: rowsOf(context, pair, week, parts, words), ...shareHead }, words);
    },
  };
}

function rowsOf(
  { panel }: SectionContext,
  { rule }: Pair,
  week: WeekFacts,
  parts: readonly Fact[],
  words: ChartWords,
): readonly WaterfallRow[] {
  const row = (
    fact: Fact,
    name: string,
    role: WaterfallRow["role"],
    share: Fact | null = null,
  ): WaterfallRow => ({
    name,
    value: Number(fact.value ?? 0),
    label: words.fact(fact.id, "table"),
    role,
    ...(share ? { share: words.fact(share.id) } : {}),
  });
  const part = (role: "part-long" | "part-short") => (fact: Fact) =>
    row(fact, words.name(panel.column(fact.series[0] ?? "").series.short), role);
  const bySize = (a: Fact, b: Fact) => Number(b.value ?? 0) - Number(a.value ?? 0);
  const leg = (key: "long" | "short", name: Pair["rule"]["long"]["name"]) =>
    row(
      week[key],
      words.say(say(`pair.figure.attribution.${key}`, { name: { name } })),
      `leg-${key}`,
      week.shares?.[key] ?? null,
    );
  const split = rule.long.members.length;
  return [
    ...parts.slice(0, split).toSorted(bySize).map(part("part-long")),
    leg("long", rule.long.name),
    ...parts.slice(split).toSorted(bySize).map(part("part-short")),
    leg("short", rule.shorts.name),
    row(week.total, words.say(say("pair.figure.attribution.total")), "total"),
  ];
}
