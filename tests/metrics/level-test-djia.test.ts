import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { levelTest } from "#src/metrics/level-test.ts";

/** The data folder of gretl (Debian: gretl-data, /usr/share/gretl/data), whose closes of the 1980s are not ours to copy. */
const gretl = process.env.TIDELINE_GRETL;

describe.skipIf(gretl === undefined)(
  "levelTest on the Dow Jones Industrial Average (skipped where TIDELINE_GRETL does not name gretl's data)",
  () => {
    const text =
      gretl === undefined
        ? ""
        : gunzipSync(readFileSync(join(gretl, "misc", "djclose.gdt"))).toString("utf8");
    const rows = [...text.matchAll(/<obs label="([\d-]+)">([\d.]+)/g)];
    const dates = rows.map(([, date = ""]) => date);
    const closes = rows.map(([, , close = ""]) => Number(close));
    const at = (level: number, from: string, to: string) => {
      const end = dates.filter((date) => date <= to).length;
      return levelTest(dates.slice(0, end), closes.slice(0, end), level, { from }).value;
    };

    it("1,000 in 1981: rejected, broken, rejected", () => {
      expect(closes.length).toBe(2528);
      expect(at(1000, "1981-01-01", "1981-12-31")?.events).toEqual([
        expect.objectContaining({ start: "1981-01-05", outcome: "rejected", extreme: 1004.69 }),
        expect.objectContaining({ start: "1981-03-16", outcome: "breakout", extreme: 1020.35 }),
        expect.objectContaining({ start: "1981-05-27", outcome: "rejected", extreme: 1011.99 }),
      ]);
    });

    it("2,750 from August to December 1989: rejected, broken, rejected, open", () => {
      const outcomes = at(2750, "1989-08-01", "1989-12-29")?.events.map(({ outcome }) => outcome);
      expect(outcomes).toEqual(["rejected", "breakout", "rejected", "open"]);
    });
  },
);
