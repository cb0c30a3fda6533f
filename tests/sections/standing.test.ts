import { describe, expect, it } from "vitest";
import type { Say } from "#src/domain/say.ts";
import type { Cell } from "#src/domain/table.ts";
import { addDays } from "#src/domain/time.ts";
import { inspect } from "#src/quality/inspect.ts";
import { staleness } from "#src/sections/market.ts";
import { type Row, weekdaysTo } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { type CaseSeries, contextOf, inspectedInputOf } from "#tests/sections/market-case.ts";

const friday = "2026-02-13";
const daily: CaseSeries = { rows: weekdaysTo(friday, 10).map((day): Row => [day, 100]) };
const target = (...rows: readonly Row[]): CaseSeries => ({ rows, staleAfter: 30 });
const issue = (series: Readonly<Record<string, CaseSeries>>, asOf = friday) => {
  const found = issueOf({ series, sections: ["sources"] }, asOf);
  return { ...found, section: found.section("sources") };
};
const sayOf = (cell: Cell | undefined): Say | null => (cell && "say" in cell ? cell.say : null);
const standing = ({ section }: ReturnType<typeof issue>) =>
  section.tables.find(({ id }) => id === "sources.standing");

describe("a number that stands until the next", () => {
  it("is said of to the last day for which it stands, and not on the day after", () => {
    // Friday is the last session; 2026-01-14 is 30 days before it.
    const at = (day: string, staleAfter: number | null = 30) => {
      const context = contextOf({ series: { t: { rows: [[day, 6400]], staleAfter } } }, friday);
      return staleness(context, context.panel.column("t"));
    };
    expect(addDays("2026-01-14", 30)).toBe(friday);
    expect(at("2026-01-14")).toBeNull();
    expect(at("2026-01-13")).toEqual({ code: "expired", need: 30, have: 31 });
    expect(at("2026-01-13", 31)).toBeNull();
    // A daily series keeps its limit of three sessions.
    expect(at("2026-02-10", null)).toBeNull();
    expect(at("2026-02-09", null)).toEqual({ code: "stale", need: 3, have: 4 });
  });

  it("stands in a table of its own, with its source, its age in days and for how long it stands", () => {
    const found = issue({ a: daily, t: target(["2026-02-03", 6400, "2026-02-03T05:00:00Z", "analyst"]) });
    expect(found.section.tables.map(({ id }) => id)).toEqual(["sources.series", "sources.standing"]);
    expect(found.section.tables[0]?.rows).toHaveLength(1);
    expect(standing(found)?.rows.map(({ cells }) => cells)).toMatchObject([
      [
        {
          say: {
            key: "sources.credit",
            places: {
              source: { name: { en: "the analyst" } },
              provider: { name: { en: "the provider" } },
            },
          },
        },
        { fact: "sources.t.last" },
        { fact: "sources.t.known" },
        { say: { key: "sources.mark.given" } },
        { fact: "sources.t.age" },
        { fact: "sources.t.limit" },
      ],
    ]);
    expect(found.fact("sources.t.age").value).toBe(10);
    expect(found.fact("sources.t.limit").value).toBe(30);
    expect(found.fact("sources.t.last").source).toEqual({ en: "the analyst", "zh-CN": "序列analyst" });
    expect(found.section.claim.key).toBe("sources.claim.mixed-fresh");
    expect(found.fact("sources.series").value).toBe(2);
  });

  it("is counted as stale and named once it stands no longer, and not on its last day", () => {
    const old = issue({ a: daily, t: target(["2026-01-13", 6400]) });
    expect(old.section.claim.key).toBe("sources.claim.mixed-stale");
    expect(old.fact("sources.stale").value).toBe(1);
    expect(old.section.gaps).toMatchObject([
      {
        key: "sources.gap.expired",
        places: {
          name: { name: { en: "the t" } },
          date: { fact: "sources.t.last" },
          age: { fact: "sources.t.age" },
          limit: { fact: "sources.t.limit" },
        },
      },
    ]);
    const last = issue({ a: daily, t: target(["2026-01-14", 6400]) });
    expect([last.section.gaps, last.fact("sources.stale").value]).toEqual([[], 0]);
  });

  it("is named once for several of a file that ended on one day", () => {
    const old = issue({
      a: daily,
      t: target(["2026-01-13", 6400]),
      u: target(["2026-01-13", 7000]),
      v: target(["2026-01-12", 7000]),
    });
    expect(old.section.gaps.map(({ key }) => key)).toEqual([
      "sources.gap.all-expired",
      "sources.gap.expired",
    ]);
    expect(old.section.gaps[0]?.places).toMatchObject({
      name: { name: { en: "the t" } },
      n: { fact: "sources.expired.data.2026-01-13.30" },
    });
    expect(old.fact("sources.expired.data.2026-01-13.30").value).toBe(2);
    expect(old.fact("sources.stale").value).toBe(3);
  });

  it("without a value is a gap and not old", () => {
    const found = issue({ a: daily, t: { ...target(), gap: "file-missing" } });
    expect(found.section.gaps.map(({ key }) => key)).toEqual(["sources.gap.file-missing"]);
    expect(found.fact("sources.t.age").value).toBeNull();
  });

  it("alone leaves out the table of daily series", () => {
    const found = issue({ t: target(["2026-02-03", 6400]) });
    expect(found.section.tables.map(({ id }) => id)).toEqual(["sources.standing"]);
  });

  it("leaves the page of a catalogue without one as it was", () => {
    const found = issue({ a: daily });
    expect(standing(found)).toBeUndefined();
    expect(found.section.claim.key).toBe("sources.claim.fresh");
  });
});

