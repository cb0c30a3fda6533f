import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../../templates/site/site.css"), "utf8");
const [light = "", dark = ""] = [...css.matchAll(/:root \{([^}]*)\}/gu)].map(([, body]) => body);
const colours = (block: string): ReadonlyMap<string, string> =>
  new Map([...block.matchAll(/(--[\w-]+): (#[0-9a-f]{6})/gu)].map(([, name = "", hex = ""]) => [name, hex]));

const channel = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => channel(Number.parseInt(hex.slice(i, i + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
/** Contrast of two colours after WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [bright = 0, dim = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

describe.each([
  ["light", light],
  ["dark", dark],
])("the %s colours of the archive", (_, block) => {
  const of = colours(block);
  const hex = (name: string): string => of.get(name) ?? "none";

  it.each([
    ["--ink", "--paper", 4.5],
    ["--ink-2", "--paper", 4.5],
    ["--ink-3", "--paper", 4.5],
    ["--deep", "--paper", 4.5],
    ["--ochre-ink", "--paper", 4.5],
    ["--on-deep", "--deep", 4.5],
    ["--ink", "--hit", 4.5],
    ["--field", "--paper", 3],
    ["--tide", "--paper", 3],
  ])("set %s on %s with at least %s to one", (text, ground, least) => {
    expect(contrast(hex(text), hex(ground))).toBeGreaterThanOrEqual(least);
  });
});

it("computes contrast as WCAG does", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});
