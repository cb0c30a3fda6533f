import { describe, expect, it } from "vitest";
import { sessionsIn } from "#src/calendar/sessions.ts";
import type { Acceptance, QualityRules } from "#src/domain/quality.ts";
import type { Say } from "#src/domain/say.ts";
import type { Cell } from "#src/domain/table.ts";
import { compose } from "#src/sections/compose.ts";
import { exchange } from "#tests/calendar/exchange.ts";
import { spoilt, walk } from "#tests/quality/values.ts";
import { closesTo, type Row } from "#tests/sections/days.ts";
import { checked } from "#tests/sections/issue-of.ts";
import { type CaseSeries, inspectedInputOf } from "#tests/sections/market-case.ts";

const friday = "2026-02-13";
const rowsOf = (values: readonly number[]) => closesTo(friday, values);
const rows = rowsOf(walk(60));
const day = (i: number): string => rows.at(i)?.[0] ?? "";

function issue(
  series: Readonly<Record<string, CaseSeries>>,
  quality: Partial<QualityRules> = {},
  tables = false,
) {
  const rules = { agree: [], identities: [], accept: [], severity: {}, ...quality };
  const input = inspectedInputOf({ series, sections: ["sources"], quality: rules, tables }, friday);
  const found = checked(compose(input), Object.keys(series));
  const section = found.section("sources");
  const table = section.tables.find(({ id }) => id === "sources.quality");
  return { ...found, section, table };
}
const wordsOf = (found: ReturnType<typeof issue>) => found.section.words.flat().map(({ key }) => key);
const sayOf = (cell: Cell | undefined): Say | null => (cell && "say" in cell ? cell.say : null);
const rowsIn = (found: ReturnType<typeof issue>) =>
  (found.table?.rows ?? []).map(({ cells }) =>
    [sayOf(cells[0])?.key, sayOf(cells[4])?.key].map((key) => key?.replace("sources.quality.", "")),
  );

describe("data in which nothing was found", () => {
  const found = issue({ a: { rows }, b: { rows }, c: { gap: "file-missing" } });

  it("is said in one sentence, with the number of series that have values", () => {
    expect(wordsOf(found)).toContain("sources.quality.none");
    expect(found.table).toBeUndefined();
    expect(found.fact("quality.series").value).toBe(2);
    expect(found.factIds.filter((id) => id.startsWith("quality."))).toEqual(["quality.series"]);
  });
});

describe("data in which something was found", () => {
  const dirty = { rows: rowsOf(spoilt(walk(60), { 10: 0, 20: 0, 21: -1 })) };
  const found = issue({ a: dirty, b: { rows } });

  it("is said: in how many series, and how many values do not count", () => {
    expect(wordsOf(found)).toContain("sources.quality.found");
    expect(found.fact("quality.series").value).toBe(2);
    expect(found.fact("quality.found").value).toBe(1);
    expect(found.fact("quality.aside").value).toBe(3);
  });

  it("has a row for each series and kind of finding, with its days and what was done", () => {
    expect(rowsIn(found)).toEqual([
      ["finding.zero", "treatment.aside"],
      ["finding.negative", "treatment.aside"],
    ]);
    const cells = found.table?.rows[0]?.cells.slice(1, 4);
    expect(cells).toEqual(["from", "to", "days"].map((part) => ({ fact: `quality.a.zero.${part}` })));
    expect(found.fact("quality.a.zero.from")).toMatchObject({
      value: day(10),
      unit: "date",
      method: "impossible-value",
    });
    expect(found.fact("quality.a.negative.to").value).toBe(day(21));
    expect(found.fact("quality.a.negative.days").value).toBe(2);
  });

  it("joins what one gate found again and again", () => {
    const often = issue({ a: { rows: rowsOf(spoilt(walk(60), { 10: 0, 20: 0, 30: 0 })) } });
    expect(rowsIn(often)).toHaveLength(1);
    expect(often.fact("quality.a.zero.from").value).toBe(day(10));
    expect(often.fact("quality.a.zero.to").value).toBe(day(30));
    expect(often.fact("quality.a.zero.days").value).toBe(3);
  });

  it("shows in the list of sources: the last day is the last that counts", () => {
    const last = issue({ a: { rows: rowsOf(spoilt(walk(60), { 59: 0 })) } });
    expect(last.fact("sources.a.last").value).toBe(day(58));
    expect(last.fact("sources.a.age").value).toBe(1);
  });

  it("leaves a stated gap where nothing is left", () => {
    const none = issue({ a: { kind: "price", rows: rowsOf([-3, -2, -1]) }, b: { rows } });
    expect(none.section.gaps.map(({ key }) => key)).toEqual(["sources.gap.set-aside"]);
    expect(none.fact("quality.series").value).toBe(2);
    expect(none.fact("sources.a.last").reasons).toEqual([{ code: "set-aside" }]);
  });
});

