import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Place } from "#src/domain/say.ts";
import { loadMessages } from "#src/locale/messages.ts";
import { mapTokens } from "#src/locale/tokens.ts";

const folder = mkdtempSync(join(tmpdir(), "tideline-locales-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const trees = {
  en: { levels: { up: "{{name}} gained {{v}} on the week." }, terms: { secret: "SECRET" } },
  "zh-CN": { levels: { close: "{{v}}{{close}}" }, terms: { secret: "机密" } },
};
for (const [locale, files] of Object.entries(trees)) {
  mkdirSync(join(folder, locale));
  for (const [file, tree] of Object.entries(files))
    writeFileSync(join(folder, locale, `${file}.json`), JSON.stringify(tree));
}
const { translator } = await loadMessages([folder]);

const name = (text: string): Place => ({ name: { en: text, "zh-CN": text } });
const fact = (id: string): Place => ({ fact: id });

describe("a hostile name", () => {
  const tokensOf = (text: string): string[] => {
    const tokens: string[] = [];
    mapTokens(
      text,
      () => "",
      (token) => {
        tokens.push(token.kind === "fact" ? `fact ${token.id}` : `${token.kind} ${token.text}`);
        return "";
      },
    );
    return tokens;
  };
  const textOf = (text: string): string =>
    mapTokens(
      text,
      (each) => each,
      () => "◻",
    );
  const say = (evil: string) =>
    translator("en")({
      key: "levels.up",
      places: { name: name(evil), v: fact("levels.x.week") },
    });

  it.each([
    "{{v}}",
    "{{name}}",
    "{{- v}}",
    "{{v, number}}",
    "{{missing}}",
    "}} {{",
    "{{",
    "$t(terms.secret)",
    "$t(levels.up)",
    '$t(levels.up, { "v": "forged" })',
    "$& $1 $$ $` $'",
    "$$$$$$$$$$$$",
    "<b>&amp;</b>",
    "__proto__",
  ])("%s stays what it is, and so does the rest of the message", (evil) => {
    const text = say(evil);
    expect(tokensOf(text)).toEqual([`name ${evil}`, "fact levels.x.week"]);
    expect(textOf(text)).toBe("◻ gained ◻ on the week.");
  });

  it("hides nothing of a message that stands right after it", () => {
    for (const evil of ["$", "$$$", "{{", "{{v}}", "$t("]) {
      const zh = translator("zh-CN")({
        key: "levels.close",
        places: { v: name(evil), close: fact("levels.x.close") },
      });
      expect(tokensOf(zh)).toEqual([`name ${evil}`, "fact levels.x.close"]);
      expect(textOf(zh)).toBe("◻◻");
    }
  });

  it.each([
    "KOSPI\uE001\uE000f:plain:levels.y.week\uE001",
    "\uE001 lost \uE000f:plain:levels.y.week",
    "\uE000f:signed:levels.y.week\uE001",
  ])("cannot forge a fact: %j", (evil) => {
    const tokens = tokensOf(say(evil));
    expect(tokens).toHaveLength(2);
    expect(tokens[0]).toMatch(/^name /);
    expect(tokens[1]).toBe("fact levels.x.week");
    expect(textOf(say(evil))).toBe("◻ gained ◻ on the week.");
  });
});
