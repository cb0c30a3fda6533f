import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { config, corrected, type Facts, inUtf8, issue, workspace } from "#tests/cli/corrected.ts";
import { inside } from "#tests/cli/inside.ts";
import { filesOf } from "#tests/cli/tideline.ts";
import { smallPrices } from "#tests/render/small-workspace.ts";

let published: Readonly<Record<string, string>>;
beforeAll(async () => {
  const dir = workspace();
  await inside(dir, ["run"]);
  published = filesOf(join(dir, issue));
});

describe("a configuration that has changed since", () => {
  it("that reads other numbers makes the issue anew, and says so", async () => {
    const other = workspace();
    await inside(other, ["run"]);
    const changed = config();
    changed.series.BETA = { ...changed.series.BETA, unit: "thousand" };
    writeFileSync(join(other, "tideline.yaml"), JSON.stringify(changed, null, 2));
    const { code, err } = await inside(other, ["run"]);
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/is made anew: the configuration reads other numbers/),
    ]);
    const { facts } = JSON.parse(readFileSync(join(other, issue, "facts.json"), "utf8")) as Facts;
    const direct = JSON.parse((await inside(other, ["facts", "--no-store"])).out) as {
      facts: object;
    };
    expect(facts).toEqual(direct.facts);
  });
});

describe("an issue that was made before its cut-off had come", () => {
  it("is made anew from what came in until then", async () => {
    const late = /^2026-02-13.*\n/mu.exec(smallPrices())?.[0] ?? "";
    const other = workspace(smallPrices().replace(late, ""));
    await inside(other, ["run"], Date.parse("2026-02-13T12:00:00Z"));
    writeFileSync(join(other, "data/prices.csv"), smallPrices());
    const { err } = await inside(other, ["run"], Date.parse("2026-02-13T23:10:00Z"));
    expect(err).toContain("is made anew: revision 1 was made before its cut-off had come");
    expect(filesOf(join(other, issue))).toEqual(published);
    // From then on it is the issue.
    writeFileSync(join(other, "data/prices.csv"), corrected);
    expect((await inside(other, ["facts"], Date.parse("2026-02-14T09:00:00Z"))).out).toBe(
      inUtf8(published["facts.json"]).trimEnd(),
    );
  });
});

describe("a file that is missing when an issue is made", () => {
  it("is said in the list of sources, and in the issue that is made again when it is back", async () => {
    const other = workspace();
    await inside(other, ["gather"]);
    rmSync(join(other, "data/prices.csv"));
    expect((await inside(other, ["run"])).code).toBe(0);
    const made = filesOf(join(other, issue));
    expect(inUtf8(made["en.html"])).toContain("was missing or empty when this issue was made");
    expect(made["en.html"]).toContain("5,913.22");
    writeFileSync(join(other, "data/prices.csv"), smallPrices());
    expect((await inside(other, ["run"])).code).toBe(0);
    expect(filesOf(join(other, issue))).toEqual(made);
    expect(published["en.html"]).not.toContain("its file was missing");
  });
});
