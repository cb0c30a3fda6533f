import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { inUtf8, issue, workspace } from "#tests/cli/corrected.ts";
import { inside } from "#tests/cli/inside.ts";
import { filesOf } from "#tests/cli/tideline.ts";
import { smallConfig, smallPrices } from "#tests/render/small-workspace.ts";

/** A workspace whose list of crises one issue was made with. */
const small = smallConfig();
small.publications.weekly.sections = ["headline", "sources"];
const dir = workspace(smallPrices(), { ...small, declared: { crises: "data/crises.yaml" } });
const list = join(dir, "data/crises.yaml");
const covid =
  "- { id: covid, name: Covid, from: 2020-02-20, until: 2020-06-30, source: { en: 'Own desk, 3 July', zh-CN: 研究部7月3日 } }\n";
const friday = "2026-02-13T23:30:00Z";
const at = (now: string, ...args: readonly string[]) => inside(dir, args, Date.parse(now));
const inputsOf = (manifest: string | undefined): Readonly<Record<string, string>> =>
  (JSON.parse(manifest ?? "{}") as { inputs: Readonly<Record<string, string>> }).inputs;
let published: Readonly<Record<string, string>>;

beforeAll(async () => {
  writeFileSync(list, covid);
  expect((await at(friday, "run")).code).toBe(0);
  published = filesOf(join(dir, issue));
}, 120_000);

describe("an issue that was made with a list", () => {
  it("counts it among its inputs, names it among its sources, and passes its own check", async () => {
    expect(inputsOf(published["manifest.json"])["declared.crises"]).toMatch(/^[0-9a-f]{64}$/);
    const page = inUtf8(published["en.html"]);
    expect(page).toContain("Lists kept by hand");
    expect(page).toContain("Own desk, 3 July");
    expect(inUtf8(published["zh-CN.html"])).toContain("研究部");
    expect((await at(friday, "verify", issue)).code).toBe(0);
  });

  it("is made again to the same bytes after the list was edited; the next one sees what has changed", async () => {
    writeFileSync(list, covid.replace("Own desk, 3 July", "Somebody else").replace("06-30", "05-29"));
    const { code, err } = await at("2026-02-16T12:00:00Z", "run");
    expect([code, err]).toEqual([0, expect.stringContaining('"revised":1')]);
    expect(err).toMatch(/1 batches loaded since are not read/);
    expect(filesOf(join(dir, issue))).toEqual(published);
    const facts = async (now: string, ...args: readonly string[]) => (await at(now, "facts", ...args)).out;
    expect(await facts("2026-02-16T12:00:00Z")).not.toContain("Somebody else");
    expect(await facts("2026-02-21T12:00:00Z", "--as-of", "2026-02-20")).toContain("Somebody else");
    // And with all that is known today, of the same days.
    const { out } = await at("2026-02-21T12:00:00Z", "diff", "weekly/2026-02-13", "--revised");
    expect(out).toContain("sources.declared.crises.newest");
  }, 120_000);

  it("is as it was where the list is gone, and the next one says that it is", async () => {
    rmSync(list);
    const { code, err } = await at("2026-02-17T12:00:00Z", "run");
    expect([code, err]).toEqual([0, expect.stringContaining("declared.crises: file-missing")]);
    expect(filesOf(join(dir, issue))).toEqual(published);
    expect((await at("2026-02-17T12:00:00Z", "facts", "--as-of", "2026-02-16")).out).toContain(
      "Somebody else",
    );
  }, 120_000);

  it("is not made where the list is malformed, and the doctor says so", async () => {
    writeFileSync(list, covid.replace("2020-02-20", "2020-02-30"));
    const { code, err } = await at("2026-02-18T12:00:00Z", "run");
    expect([code, err]).toEqual([1, expect.stringMatching(/data\/crises\.yaml:1:35: found "2020-02-30"/)]);
    expect((await at("2026-02-18T12:00:00Z", "doctor")).out).toMatch(/data\/crises\.yaml:1:35/);
    writeFileSync(list, covid);
    expect((await at("2026-02-18T12:00:00Z", "doctor")).out).toMatch(/data\/crises\.yaml: 1 entry/);
  }, 120_000);
});