describe("whose word a number is", () => {
  const credit = (series: Partial<CaseSeries>, source?: string) => {
    const [day, known] = ["2026-02-03", "2026-02-03T05:00:00Z"];
    const row: Row = source === undefined ? [day, 1, known] : [day, 1, known, source];
    const found = issue({ t: { ...target(row), ...series } });
    return sayOf(standing(found)?.rows[0]?.cells[0]);
  };
  const name = (text: string) => ({ en: text, "zh-CN": text });

  it("is the value's own source, else the series', else the provider's", () => {
    const source = name("consensus");
    expect(credit({ source }, "analyst")?.places.source).toMatchObject({ name: { en: "the analyst" } });
    expect(credit({ source })?.places.source).toEqual({ name: source });
    expect(credit({})).toMatchObject({
      key: "page.name",
      places: { name: { name: { en: "the provider" } } },
    });
  });

  it("is said once where it is the provider's", () => {
    expect(credit({ source: name("desk"), provider: name("desk") })?.key).toBe("page.name");
    expect(credit({ source: name("desk"), provider: { en: "desk", "zh-CN": "其他" } })?.key).toBe(
      "sources.credit",
    );
  });

  it("is of the last value that counts", () => {
    const rows: readonly Row[] = [
      ["2026-02-03", 1, "2026-02-03T05:00:00Z", "first"],
      ["2026-02-04", 2, "2026-02-04T05:00:00Z"],
    ];
    expect(issue({ t: target(...rows) }).fact("sources.t.last").source).toBeUndefined();
    const before = issue({ t: target(...rows) }, "2026-02-03");
    expect(before.fact("sources.t.last").source?.en).toBe("the first");
  });
});

describe("the gates on the data", () => {
  // A target that stands still, leaps, and comes on a holiday of the exchange.
  const rows: readonly Row[] = [
    ["2025-03-03", 3000],
    ["2025-06-02", 3000],
    ["2025-09-02", 3000],
    ["2025-12-25", 6400],
    [friday, 3000],
  ];
  const found = (staleAfter: number | null, more: readonly Row[] = rows) => {
    const { findings } = inspectedInputOf(
      { series: { t: { rows: more, staleAfter } }, tables: true },
      friday,
    );
    return findings.map(({ gate }) => gate);
  };

  it("ask of it only whether it can be", () => {
    expect(found(30)).toEqual([]);
    expect(found(30, [...rows.slice(0, 4), [friday, 0]])).toEqual(["impossible-value"]);
    // The same of a daily series is another matter.
    expect(found(null)).toContain("holiday-print");
  });

  it("take a loss for what it is where earnings are meant", () => {
    const loss: CaseSeries = { rows: [[friday, -2.5]], staleAfter: 30, kind: "earnings", currency: "USD" };
    const input = inspectedInputOf({ series: { t: loss } }, friday);
    expect(inspect(input.workspace, input.panel).panel.column("t").values).toEqual([-2.5]);
    expect(input.findings).toEqual([]);
  });
});
