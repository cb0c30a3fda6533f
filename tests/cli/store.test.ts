import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { corrected, type Facts, inUtf8, issue, workspace } from "#tests/cli/corrected.ts";
import { inside } from "#tests/cli/inside.ts";
import { filesOf } from "#tests/cli/tideline.ts";
import { smallConfig, smallPrices } from "#tests/render/small-workspace.ts";

const linesOf = (text: string): readonly string[] => text.trimEnd().split("\n");

/** A workspace in which one issue was made, and a value of its week corrected afterwards. */
const dir = workspace();
const call = (...args: readonly string[]) => inside(dir, args);
const said = async (...args: readonly string[]) => {
  const { code, out, err } = await call(...args);
  expect([code, err.includes("    at ")]).toEqual([0, false]);
  return { out: out.trimEnd(), err };
};
let published: Readonly<Record<string, string>>;
beforeAll(async () => {
  await said("run");
  published = filesOf(join(dir, issue));
  writeFileSync(join(dir, "data/prices.csv"), corrected);
}, 120_000);

describe("an issue that was made, after a value of its week was corrected", () => {
  it("is made again to the same bytes, and says that later batches are not read", async () => {
    const { err } = await said("run");
    expect(filesOf(join(dir, issue))).toEqual(published);
    expect(err).toContain('"revised":1');
    expect(err).toMatch(/1 batches loaded since are not read.*diff weekly\/2026-02-13 --revised/);
    expect(`${(await said("facts")).out}\n`).toBe(inUtf8(published["facts.json"]));
  });

  it("differs from today's knowledge in the facts and statements that diff names", async () => {
    const { out } = await said("diff", "weekly/2026-02-13", "--revised");
    expect(out).toMatch(/^weekly\/2026-02-13@1 against what is known today/);
    const told = JSON.parse((await said("diff", `${issue}/`, "--revised", "--json")).out) as {
      facts: readonly { id: string; before: { value: unknown } | null; after: { value: unknown } | null }[];
    };
    const ids = told.facts.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.every((id) => out.includes(`  ${id}: `))).toBe(true);
    expect(ids).toContain("levels.ALPHA.return.week");
    expect(ids).not.toContain("levels.BETA.return.week");
    const direct = JSON.parse((await said("facts", "--no-store")).out) as Facts;
    for (const { id, before, after } of told.facts.filter((fact) => !fact.id.startsWith("sources."))) {
      expect([id, before?.value]).not.toEqual([id, after?.value]);
      expect(after?.value).toBe(direct.facts.find((fact) => fact.id === id)?.value);
    }
  });

  it("changes no earlier as-of that is made for the first time", async () => {
    const earlier = JSON.parse((await said("facts", "--as-of", "2026-02-14")).out) as object;
    const before = workspace();
    const old = await inside(before, ["facts", "--as-of", "2026-02-14"]);
    expect(earlier).toEqual(JSON.parse(old.out));
  });

  it("shows what has come in since to the next issue, and not to the one that was made", async () => {
    const late = /^2026-02-12.*\n/mu.exec(smallPrices())?.[0] ?? "";
    const made = workspace(smallPrices().replace(late, ""));
    const factsAt = async (cwd: string, asOf: string, now: string) => {
      const { out } = await inside(cwd, ["facts", "--as-of", asOf], Date.parse(now));
      const { facts } = JSON.parse(out) as Facts;
      return facts.filter(({ id }) => !id.startsWith("sources.")).map(({ id, value }) => [id, value]);
    };
    const friday = Date.parse("2026-02-13T23:30:00Z");
    expect((await inside(made, ["run"], friday)).code).toBe(0);
    const first = await factsAt(made, "2026-02-13", "2026-02-13T23:40:00Z");
    // A value that came late, and a correction, on Saturday.
    writeFileSync(join(made, "data/prices.csv"), corrected);
    expect(await factsAt(made, "2026-02-13", "2026-02-14T12:00:00Z")).toEqual(first);
    const fresh = workspace(corrected);
    const saturday = await factsAt(fresh, "2026-02-14", "2026-02-16T12:00:00Z");
    expect(await factsAt(made, "2026-02-14", "2026-02-16T12:00:00Z")).toEqual(saturday);
    expect(await factsAt(fresh, "2026-02-13", "2026-02-16T12:00:00Z")).not.toEqual(first);
  });

  it("may be revised: another revision, whose pages say so, and which is what is made again from then on", async () => {
    const other = workspace(smallPrices(), smallConfig());
    const at = (...args: readonly string[]) => inside(other, args);
    await at("run");
    const first = filesOf(join(other, issue));
    writeFileSync(join(other, "data/prices.csv"), corrected);
    await at("run", "--revised");
    const second = filesOf(join(other, issue));
    expect(inUtf8(second["en.html"])).toContain("Revised issue: data to");
    expect(inUtf8(second["zh-CN.html"])).toContain("修订版：数据截至");
    expect(first["en.html"]).not.toContain("Revised issue");
    // What an ordinary issue may say of itself.
    expect(inUtf8(first["en.html"])).toContain("only what was known at its cut-off");
    expect(inUtf8(second["en.html"])).not.toContain("only what was known at its cut-off");
    expect(inUtf8(second["en.html"])).toContain("This is a revised issue: of the days to its cut-off");
    expect(inUtf8(second["zh-CN.html"])).not.toContain("仅使用数据截止时点");
    expect((await at("verify", issue)).code).toBe(0);
    expect(linesOf((await at("archive", "list")).out).map((line) => line.split(" ")[0])).toEqual([
      "weekly/2026-02-13@2",
      "weekly/2026-02-13@1",
    ]);
    expect(`${(await at("facts")).out}\n`).toBe(inUtf8(second["facts.json"]));
    await at("archive", "export", "weekly/2026-02-13@1", "--out", "old");
    expect(filesOf(join(other, "old/weekly/2026-02-13"))).toEqual(first);
    const between = await at("diff", "weekly/2026-02-13@1", "weekly/2026-02-13@2");
    expect(between.out).toContain("ALPHA");
    // That it is marked as revised is no difference in what it says.
    expect(between.out).not.toContain("issue.knowledge");
    expect((await at("diff", "weekly/2026-02-13", "--revised")).out).toMatch(/^facts that differ: 0$/m);
  }, 120_000);
});