describe("the treatment", () => {
  it("of a seam is that what is earlier does not count", () => {
    const halved = walk(60).map((value, i) => (i < 40 ? value : value / 2));
    const found = issue({ a: { rows: rowsOf(halved) } });
    expect(rowsIn(found)).toEqual([["finding.seam", "treatment.earlier"]]);
    expect(found.fact("quality.a.seam.from").value).toBe(day(0));
    expect(found.fact("quality.a.seam.to").value).toBe(day(39));
    expect(found.fact("quality.a.seam.days").value).toBe(40);
  });

  it("of a missing weekday is a note, with the number of days", () => {
    const mondays = [1, 2, 3, 4, 5].map((week) => day(-5 - 5 * week));
    const found = issue({ a: { rows: rows.filter(([date]) => !mondays.includes(date)) } });
    expect(rowsIn(found)).toEqual([["finding.weekday-1", "treatment.noted"]]);
    expect(found.fact("quality.a.weekday-1.days").value).toBe(5);
    expect(found.fact("quality.aside").value).toBe(0);
  });

  it("of values on holidays is that they are set aside, and of missing sessions a note", () => {
    const dates = sessionsIn(exchange("NYSE"), "2025-11-03", friday);
    const prices = walk(dates.length).map((value, i): Row => [dates[i] ?? "", value]);
    const lacking = prices.filter(([date]) => date !== "2025-12-24" && date !== "2026-01-30");
    const found = issue({ a: { rows: [...lacking, ["2025-12-25", 99], ["2026-01-19", 101]] } }, {}, true);
    expect(rowsIn(found)).toEqual([
      ["finding.holiday", "treatment.aside"],
      ["finding.session", "treatment.noted"],
    ]);
    const told = (kind: string) =>
      ["from", "to", "days"].map((part) => found.fact(`quality.a.${kind}.${part}`).value);
    expect(told("holiday")).toEqual(["2025-12-25", "2026-01-19", 2]);
    expect(told("session")).toEqual(["2025-12-24", "2026-01-30", 2]);
    expect(found.fact("quality.aside").value).toBe(2);
    expect(found.fact("sources.a.last").window.n).toBe(lacking.length);
  });

  it("of two series that disagree is the same for both, each named beside the other", () => {
    const other = { rows: rowsOf(spoilt(walk(60), { 30: 120 })) };
    const agree = [{ series: "a", with: "b", tolerance: { share: 0.01 } }];
    const found = issue({ a: { rows }, b: other }, { agree });
    expect(rowsIn(found)).toEqual([
      ["finding.differs", "treatment.aside"],
      ["finding.differs", "treatment.aside"],
    ]);
    expect(sayOf(found.table?.rows[0]?.cells[0])?.places).toMatchObject({ other: { name: { en: "the b" } } });
    expect(found.fact("quality.a.differs.b.days")).toMatchObject({ value: 1, series: ["a", "b"] });
    expect(found.fact("quality.aside").value).toBe(2);
  });

  it("of what somebody answers for is that it is kept, with who and why", () => {
    const rule: Acceptance = {
      series: "a",
      gate: "impossible-value",
      from: day(10),
      to: day(10),
      by: { en: "Ada", "zh-CN": "艾达" },
      because: { en: "as printed", "zh-CN": "原文如此" },
    };
    const dirty = { rows: rowsOf(spoilt(walk(60), { 10: 0, 20: 0 })) };
    const found = issue({ a: dirty }, { accept: [rule] });
    expect(rowsIn(found)).toEqual([
      ["finding.zero", "treatment.accepted"],
      ["finding.zero", "treatment.aside"],
    ]);
    expect(found.table?.notes).toMatchObject([
      { key: "sources.quality.note", places: { who: { name: rule.by }, because: { name: rule.because } } },
    ]);
    expect(found.fact("quality.aside").value).toBe(1);
    expect(found.factIds).toContain(`quality.a.zero.accepted.${day(10)}.${day(10)}.days`);
  });
});
