import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

type Messages = { readonly [key: string]: string | Messages };

const root = join(import.meta.dirname, "../../locales");
const read = (locale: string, file: string): Messages =>
  JSON.parse(readFileSync(join(root, locale, file), "utf8")) as Messages;
const flat = (messages: Messages, prefix = ""): readonly (readonly [string, string])[] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${prefix}${key}`, value] as const] : flat(value, `${prefix}${key}.`),
  );
/** Every place of a message, as often as it stands in it. */
const placesOf = (text: string): readonly string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();

describe("the messages of both languages", () => {
  // Both editions carry the same facts: a place that one names twice would set its fact once more.
  it.each(readdirSync(join(root, "en")).filter((file) => file.endsWith(".json")))(
    "have the same places, as often: %s",
    (file) => {
      const chinese = new Map(flat(read("zh-CN", file)));
      const differ = flat(read("en", file)).filter(
        ([key, text]) => String(placesOf(text)) !== String(placesOf(chinese.get(key) ?? "")),
      );
      expect(differ.map(([key]) => key)).toEqual([]);
    },
  );

  it("differ where one names a place twice", () => {
    expect(placesOf("{{b}} {{a}} {{a}}")).toEqual(["{{a}}", "{{a}}", "{{b}}"]);
  });
});