describe("the archive", () => {
  it("writes the folders again that were lost", async () => {
    rmSync(join(dir, "output"), { recursive: true });
    expect((await said("archive", "export")).out).toBe(issue);
    expect(filesOf(join(dir, issue))).toEqual(published);
    expect(readdirSync(join(dir, "output/weekly"))).toEqual(["2026-02-13"]);
  });

  it("shows an issue with its files, and lists runs with how they ended", async () => {
    const shown = JSON.parse((await said("archive", "show", issue, "--json")).out) as {
      issue: string;
      files: readonly { name: string; bytes: number }[];
    };
    expect(shown).toMatchObject({ issue: "weekly/2026-02-13@1", instant: "2026-02-13T23:00:00Z" });
    expect(shown.files.map(({ name, bytes }) => [name, bytes])).toEqual(
      Object.entries(published).map(([name, text]) => [name, text.length]),
    );
    expect((await said("archive", "show", issue)).out).toMatch(/^issue {4}weekly\/2026-02-13@1$/m);
    const failed = workspace("date,ALPHA,BETA\n2026-02-13,x,1\n");
    expect((await inside(failed, ["run"])).code).toBe(1);
    expect((await inside(failed, ["archive", "runs"])).out).toMatch(/failed: the data cannot be read/);
    expect((await said("archive", "runs")).out).toMatch(/kept weekly\/2026-02-13@1/);
  });

  it("has no issue that was never made, and says which there are", async () => {
    const { code, err } = await call("archive", "show", "weekly/2026-02-20");
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/found weekly\/2026-02-20, expected such as weekly\/2026-02-13@1/),
    ]);
  });

  it("does not keep a proof in one language", async () => {
    const proof = workspace(smallPrices(), smallConfig());
    expect((await inside(proof, ["run", "--lang", "en"])).code).toBe(0);
    expect((await inside(proof, ["archive"])).out).toContain("no issue yet");
  });
});

describe("a fact through time", () => {
  it("is computed as of each slot, or as it was published", async () => {
    const range = ["--from", "2026-01-26", "--to", "2026-02-15"];
    const id = "levels.ALPHA.return.week";
    const rows = linesOf((await said("facts", "--metric", id, ...range)).out).map((line) => line.split("\t"));
    expect(rows.map(([asOf]) => asOf)).toEqual(["2026-01-30", "2026-02-06", "2026-02-13"]);
    // As of days before the correction.
    const uncorrected = workspace();
    for (const [asOf = "", value] of rows) {
      const { out } = await inside(uncorrected, ["facts", "--no-store", "--as-of", asOf]);
      const { facts } = JSON.parse(out) as Facts;
      expect(Number(value)).toBe(facts.find((fact) => fact.id === id)?.value);
    }
    expect((await said("facts", "--metric", id, "--published", ...range)).out).toBe(rows.at(-1)?.join("\t"));
  });

  it("must be one that an issue has, and between two days", async () => {
    const wrong = await call(
      "facts",
      "--metric",
      "levels.ALPHA.return.weak",
      "--from",
      "2026-02-01",
      "--to",
      "2026-02-15",
    );
    expect([wrong.code, wrong.err]).toEqual([
      2,
      expect.stringContaining("did you mean levels.ALPHA.return.week?"),
    ]);
    const open = await call("facts", "--metric", "levels.ALPHA.return.week", "--from", "2026-02-01");
    expect([open.code, open.err]).toEqual([2, expect.stringContaining("--to not given")]);
  });
});

