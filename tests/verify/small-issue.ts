import type { Fact } from "#src/domain/fact.ts";
import type { Locale } from "#src/domain/locale.ts";
import { type Issue, openIssue } from "#src/verify/issue.ts";

/** As much of a fact as a check looks at. */
export type SmallFact = Pick<Fact, "id" | "value" | "unit" | "quantum" | "state">;

/** An issue of one page with this body, and of these facts; it has no print. */
export function smallIssue(
  locale: Locale,
  body: string,
  facts: readonly SmallFact[],
  simulated = false,
): Issue {
  const instant = "2026-02-13T23:00:00Z";
  const json = {
    schema: 1,
    publication: "weekly",
    asOf: { date: "2026-02-13", instant },
    simulated,
    facts: facts.map((fact) => ({ ...fact, asOf: instant })),
    statements: [],
  };
  const html = `<!doctype html><html lang="${locale}"><body>${body}</body></html>`;
  return openIssue(
    new Map([
      [`${locale}.html`, Buffer.from(html)],
      ["facts.json", Buffer.from(JSON.stringify(json))],
    ]),
  );
}
