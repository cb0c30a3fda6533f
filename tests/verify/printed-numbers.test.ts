import { describe, expect, it } from "vitest";
import type { Direction, Unit } from "#src/domain/quantity.ts";
import { printedNumbers } from "#src/verify/printed-numbers.ts";
import { smallIssue } from "#tests/verify/small-issue.ts";

type Case = readonly [
  value: number,
  unit: Unit,
  quantum: number,
  state: Direction,
  style: string,
  printed: string,
];

const faultsOf = async ([value, unit, quantum, state, style, printed]: Case) => {
  const body = `<p><data data-fact="x.a" data-style="${style}">${printed}</data></p>`;
  return printedNumbers(smallIssue("en", body, [{ id: "x.a", value, unit, quantum, state }]));
};

describe("a printed number", () => {
  it.each<Case>([
    [0.0814, "return", 0.001, "up", "plain", "8.1%"],
    [0.08149999, "return", 0.001, "up", "plain", "8.1%"],
    // Exactly half a quantum off either way: rounding may go to both, and did so once for both editions.
    [0.0815, "return", 0.001, "up", "plain", "8.2%"],
    [-0.0814, "return", 0.001, "down", "plain", "8.1%"],
    [-0.0814, "return", 0.001, "down", "table", "\u22128.1%"],
    [0.0004, "return", 0.001, "flat", "table", "0.0%"],
    [-0.0004, "return", 0.001, "flat", "signed", "0.0%"],
    // A yield has no direction, so its minus stays with it everywhere.
    [-0.0021, "yield", 1e-4, "none", "plain", "\u22120.21%"],
    [-0.0021, "yield", 1e-4, "none", "table", "\u22120.21%"],
    [0.0384, "yield", 1e-4, "none", "table", "3.84%"],
    [-1.26, "z", 0.1, "down", "plain", "\u22121.3"],
    [12_504_000_000, "USD", 1e8, "up", "table", "+12.5"],
  ])("of %d %s, quantum %d, %s, %s, may be %s", async (...each) => {
    expect(await faultsOf(each)).toEqual([]);
  });

  it.each<Case>([
    [0.0816, "return", 0.001, "up", "plain", "8.1%"],
    [0.0814, "return", 0.001, "up", "plain", "81.4%"],
    [0.0814, "return", 0.001, "up", "plain", "+8.1%"],
    [0.0814, "return", 0.001, "up", "table", "8.1%"],
    [-0.0814, "return", 0.001, "down", "table", "+8.1%"],
    [-0.0814, "return", 0.001, "down", "signed", "8.1%"],
    [0.0004, "return", 0.001, "flat", "signed", "+0.0%"],
    [-0.0021, "yield", 1e-4, "none", "plain", "0.21%"],
    [-1.26, "z", 0.1, "down", "plain", "1.3"],
    [12_504_000_000, "USD", 1e8, "up", "plain", "$12.5mn"],
    [12_504_000_000, "USD", 1e8, "up", "table", "+125"],
  ])("of %d %s, quantum %d, %s, %s, may not be %s", async (...each) => {
    expect(await faultsOf(each)).toHaveLength(1);
  });
});

describe("an axis value", () => {
  it.each([
    ["0.05", "5", true],
    ["5000000000", "5", true],
    ["-0.025", "\u22122.5", true],
    ["5000", "5,000", true],
    ["0", "0", true],
    ["2026-01-01", "Jan 2026", true],
    ["2026-01-01", "2026", true],
    ["2026-01-15", "Jan 15", true],
    ["2026-01-01", "Jan", true],
    ["0.05", "50", false],
    ["5000000000", "50", false],
    ["5000", "500", false],
    ["0.05", "6", false],
    ["2026-01-01", "Feb 2026", false],
    ["2026-01-01", "2025", false],
    ["2026-01-15", "Jan 16", false],
  ])("of %s printed as %s: %s", async (value, printed, isRight) => {
    const body = `<svg><text><tspan data-tick="${value}">${printed}</tspan></text></svg>`;
    const faults = await printedNumbers(smallIssue("en", body, []));
    expect(faults).toHaveLength(isRight ? 0 : 1);
  });
});
