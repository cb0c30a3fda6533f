import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "#src/domain/time.ts";
import { formatReport, verifyIssue } from "#src/verify/verify.ts";
import { inside } from "#tests/cli/inside.ts";
import { root } from "#tests/render/press.ts";
import { smallConfig, writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { count } from "#tests/slow/edits.ts";

/* Whatever the day, an issue passes its own check: as of a weekend, in the middle of a week, early in a year, before a close. */

const base = temporaryFolder();
const days = fc.sample(fc.integer({ min: 0, max: 780 }), { numRuns: count(80), seed: 20_260_213 });
const first = "2024-12-30";

/** A random walk on every weekday up to a day, so that no two issues have the same axes and labels. */
function prices(seed: number, last: string): string {
  const steps = fc.sample(fc.integer({ min: -1000, max: 1040 }), { numRuns: 2000, seed });
  const rows = ["date,ALPHA,BETA"];
  let [alpha, beta] = [5000, 900];
  for (let day = "2024-01-01", i = 0; day <= last; day = addDays(day, 1)) {
    if (new Date(day).getUTCDay() % 6 === 0) continue;
    alpha *= 1 + (steps[i++] ?? 0) / 60_000;
    beta *= 1 + (steps[i++] ?? 0) / 40_000;
    rows.push(`${day},${alpha.toFixed(2)},${beta.toFixed(2)}`);
  }
  return `${rows.join("\n")}\n`;
}

const mail = {
  from: { name: { en: "Test desk", "zh-CN": "测试部" }, address: "desk@example.com" },
  site: "https://notes.example.com",
  recipients: "recipients.csv",
};

async function checked(dir: string, asOf: string, out: string): Promise<string> {
  const made = await inside(dir, ["run", "--no-store", "--as-of", asOf, "--out", out]);
  expect([made.code, made.code === 0 ? "" : made.err]).toEqual([0, ""]);
  const report = await verifyIssue(join(out, "weekly", asOf.slice(0, 10)));
  return report.findings.length === 0 ? "" : formatReport(report);
}

describe("an issue passes its own check", () => {
  it.each(days.map((n) => addDays(first, n)))("as of %s, of any prices", async (asOf) => {
    const dir = join(base, asOf);
    mkdirSync(dir, { recursive: true });
    writeWorkspace(dir, { ...smallConfig(), mail }, prices(Date.parse(asOf) / 1000, asOf));
    writeFileSync(join(dir, "recipients.csv"), "name,address,language\n");
    expect(await checked(dir, asOf, join(dir, "out"))).toBe("");
  });

  it.each(["2026-01-02", "2026-02-11", "2026-02-08", "2026-02-13T14:24:00Z"])(
    "as of %s, of the sample",
    async (asOf) => {
      expect(await checked(root, asOf, join(base, "sample"))).toBe("");
    },
  );
});
