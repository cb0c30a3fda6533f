import type { Fact } from "#src/domain/fact.ts";
import type { IssueFacts } from "#src/domain/issue.ts";
import type { Locale } from "#src/domain/locale.ts";
import { type Issue, openIssue } from "#src/verify/issue.ts";

/** As much of a fact as a check looks at. */
export type SmallFact = Pick<Fact, "id" | "value" | "unit" | "quantum" | "state"> &
  Partial<Pick<Fact, "series">>;

/** An issue of pages with these bodies, and of these facts; it has no print. */
export function smallIssues(
  bodies: Partial<Readonly<Record<Locale, string>>>,
  facts: readonly SmallFact[],
  more: Partial<Pick<IssueFacts, "simulated">> & { readonly statements?: readonly object[] } = {},
): Issue {
  const instant = "2026-02-13T23:00:00Z";
  const json = {
    schema: 1,
    publication: "weekly",
    asOf: { date: "2026-02-13", instant },
    simulated: false,
    facts: facts.map((fact) => ({ series: [], ...fact, asOf: instant })),
    statements: [],
    ...more,
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
