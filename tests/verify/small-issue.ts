import type { Fact } from "#src/domain/fact.ts";
import type { IssueFacts } from "#src/domain/issue.ts";
import type { Locale } from "#src/domain/locale.ts";
import { type Issue, openIssue } from "#src/verify/issue.ts";

/** As much of a fact as a check looks at. */
export type SmallFact = Pick<Fact, "id" | "value" | "unit" | "quantum" | "state"> &
  Partial<Pick<Fact, "series">>;

/** What the checks do not look at. */
const bareFact = {
  status: "ok",
  reasons: [],
  window: { start: null, end: null, n: 0 },
  series: [],
  method: "made for a test",
  params: {},
  inputsHash: "",
};
const bareStatement = {
  section: "levels",
  text: [{ key: "levels.x", places: {} }],
  gate: { rule: "made for a test", found: {} },
  tail: { share: 1, n: 1, record: false },
  stance: null,
  proof: null,
  score: { surprise: 0, record: 0, repeated: 0, total: 0 },
};

/** An issue of pages with these bodies, and of these facts; it has no print. */
export function smallIssues(
  bodies: Partial<Readonly<Record<Locale, string>>>,
  facts: readonly SmallFact[],
  more: Partial<Pick<IssueFacts, "simulated" | "crises">> & { readonly statements?: readonly object[] } = {},
): Issue {
  const instant = "2026-02-13T23:00:00Z";
  const json = {
    schema: 1,
    publication: "weekly",
    asOf: { date: "2026-02-13", instant },
    simulated: false,
    facts: facts.map((fact) => ({ ...bareFact, ...fact, asOf: instant })),
    refusals: [],
    ...more,
    statements: (more.statements ?? []).map((statement) => ({ ...bareStatement, ...statement })),
  };
  const pages = Object.entries(bodies).map(
    ([locale, body]) =>
      [`${locale}.html`, `<!doctype html><html lang="${locale}"><body>${body}</body></html>`] as const,
  );
  return openIssue(
    new Map([
      ...pages.map(([name, html]) => [name, Buffer.from(html)] as const),
      ["facts.json", Buffer.from(JSON.stringify(json))],
    ]),
  );
}

/** An issue of one page. */
export const smallIssue = (
  locale: Locale,
  body: string,
  facts: readonly SmallFact[],
  simulated = false,
): Issue => smallIssues({ [locale]: body }, facts, { simulated });
