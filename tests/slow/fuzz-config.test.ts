import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseWorkspace } from "#src/config/load.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { sectionNames, type Workspace } from "#src/domain/workspace.ts";
import { root } from "#tests/render/press.ts";
import { count, edits, withEdits } from "#tests/slow/edits.ts";

const texts = {
  small: `brand: { responsible: { en: Research desk, zh-CN: 研究部 } }
publications:
  weekly:
    title: { en: Weekly note, zh-CN: 周报 }
    calendar: NYSE
    asOf: 2026-02-13
    sections: [headline, levels, sources]
    keyNumbers: [ALPHA, BETA]
files:
  prices:
    path: data/prices.csv
    layout: wide
    defaults: { kind: level, calendar: NYSE, provider: { en: own records, zh-CN: 自有数据 } }
series:
  ALPHA: { name: { en: Alpha Index, zh-CN: 阿尔法指数 } }
  BETA: { name: { en: Beta Index, zh-CN: 贝塔指数 }, calendar: KRX }
superlatives: [ALPHA, BETA]
levels: [{ series: BETA, level: 6000 }]
`,
  sample: readFileSync(join(root, "tideline.yaml"), "utf8"),
} as const;
const tokens = [
  "\n",
  "\n  ",
  "  ",
  "\t",
  ":",
  ": ",
  "- ",
  "? ",
  "#",
  "{",
  "}",
  "[",
  "]",
  ",",
  "'",
  '"',
  "|",
  ">",
  "&a ",
  "*a",
  "<<: *a\n",
  "!!js/function ",
  "!!binary ",
  "%YAML 9\n",
  "---\n",
  "...\n",
  "~",
  "null",
  "true",
  ".nan",
  ".inf",
  "1e999",
  "-0",
  "0x10",
  "0o17",
  "2026-02-30",
  "9999-99-99",
  "__proto__: { polluted: 1 }\n",
  "constructor",
  "toString",
  "hasOwnProperty",
  "${HOME}",
  "${",
  "${NOWHERE}",
  "../../etc",
  "\u202E",
  "\uE000",
  "\0",
  "ALPHA",
  "weekly",
  "NYSE",
  "en",
  "zh-CN",
  "headline",
];
const origin = { file: "tideline.yaml", dir: "/workspace", env: { HOME: "/home/reader" } };

/** The workspace, or the failure that the user is told of; anything else is a bug and ends the test. */
function outcome(text: string): Workspace | TidelineError {
  try {
    return parseWorkspace(text, origin);
  } catch (error) {
    if (error instanceof TidelineError) return error;
    throw error;
  }
}

function checkFailure({ code, problems }: TidelineError, text: string): void {
  const lines = text.split(/\r\n|\n|\r/).length;
  expect(code).toBe("CONFIG_INVALID");
  expect(problems.length).toBeGreaterThan(0);
  for (const { file, line, column, expected } of problems) {
    expect([file, expected === ""]).toEqual(["tideline.yaml", false]);
    expect(line !== undefined && line >= 1 && line <= lines + 1).toBe(true);
    expect(column !== undefined && column >= 1).toBe(true);
  }
  const order = problems.map(({ line = 0, column = 0 }) => line * 1e6 + column);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
}

/** Every name that one part uses is defined by another. */
function checkWorkspace({
  publications,
  calendars,
  files,
  catalogue,
  levels,
  pairs,
  regime,
}: Workspace): void {
  const ids = new Set(catalogue.map(({ id }) => id));
  for (const { calendar, file } of catalogue) {
    expect(Object.hasOwn(calendars, calendar)).toBe(true);
    expect(Object.hasOwn(files, file)).toBe(true);
  }
  for (const { id, calendar, sections, keyNumbers } of Object.values(publications)) {
    expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(Object.hasOwn(calendars, calendar)).toBe(true);
    expect(sections.filter((name) => !sectionNames.includes(name))).toEqual([]);
    expect(keyNumbers.filter((each) => !ids.has(each.id) && !Object.hasOwn(pairs, each.id))).toEqual([]);
  }
  const used = [
    ...levels.map((rule) => rule.series),
    ...regime,
    ...Object.values(pairs).flatMap(({ long, shorts }) => [...long.members, ...shorts.members]),
  ];
  expect(used.filter((id) => !ids.has(id))).toEqual([]);
  expect(levels.filter(({ level }) => !(level > 0 && level < Number.POSITIVE_INFINITY))).toEqual([]);
}

describe("an alias of nothing", () => {
  it("is refused with its place", () => {
    const failure = outcome("brand: *nothing\n");
    expect(failure).toMatchObject({ problems: [{ line: 1, column: 8 }] });
  });
});

describe.each(["small", "sample"] as const)("the %s configuration with random edits", (name) => {
  it("is read whole or refused with places, never crashes, and says the same again", () => {
    const outcomes = { read: 0, refused: 0 };
    fc.assert(
      fc.property(edits(tokens), (made) => {
        const text = withEdits(texts[name], made).toString();
        const found = outcome(text);
        if (found instanceof TidelineError) {
          checkFailure(found, text);
          outcomes.refused++;
        } else {
          checkWorkspace(found);
          outcomes.read++;
        }
        const again = outcome(text);
        expect(again instanceof TidelineError ? again.message : again).toEqual(
          found instanceof TidelineError ? found.message : found,
        );
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      }),
      { numRuns: count(1000), seed: 20260213 },
    );
    const all = outcomes.read + outcomes.refused;
    expect(outcomes.read / all).toBeGreaterThan(0.02);
    expect(outcomes.refused / all).toBeGreaterThan(0.3);
  });
});
