import { describe, expect, it } from "vitest";
import { dailyNews, fridaysBetween, onWeeks, weeklyNews } from "#src/metrics/news-weeks.ts";
import { plusDays } from "#tests/metrics/returns-reference.ts";

/** So many days in a row from a Saturday. */
const daysFrom = (first: string, values: readonly number[]) => ({
  dates: values.map((_, i) => plusDays(first, i)),
  values,
});
const saturday = "2026-01-31";

describe("news of a week", () => {
  it("that come once a week are named by its Friday, on whatever day of it they are dated", () => {
    const hits = { dates: ["2026-01-30", "2026-02-04", "2026-02-15"], values: [3, 5, 7] };
    const articles = { dates: ["2026-01-28", "2026-02-06", "2026-02-20"], values: [30, 50, 70] };
    expect([...weeklyNews([hits, articles])]).toEqual([
      ["2026-01-30", [3, 30]],
      ["2026-02-06", [5, 50]],
    ]);
    expect([...weeklyNews([hits])].at(-1)).toEqual(["2026-02-13", [7]]);
    expect(weeklyNews([])).toEqual(new Map());
  });

  it("that come every day are added up from a Saturday to the Friday", () => {
    const counts = daysFrom(saturday, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...dailyNews([counts], "sum")]).toEqual([["2026-02-06", [28]]]);
    expect([...dailyNews([counts], "mean")]).toEqual([["2026-02-06", [4]]]);
  });

  it("need the Friday or a day after it, and four days in all", () => {
    // To the Thursday the week is not over; the Friday may be a holiday where a later day is there.
    expect(dailyNews([daysFrom(saturday, [1, 2, 3, 4, 5, 6])], "sum").size).toBe(0);
    const without = { dates: ["2026-02-02", "2026-02-03", "2026-02-04", "2026-02-05"], values: [1, 1, 1, 1] };
    const later = { dates: [...without.dates, "2026-02-09"], values: [...without.values, 9] };
    expect(dailyNews([without], "sum").size).toBe(0);
    expect([...dailyNews([later], "sum")]).toEqual([["2026-02-06", [4]]]);
    const three = { dates: later.dates.slice(1), values: later.values.slice(1) };
    expect(dailyNews([three], "sum").size).toBe(0);
  });

  it("counts the days that all have", () => {
    const hits = daysFrom(saturday, [1, 1, 1, 1, 1, 1, 1]);
    const articles = { dates: hits.dates.slice(2), values: [10, 10, 10, 10, 10] };
    expect([...dailyNews([hits, articles], "sum")]).toEqual([["2026-02-06", [5, 50]]]);
  });

  it("is the same whatever comes later", () => {
    const values = Array.from({ length: 60 }, (_, i) => (7 * i) % 11);
    const all = [...dailyNews([daysFrom(saturday, values)], "sum")];
    for (let n = 7; n < 60; n++) {
      const some = [...dailyNews([daysFrom(saturday, values.slice(0, n))], "sum")];
      expect(some).toEqual(all.slice(0, some.length));
      expect(some.length).toBe(Math.floor(n / 7));
    }
  });

  it("stands on an axis of Fridays, empty where there is none", () => {
    const weeks = fridaysBetween("2026-01-30", "2026-02-13");
    expect(weeks).toEqual(["2026-01-30", "2026-02-06", "2026-02-13"]);
    expect(fridaysBetween("2026-02-13", "2026-02-06")).toEqual([]);
    const news = new Map([["2026-02-06", [5, 50]]]);
    expect(onWeeks(news, weeks)).toEqual([null, 5, null]);
    expect(onWeeks(news, weeks, 1)).toEqual([null, 50, null]);
  });
});
