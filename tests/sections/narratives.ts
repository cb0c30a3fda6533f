import type { NarrativeRules, NarrativeTheme } from "#src/domain/narrative-rules.ts";
import { addDays } from "#src/domain/time.ts";
import { type Row, series } from "#tests/sections/days.ts";
import { type Issue, issueOf } from "#tests/sections/issue-of.ts";
import type { CaseSeries, MarketCase } from "#tests/sections/market-case.ts";

export const friday = "2026-02-13";

/** One value a week, on Fridays, the last on that one. */
export const weekly = (values: readonly number[], end = friday): readonly Row[] =>
  values.map((value, i) => [addDays(end, -7 * (values.length - 1 - i)), value]);

/** Counts that go up and down about a level, and the last of them. */
export const counts = (level: number, last: number, n = 320): readonly number[] =>
  series(n, (t) => (t === n - 1 ? last : level + ((t * 7) % 11) - 5));

const named = (text: string) => ({ en: text, "zh-CN": `叙事${text}` });

/** A narrative of one source, whose hits are those of a series of its own. */
export const theme = (id: string, more: Partial<NarrativeTheme> = {}): NarrativeTheme => ({
  id,
  name: named(id),
  short: named(id),
  prose: named(`the ${id} narrative`),
  sources: [{ hits: `${id}_hits`, articles: "articles" }],
  tone: [],
  ...more,
});

export const rulesOf = (more: Partial<NarrativeRules> = {}): NarrativeRules => ({
  themes: [theme("alpha"), theme("beta")],
  capital: [],
  victims: null,
  diffusion: null,
  capex: null,
  intensity: [],
  ...more,
});

export const count = (values: readonly number[], more: Partial<CaseSeries> = {}): CaseSeries => ({
  kind: "count",
  frequency: "weekly",
  rows: weekly(values),
  ...more,
});

/** Two narratives, each by the hits of its weeks among a thousand articles. */
export const newsOf = (
  alpha: readonly number[],
  beta: readonly number[],
): Readonly<Record<string, CaseSeries>> => ({
  articles: count(series(Math.max(alpha.length, beta.length), () => 1000)),
  alpha_hits: count(alpha),
  beta_hits: count(beta),
});

export interface NarrativeCase extends Omit<MarketCase, "sections" | "narratives"> {
  readonly rules?: Partial<NarrativeRules>;
  readonly asOf?: string;
}

/** The section `narrative` of an issue that has nothing else, checked for what every issue must keep. */
export function narrativeOf({ rules, asOf = friday, ...market }: NarrativeCase): Issue & {
  readonly claim: string;
  readonly sentences: readonly string[];
  readonly gaps: readonly string[];
  readonly rows: readonly string[];
} {
  const issue = issueOf({ sections: ["narrative"], ...market, narratives: rulesOf(rules) }, asOf);
  const section = issue.section("narrative");
  return {
    ...issue,
    claim: section.claim.key,
    sentences: section.words.flat().map(({ key }) => key),
    gaps: section.gaps.map(({ key }) => key),
    rows: section.tables.flatMap(({ rows }) =>
      rows.map(({ head }) => head.key.replace("narrative.table.", "")),
    ),
  };
}
