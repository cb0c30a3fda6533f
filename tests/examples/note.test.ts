import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sectionNames } from "#src/domain/workspace.ts";
import { ladders } from "#src/statements/ladders.ts";

const root = join(import.meta.dirname, "../..");

interface Row {
  readonly id: string;
  readonly sections: readonly string[];
  readonly rules: readonly string[];
  readonly test: string | null;
  readonly why: string;
}

/** Rows of the table in docs/note.md. */
function rowsOf(page: string): readonly Row[] {
  return [...page.matchAll(/^\| (S\d+) \|(.*)\|$/gmu)].map(([, id = "", rest = ""]) => {
    const [, sections = "", said = "", test = ""] = rest.split("|").map((cell) => cell.trim());
    return {
      id,
      sections: sections === "–" ? [] : sections.split(", "),
      rules: [...said.matchAll(/`([^`]+)`/gu)].map(([, rule = ""]) => rule),
      test: /`([^`]+)`/u.exec(test)?.[1] ?? null,
      why: said,
    };
  });
}

const known = new Set(ladders.flatMap(({ id, rules }) => rules.map(({ word }) => `${id}: ${word}`)));

/** What a row names that there is not. */
const faultsOf = ({ id, sections, rules, test, why }: Row): readonly string[] => [
  ...rules.filter((rule) => !known.has(rule)).map((rule) => `${id}: no rule ${rule}`),
  ...sections
    .filter((name) => !sectionNames.some((each) => each === name))
    .map((name) => `${id}: no section ${name}`),
  ...(test !== null && !existsSync(join(root, test)) ? [`${id}: no test ${test}`] : []),
  ...(rules.length === 0 && !/^(Quotation|Impossible)/u.test(why) ? [`${id}: neither rule nor reason`] : []),
  ...(rules.length > 0 && (test === null || sections.length === 0) ? [`${id}: no test or section`] : []),
];

const page = readFileSync(join(root, "docs/note.md"), "utf8");
const rows = rowsOf(page);

describe("the table of the note", () => {
  it("has each claim once, in order", () => {
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 54 }, (_, i) => `S${i + 1}`));
  });

  it("names rules, sections and tests that there are, or says why none makes the claim", () => {
    expect(rows.flatMap(faultsOf)).toEqual([]);
    expect(rows.filter(({ rules }) => rules.length === 0).map(({ id }) => id)).toEqual([
      "S10",
      "S25",
      "S29",
      "S45",
    ]);
  });

  it("is missed where a rule, a test or a reason is not there", () => {
    const [first] = rows;
    if (first === undefined) throw new Error("a row");
    expect(faultsOf({ ...first, rules: ["narrative.contest: war"] })).toHaveLength(1);
    expect(faultsOf({ ...first, test: "tests/none.test.ts" })).toHaveLength(1);
    expect(faultsOf({ ...first, rules: [], why: "–" })).toHaveLength(1);
    expect(faultsOf({ ...first, sections: ["weather"] })).toHaveLength(1);
  });
});
