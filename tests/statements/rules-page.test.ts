import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { ladders } from "#src/statements/ladders.ts";
import type { Ladder } from "#src/statements/rule.ts";
import { rulesPage } from "#src/statements/rules-page.ts";
import { messages } from "#tests/sections/says.ts";

describe("the page of the rules", () => {
  const page = rulesPage(ladders, messages);

  it("that is committed is up to date (npm run schema)", async () => {
    expect(await readFile(new URL("../../docs/rules.md", import.meta.url), "utf8")).toBe(page);
  });

  it("has a sentence in both languages for every rule", () => {
    const rows = page
      .split("\n")
      .filter((line) => line.startsWith("| ") && !line.startsWith("| word") && !line.startsWith("| ---"));
    expect(rows).toHaveLength(ladders.flatMap(({ rules }) => rules).length);
    for (const row of rows) {
      const cells = row.split(" | ");
      expect(cells.at(-2)?.trim(), row).not.toBe("");
      expect(cells.at(-1)?.replace("|", "").trim(), row).toMatch(/\p{Script=Han}/u);
    }
  });

  it("keeps a bar inside its cell", () => {
    const ladder: Ladder = {
      id: "levels.x",
      section: "levels",
      about: "x",
      standard: "x",
      evidence: { t: { means: "t" } },
      rules: [{ word: "|t|", gate: [["t", "<=", 2]], claim: "no.message", text: [], tells: [] }],
    };
    expect(rulesPage([ladder], messages).split("\n")).toContain("| \\|t\\| |  | `t` <= 2 |  |  |");
  });
});
