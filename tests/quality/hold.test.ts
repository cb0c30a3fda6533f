import { describe, expect, it } from "vitest";
import { parseWorkspace } from "#src/config/load.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { QualityRules } from "#src/domain/quality.ts";
import { holdDirty } from "#src/quality/hold.ts";
import { walk } from "#tests/quality/values.ts";
import { closesTo } from "#tests/sections/days.ts";
import { inspectedInputOf, workspaceOf } from "#tests/sections/market-case.ts";

const inPence = closesTo(
  "2026-02-13",
  walk(60).map((value, i) => (i < 40 ? value : value * 100)),
);
const jumped = inPence[40]?.[0] ?? "";

function heldBy(quality: Partial<QualityRules> = {}): TidelineError | null {
  const rules = { agree: [], identities: [], accept: [], severity: {}, ...quality };
  const market = { series: { a: { rows: inPence } }, quality: rules };
  const { findings } = inspectedInputOf(market, "2026-02-13");
  expect(findings).toMatchObject([{ gate: "unit-jump", from: jumped, to: jumped }]);
  const data = { id: "data", path: "data/prices.csv", location: "/workspace/data/prices.csv" };
  const file = { ...data, layout: "wide", missing: [], delimiter: "," } as const;
  const columns = { date: "date", series: null, value: null, knownAt: null };
  try {
    holdDirty({ ...workspaceOf(market), files: { data: { ...file, columns } } }, findings);
    return null;
  } catch (error) {
    if (error instanceof TidelineError) return error;
    throw error;
  }
}

describe("data that hold an issue back", () => {
  const error = heldBy();

  it("are named: file, series, day, what was found and what was required", () => {
    expect(error?.code).toBe("HELD");
    expect(error?.problems).toMatchObject([{ file: "data/prices.csv" }]);
    expect(error?.message).toContain("data/prices.csv: found a: ");
    expect(error?.message).toContain(`on ${jumped} after`);
    expect(error?.message).toContain("expected numbers in one unit throughout");
  });

  it("come with the lines that release them, which do", () => {
    const lines = error?.message.match(/quality:\n[\s\S]*/)?.[0] ?? "";
    expect(lines).toContain(
      `{ series: a, gate: unit-jump, from: ${jumped}, to: ${jumped}, by: NAME, because: REASON }`,
    );
    const yaml = `
brand: { responsible: desk }
publications: { weekly: { title: W, calendar: NYSE, sections: [headline] } }
files: { data: { path: p.csv, layout: wide } }
series: { a: { name: A, kind: level, calendar: NYSE, provider: P } }
${lines.replaceAll("\n    ", "\n")}`;
    const { quality } = parseWorkspace(yaml, { file: "tideline.yaml", dir: "/workspace", env: {} });
    expect(quality.accept).toHaveLength(1);
    expect(heldBy(quality)).toBeNull();
  });

  it("do not where the gate is set to warn", () => {
    expect(heldBy({ severity: { "unit-jump": "warn" } })).toBeNull();
  });
});
