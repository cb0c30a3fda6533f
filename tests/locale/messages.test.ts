import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { TidelineError } from "#src/domain/errors.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import type { Place } from "#src/domain/say.ts";
import { loadMessages, type Messages } from "#src/locale/messages.ts";
import { factToken, nameToken } from "#src/locale/tokens.ts";

const root = mkdtempSync(join(tmpdir(), "tideline-locales-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

type Files = Readonly<Partial<Record<Locale, Readonly<Record<string, unknown>>>>>;
let count = 0;
/** A folder of messages: for each locale, files by the first part of their keys. */
function folderOf(files: Files): string {
  const dir = join(root, String(++count));
  for (const [locale, trees] of Object.entries(files)) {
    mkdirSync(join(dir, locale), { recursive: true });
    for (const [file, tree] of Object.entries(trees))
      writeFileSync(join(dir, locale, `${file}.json`), JSON.stringify(tree));
  }
  return dir;
}

const standard = folderOf({
  en: {
    levels: {
      kicker: "Levels",
      week: { up: "{{name}} gained {{v}} on the week.", close: "{{v}}{{close}}" },
      "only-en": "English only",
      both: "{{term}} of {{name}}, {{name}} again",
    },
    terms: { flows: "fund flows", secret: "SECRET" },
  },
  "zh-CN": {
    levels: {
      kicker: "点位",
      week: { up: "{{name}}本周上涨{{v}}。", close: "{{v}}{{close}}" },
      both: "{{name}}的{{term}}，{{name}}",
      empty: "",
      "only-zh": "仅中文",
    },
    terms: { flows: "资金流", secret: "机密" },
  },
});
const load = (...folders: readonly string[]): Promise<Messages> => loadMessages([standard, ...folders]);
const messages = await load();

const name = (en: string, zh = en): Place => ({ name: { en, "zh-CN": zh } });
const fact = (id: string): Place => ({ fact: id });

describe("a message", () => {
  it("is said in each language with its places filled", () => {
    const say = {
      key: "levels.week.up",
      places: { name: name("KOSPI", "韩国综合指数"), v: fact("levels.x.return.week") },
    };
    const v = factToken("levels.x.return.week");
    expect(messages.translator("en")(say)).toBe(`${nameToken("KOSPI")} gained ${v} on the week.`);
    expect(messages.translator("zh-CN")(say)).toBe(`${nameToken("韩国综合指数")}本周上涨${v}。`);
  });

  it("has facts in the style that is asked for", () => {
    const say = (v: Place, close: Place) =>
      messages.translator("en")({ key: "levels.week.close", places: { v, close } });
    expect(say({ fact: "a" }, { fact: "b", signed: true })).toBe(
      factToken("a", "plain") + factToken("b", "signed"),
    );
    expect(say({ fact: "a", full: true }, { fact: "b", signed: false })).toBe(
      factToken("a", "full") + factToken("b", "plain"),
    );
  });

  it("has terms of its own language, and a place as often as it stands there", () => {
    const say = { key: "levels.both", places: { term: { term: "flows" }, name: name("X", "某") } };
    expect(messages.translator("en")(say)).toBe(`fund flows of ${nameToken("X")}, ${nameToken("X")} again`);
    expect(messages.translator("zh-CN")(say)).toBe(`${nameToken("某")}的资金流，${nameToken("某")}`);
  });

  it("opens with a capital where a name with its article stands at its head, and only there", () => {
    const the = name("the S&P 500", "标普500指数");
    const v = fact("a");
    const en = messages.translator("en");
    expect(en({ key: "levels.week.up", places: { name: the, v } })).toBe(
      `${nameToken("The S&P 500")} gained ${factToken("a")} on the week.`,
    );
    expect(en({ key: "levels.both", places: { name: the, term: { term: "flows" } } })).toBe(
      `fund flows of ${nameToken("the S&P 500")}, ${nameToken("the S&P 500")} again`,
    );
    const theme = name("theme parks");
    expect(en({ key: "levels.week.up", places: { name: theme, v } })).toContain(nameToken("theme parks"));
  });

  it("may be said by two editions in turn without one disturbing the other", () => {
    const [en, zh] = [messages.translator("en"), messages.translator("zh-CN")];
    const say = { key: "levels.kicker", places: {} };
    expect([en(say), zh(say), en(say), zh(say)]).toEqual(["Levels", "点位", "Levels", "点位"]);
  });
});

describe("a message that cannot be said throws, naming it", () => {
  const failure = (locale: Locale, key: string, places: Record<string, Place> = {}): TidelineError => {
    let thrown: unknown;
    let said: unknown;
    try {
      said = messages.translator(locale)({ key, places });
    } catch (error) {
      thrown = error;
    }
    expect(said).toBeUndefined();
    if (!(thrown instanceof TidelineError)) throw thrown;
    expect(thrown.code).toBe("RENDER_FAILED");
    return thrown;
  };

  it.each([
    ["no file of that name", "en", "nowhere.kicker"],
    ["no such key", "en", "levels.nothing"],
    ["a key below a message", "en", "levels.kicker.more"],
    ["a message of the other language only", "en", "levels.only-zh"],
    ["a message of English only", "zh-CN", "levels.only-en"],
    ["an empty message", "zh-CN", "levels.empty"],
    ["no key", "en", ""],
  ] as const)("%s", (_, locale, key) => {
    expect(failure(locale, key).message).toContain(key);
  });

  it("several messages in place of one", () => {
    expect(failure("en", "levels.week").message).toContain("object");
  });

  // i18next's warning about it does not name the key.
  it("several messages in place of one, naming it", () => {
    expect(failure("en", "levels.week").message).toContain("levels.week");
  });

  it("a term that the language lacks", () => {
    const places = { term: { term: "nothing" }, name: name("X") };
    expect(failure("en", "levels.both", places).message).toContain("terms.nothing");
  });

  it.each(locales)("a place without a value, in %s", (locale) => {
    const { message } = failure(locale, "levels.week.up", { name: name("X") });
    expect(message).toContain("{{v}}");
    expect(failure(locale, "levels.week.up").message).toContain("{{name}}");
  });

  // The text is shown, not the key under which it stands.
  it("a place without a value, naming the key", () => {
    expect(failure("en", "levels.week.up", { name: name("X") }).message).toContain("levels.week.up");
  });

  it("and the next message is said all the same", () => {
    failure("en", "levels.nothing");
    expect(messages.translator("en")({ key: "levels.kicker", places: {} })).toBe("Levels");
  });
});

describe("folders of messages", () => {
  it("a later folder overrides single messages of an earlier one", async () => {
    const over = folderOf({
      en: { levels: { kicker: "Marks" } },
      "zh-CN": { levels: { week: { up: "{{name}}涨{{v}}。" } } },
    });
    const t = await load(over);
    const [en, zh] = [t.translator("en"), t.translator("zh-CN")];
    const places = { name: name("X"), v: fact("a") };
    expect(en({ key: "levels.kicker", places: {} })).toBe("Marks");
    expect(en({ key: "levels.week.up", places })).toBe(
      `${nameToken("X")} gained ${factToken("a")} on the week.`,
    );
    expect(zh({ key: "levels.kicker", places: {} })).toBe("点位");
    expect(zh({ key: "levels.week.up", places })).toBe(`${nameToken("X")}涨${factToken("a")}。`);
  });

  it("the last of several wins, and files of new names are added", async () => {
    const first = folderOf({ en: { levels: { kicker: "One" }, extra: { a: "A" } } });
    const second = folderOf({ en: { levels: { kicker: "Two" } } });
    const en = (await load(first, second)).translator("en");
    expect(en({ key: "levels.kicker", places: {} })).toBe("Two");
    expect(en({ key: "extra.a", places: {} })).toBe("A");
  });

  it("an empty override is no message, not the earlier one", async () => {
    const en = (await load(folderOf({ en: { levels: { kicker: "" } } }))).translator("en");
    expect(() => en({ key: "levels.kicker", places: {} })).toThrow(/levels\.kicker/);
  });

  it("a folder that is not there, or has one language only, changes nothing", async () => {
    const other = await load(join(root, "absent"), folderOf({ en: {} }));
    expect(other.translator("zh-CN")({ key: "levels.kicker", places: {} })).toBe("点位");
  });

  it("files that are not JSON by name are not read", async () => {
    const over = folderOf({ en: {} });
    writeFileSync(join(over, "en", "levels.json~"), "{");
    writeFileSync(join(over, "en", "README.md"), "# words");
    expect((await load(over)).translator("en")({ key: "levels.kicker", places: {} })).toBe("Levels");
  });

  // A slip in an override is the user's to mend, so it needs the name of its file; a bare SyntaxError has none.
  it("a file that begins with a byte order mark is read like any other", async () => {
    const own = folderOf({ en: { levels: { kicker: "Marked" } } });
    const file = join(own, "en", "levels.json");
    writeFileSync(file, `\uFEFF${readFileSync(file, "utf8")}\r\n`);
    const messages = await loadMessages([standard, own]);
    expect(messages.entries("en").get("levels.kicker")).toBe("Marked");
  });

  it("a file that is not JSON inside is reported by its name", async () => {
    const over = folderOf({ en: {} });
    writeFileSync(join(over, "en", "levels.json"), '{ "kicker": "x", }');
    await expect(load(over)).rejects.toThrow(TidelineError);
    await expect(load(over)).rejects.toThrow(/levels\.json/);
  });

  it("entries lists every key of a language with its text", async () => {
    const dir = folderOf({ en: { a: { b: { c: "x" }, d: "y" } }, "zh-CN": { a: { d: "字" } } });
    const { entries } = await loadMessages([dir]);
    expect([...entries("en")]).toEqual([
      ["a.b.c", "x"],
      ["a.d", "y"],
    ]);
    expect([...entries("zh-CN")]).toEqual([["a.d", "字"]]);
  });
});
