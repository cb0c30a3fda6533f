import { type WaterfallRow, waterfall } from "#src/charts/waterfall.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { ChartWords, Figure } from "#src/domain/figure.ts";
import { carinoLink } from "#src/metrics/leg-attribution.ts";
import type { Pair } from "#src/sections/pair-data.ts";
import type { WeekFacts } from "#src/sections/pair-week.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** What a member did for the pair on each day of the week: nothing on days on which it was not in it. */
interface Contribution {
  readonly member: string;
  readonly daily: readonly number[];
}

/** The members of a side in the week, in the order in which they came. */
function contributionsOf({ data, from, to }: Pair, side: "long" | "short"): readonly Contribution[] {
  const sign = side === "long" ? 1 : -1;
  const daily = new Map<string, number[]>();
  let first = 0;
  for (const piece of data.pieces) {
    const { members, prices } = piece[side];
    const n = piece.dates.length - 1;
    for (let t = Math.max(from, first); t < Math.min(to, first + n); t++) {
      for (const [i, member] of members.entries()) {
        const [before = Number.NaN, after = Number.NaN] = [
          prices[i]?.[t - first],
          prices[i]?.[t - first + 1],
        ];
        const own = daily.get(member) ?? Array.from({ length: to - from }, () => 0);
        own[t - from] = (sign * (after / before - 1)) / members.length;
        daily.set(member, own);
      }
    }
    first += n;
  }
  return [...daily].map(([member, each]) => ({ member, daily: each }));
}

/** Which member and which leg made the week's return. */
export function attributionFigure(context: SectionContext, pair: Pair, week: WeekFacts): Figure {
  const { id } = pair;
  const sides = { long: contributionsOf(pair, "long"), short: contributionsOf(pair, "short") };
  const all = [...sides.long, ...sides.short];
  // Each member's linked contribution to the week: members add up to their leg, legs to the pair.
  const linked = carinoLink(all.map(({ daily }) => daily)).value?.parts ?? [];
  const parts = all.map(({ member }, i) => {
    const name = `pair.${id}.part.${member}`;
    return context.facts.add({
      // Who changed sides within the week has a part in both.
      id: context.facts.get(name) === undefined ? name : `${name}.short`,
      value: linked[i] ?? null,
      unit: "pp",
      window: week.total.window,
      series: [member],
      method: "P2 contribution by name, Carino linked",
    });
  });
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
    series: [...new Set(all.map(({ member }) => member))],
    size: "beside",
    spec: (words) => {
      const shareHead = week.shares ? { shareHead: words.say(say("pair.figure.attribution.share")) } : {};
      const rows = rowsOf(context, pair, week, parts, sides.long.length, words);
      return waterfall({ rows, ...shareHead }, words);
    },
  };
}

function rowsOf(
  { panel }: SectionContext,
  { rule }: Pair,
  week: WeekFacts,
  parts: readonly Fact[],
  split: number,
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
  return [
    ...parts.slice(0, split).toSorted(bySize).map(part("part-long")),
    leg("long", rule.long.name),
    ...parts.slice(split).toSorted(bySize).map(part("part-short")),
    leg("short", rule.shorts.name),
    row(week.total, words.say(say("pair.figure.attribution.total")), "total"),
  ];
}
