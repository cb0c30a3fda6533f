import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isSession, sessionClose, sessionOpen } from "#src/calendar/sessions.ts";
import { parseWorkspace } from "#src/config/load.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import { describeProblem, TidelineError } from "#src/domain/errors.ts";
import { isoInstant } from "#src/domain/time.ts";

const full = readFileSync(new URL("./fixtures/full.yaml", import.meta.url), "utf8");
const lse = `    closes: [{at: "16:30"}]\n`;

/** The full configuration with more said of its own calendar LSE. */
const withLse = (more: string): string => {
  if (!full.includes(lse)) throw new RangeError("the fixture has no calendar LSE");
  return full.replace(lse, `${lse}${more}`);
};

const calendarOf = (more: string): ExchangeCalendar => {
  const { calendars } = parseWorkspace(withLse(more), {
    file: "t.yaml",
    dir: "/workspace",
    env: { TIDELINE_DATA: "/elsewhere" },
  });
  return calendars.LSE as ExchangeCalendar;
};

function problemsOf(more: string): readonly string[] {
  try {
    calendarOf(more);
  } catch (error) {
    if (!(error instanceof TidelineError)) throw error;
    return error.problems.map(({ file: _, line: __, column: ___, ...problem }) => describeProblem(problem));
  }
  return [];
}

describe("a calendar of the workspace's own", () => {
  const stated = `    opens: [{at: "08:00"}]
    closed: [2025-12-25, 2025-12-26, 2026-01-01]
    early: {2025-12-24: "12:30"}
    validUntil: 2026-12-31
`;

  it("states opening hours, days without a session, early closes, and until when", () => {
    const calendar = calendarOf(stated);
    expect(["2025-12-24", "2025-12-25", "2025-12-29"].map((day) => isSession(calendar, day))).toEqual([
      true,
      false,
      true,
    ]);
    expect(isoInstant(sessionClose(calendar, "2025-12-24"))).toBe("2025-12-24T12:30:00Z");
    expect(isoInstant(sessionClose(calendar, "2025-12-29"))).toBe("2025-12-29T16:30:00Z");
    expect(isoInstant(sessionOpen(calendar, "2025-12-29") ?? 0)).toBe("2025-12-29T08:00:00Z");
    expect(() => isSession(calendar, "2027-01-01")).toThrow(/calendar LSE are not known after 2026-12-31/);
  });

  it("meets on every weekday before the first year that its lists name", () => {
    const calendar = calendarOf(stated);
    expect(calendar.table).toMatchObject({ validFrom: "2025-01-01", source: null });
    expect(isSession(calendar, "2024-12-25")).toBe(true);
  });

  it("may end without stating any closure", () => {
    const calendar = calendarOf("    validUntil: 2026-12-31\n");
    expect(calendar.table?.validFrom).toBe("2026-01-01");
    expect(isSession(calendar, "2026-12-25")).toBe(true);
  });

  it.each([
    [
      "lists without an end",
      "    closed: [2025-12-25]\n",
      "found closed without validUntil, expected validUntil beside it: the last day that the list is complete for",
    ],
    [
      "a closed day after the end",
      "    closed: [2027-01-01]\n    validUntil: 2026-12-31\n",
      'found "2027-01-01", expected a day up to validUntil, 2026-12-31',
    ],
    [
      "an early close after the end",
      '    early: {2027-12-24: "12:30"}\n    validUntil: 2026-12-31\n',
      'found "2027-12-24", expected a day up to validUntil, 2026-12-31',
    ],
    [
      "a day that is closed and closes early",
      '    closed: [2026-12-24]\n    early: {2026-12-24: "12:30"}\n    validUntil: 2026-12-31\n',
      'found "2026-12-24", expected a day that is not among the closed ones',
    ],
    [
      "a day that does not exist",
      "    closed: [2026-02-30]\n    validUntil: 2026-12-31\n",
      'found "2026-02-30", expected a day that exists, as YYYY-MM-DD',
    ],
    [
      "opening hours out of order",
      '    opens: [{at: "08:00"}, {at: "09:00"}]\n',
      "found a later opening time without from, expected a day after that of the opening time before it",
    ],
  ])("%s is a problem", (_, more, problem) => {
    expect(problemsOf(more)).toEqual([problem]);
  });

  it("has no problems as stated", () => {
    expect(problemsOf(stated)).toEqual([]);
  });
});