describe("a run without the store", () => {
  it("keeps nothing", async () => {
    const other = workspace();
    expect((await inside(other, ["run", "--no-store"])).code).toBe(0);
    expect(existsSync(join(other, ".tideline"))).toBe(false);
    expect(filesOf(join(other, issue))).toEqual(published);
  });
});

describe("gather", () => {
  it("loads what has changed, counts it, and loads nothing twice", async () => {
    const other = workspace();
    const at = async () => JSON.parse((await inside(other, ["gather", "--json"])).out) as object;
    expect(await at()).toMatchObject({ files: 1, unchanged: 0, revised: 0, withdrawn: 0, gaps: {} });
    expect(await at()).toEqual({ files: 1, unchanged: 1, added: 0, revised: 0, withdrawn: 0, gaps: {} });
    writeFileSync(join(other, "data/prices.csv"), corrected);
    expect((await inside(other, ["gather"])).out).toBe(
      "1 files, 0 unchanged: 0 values added, 1 revised, 0 withdrawn",
    );
    // Half a file, as while it is copied, and the whole one again.
    writeFileSync(join(other, "data/prices.csv"), corrected.split("\n").slice(0, 200).join("\n"));
    expect((await inside(other, ["gather"])).err).toMatch(
      /data\/prices.csv: \d+ values that it gave before are gone/,
    );
    writeFileSync(join(other, "data/prices.csv"), corrected);
    expect((await inside(other, ["gather"])).err).not.toContain("are gone");
    rmSync(join(other, "data/prices.csv"));
    expect((await inside(other, ["gather"])).out).toContain("2 series without values: ALPHA, BETA");
  });
});

describe("backup and restore", () => {
  it("carry everything into another workspace, where the issue is made again to the same bytes", async () => {
    await said("gather");
    const told = await said("backup", "kept.db");
    expect(told.out).toMatch(
      /^kept\.db: \d+ observations of 2 series in 2 batches, 1 issues in 4 objects, \d+ runs, 0 slots, 0 deliveries; /,
    );
    const other = workspace(corrected);
    const file = join(dir, "kept.db");
    const { out } = await inside(other, ["restore", file, "--json"]);
    expect(JSON.parse(out)).toMatchObject({ series: 2, batches: 2, issues: 1, objects: 4 });
    expect((await inside(other, ["run"])).code).toBe(0);
    expect(filesOf(join(other, issue))).toEqual(published);
    // Nothing is written over: neither a file nor a store that holds something.
    const twice = await call("backup", "kept.db");
    expect([twice.code, twice.out]).toEqual([2, ""]);
    const full = await inside(other, ["restore", file]);
    expect([full.code, full.out]).toEqual([2, ""]);
  });
});

describe("a usage that is not one", () => {
  it.each([
    ["a command that does not take an option", ["archive", "--lang", "en"], /archive does not take --lang/],
    ["a range without a fact", ["facts", "--published"], /no --published without --metric/],
    ["a fact that is revised", ["facts", "--metric", "a", "--revised"], /no --revised beside --metric/],
    [
      "a range that ends before it begins",
      ["facts", "--metric", "a", "--from", "2026-02-02", "--to", "2026-02-01"],
      /the earlier day first/,
    ],
    ["a revision of what is not kept", ["run", "--no-store", "--revised"], /no --revised beside --no-store/],
    ["a diff with nothing", ["diff", "weekly/2026-02-13"], /either `--revised`/],
    ["a diff of nothing", ["diff", "--revised"], /diff requires an issue/],
    [
      "an issue that cannot be read",
      ["diff", "february", "--revised"],
      /found february, expected PUBLICATION/,
    ],
    ["an action of another kind", ["archive", "constructor"], /found constructor, expected one of list/],
  ])("%s: exit code 2, said in words", async (_, args, words) => {
    const { code, out, err } = await call(...args);
    expect([code, out, err]).toEqual([2, "", expect.stringMatching(words)]);
  });
});
