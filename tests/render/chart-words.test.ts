import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueAxis } from "#src/charts/ticks.ts";
import type { Unit } from "#src/domain/quantity.ts";
import { mapTokens } from "#src/locale/tokens.ts";
import { chartWords } from "#src/render/chart-words.ts";

const plain = (text: string): string =>
  mapTokens(
    text,
    (part) => part,
    (token) => (token.kind === "tick" ? token.text : ""),
  );
const [en, zh] = (["en", "zh-CN"] as const).map((locale) =>
  chartWords(locale, ({ key }) => key, plain, "west"),
);
const printed = (value: number, unit: Unit) => [en, zh].map((words) => plain(words?.tick(value, unit) ?? ""));

describe("an axis value", () => {
  it.each<[number, Unit, string]>([
    [7000, "points", "7,000"],
    [1.05, "points", "1.05"],
    [-0.0075, "points", "−0.0075"],
    [0.000012, "points", "0.000012"],
    [0.025, "return", "2.5"],
    [0.00125, "return", "0.13"],
  ])("%d of %s is printed as %s", (value, unit, text) => {
    expect(printed(value, unit)[0]).toBe(text);
  });

  it("of a price is told from its neighbours, and reads the same as it is, in both editions", () => {
    const price = fc
      .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: -6, max: 2 }))
      .map(([n, e]) => n * 10 ** e);
    fc.assert(
      fc.property(fc.array(price, { minLength: 2, maxLength: 9 }), (values) => {
        const { ticks } = valueAxis(values, "points");
        for (const texts of [0, 1].map((i) => ticks.map((tick) => printed(tick, "points")[i] ?? ""))) {
          expect(new Set(texts).size).toBe(texts.length);
          texts.forEach((text, i) => {
            expect(Number(text.replaceAll(",", "").replace("−", "-"))).toBeCloseTo(ticks[i] ?? 0, 9);
          });
        }
      }),
    );
  });
});
