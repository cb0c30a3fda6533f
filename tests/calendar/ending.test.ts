import { describe, expect, it } from "vitest";
import { calendarsEnding } from "#src/calendar/ending.ts";
import { exchanges } from "#src/calendar/exchanges.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";

const { SSE, NYSE } = exchanges as Record<"SSE" | "NYSE", ExchangeCalendar>;

describe("calendarsEnding", () => {
  it("names a calendar from 60 days before its last day on, and not a day earlier", () => {
    expect(calendarsEnding({ SSE }, "2026-11-01")).toEqual([
      { id: "SSE", validUntil: "2026-12-31", daysLeft: 60 },
    ]);
    expect(calendarsEnding({ SSE }, "2026-10-31")).toEqual([]);
  });

  it("goes on naming one that has ended, before one that ends later", () => {
    expect(calendarsEnding({ NYSE, SSE }, "2027-12-31")).toEqual([
      { id: "SSE", validUntil: "2026-12-31", daysLeft: -365 },
      { id: "NYSE", validUntil: "2027-12-31", daysLeft: 0 },
    ]);
  });

  it("has nothing to say of a calendar without a table", () => {
    expect(calendarsEnding({ WEEK: { ...NYSE, table: null } }, "2099-01-01")).toEqual([]);
  });
});
