import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { IssueFacts } from "#src/domain/issue.ts";
import { type Ended, tideline } from "#tests/cli/tideline.ts";
import { smallConfig, smallPrices, writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const base = temporaryFolder();
const lines = smallPrices().trimEnd().split("\n");
/** The sample's prices with a column of some days exchanged; counted from the last day. */
const spoilt = (column: number, change: (value: number, back: number) => number): string =>
  `${lines
    .map((line, i) => {
      if (i === 0) return line;
      const cells = line.split(",");
      cells[column] = String(change(Number(cells[column]), lines.length - 1 - i));
      return cells.join(",");
    })
    .join("\n")}\n`;
const issueIn = (folder: string) => join(folder, "output/weekly/2026-02-13");

describe("a workspace with a bad row", () => {
  const folder = writeWorkspace(
    join(base, "bad-row"),
    smallConfig(),
    spoilt(1, (value, back) => (back === 30 ? 0 : value)),
  );
  let [ran, verified]: (Ended | undefined)[] = [];
  beforeAll(async () => {
    ran = await tideline(["run"], { cwd: folder });
    verified = await tideline(["verify", issueIn(folder)]);
  }, 120_000);

  it("makes an issue without it, which says so and passes every check", () => {
    expect(ran?.code).toBe(0);
    const { facts } = JSON.parse(readFileSync(join(issueIn(folder), "facts.json"), "utf8")) as IssueFacts;
    const factOf = (id: string) => facts.find((fact) => fact.id === id)?.value;
    expect([factOf("quality.series"), factOf("quality.found"), factOf("quality.aside")]).toEqual([2, 1, 1]);
    expect(verified?.out).toContain("16 checks, all ok");
    expect(readFileSync(join(issueIn(folder), "en.html"), "utf8")).toContain("Zero in place of a value");
    expect(readFileSync(join(issueIn(folder), "zh-CN.html"), "utf8")).toContain("零值异常");
  });
});

describe("a workspace whose unit changes", () => {
  const prices = spoilt(2, (value, back) => (back < 100 ? value * 100 : value));
  const folder = writeWorkspace(join(base, "unit"), smallConfig(), prices);
  let [held, facts]: (Ended | undefined)[] = [];
  beforeAll(async () => {
    held = await tideline(["run"], { cwd: folder });
    facts = await tideline(["facts", "--json"], { cwd: folder });
  }, 120_000);

  it("holds the issue: exit code 3, what and where, and nothing is written", () => {
    expect(held?.code).toBe(3);
    expect(held?.err).toMatch(/data\/prices\.csv: found BETA: [\d.]+ on \d{4}-\d\d-\d\d after [\d.]+/);
    expect(held?.out).toBe("");
    expect(existsSync(join(folder, "output"))).toBe(false);
    expect(facts?.code).toBe(3);
  });

  it("is released by the lines that it names, with the name and the reason on the page", async () => {
    const [, from] = /gate: unit-jump, from: (\d{4}-\d\d-\d\d)/.exec(held?.err ?? "") ?? [];
    const accept = [{ series: "BETA", gate: "unit-jump", from, by: "Ada Wong", because: "a new index base" }];
    const { levels: _, ...config } = smallConfig();
    const released = writeWorkspace(join(base, "released"), { ...config, quality: { accept } }, prices);
    const ran = await tideline(["run"], { cwd: released });
    expect([ran.code, ran.code === 0 ? "" : ran.err]).toEqual([0, ""]);
    for (const page of ["en.html", "zh-CN.html"]) {
      const html = readFileSync(join(issueIn(released), page), "utf8");
      expect(html).toContain("Ada Wong");
      expect(html).toContain("a new index base");
    }
    expect((await tideline(["verify", issueIn(released)])).out).toContain("16 checks, all ok");
  }, 120_000);
});
