import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeAll, describe, expect, it } from "vitest";
import { inside } from "#tests/cli/inside.ts";
import { terminal } from "#tests/cli/tideline.ts";
import { root } from "#tests/render/press.ts";
import { smallConfig, writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { count } from "#tests/slow/edits.ts";

/*
 * kill -9 while `gather` and `run` work through the store. What was acknowledged (a line of progress) stands, a batch is
 * there with all its rows or not at all, an issue with all its files, and the next command works.
 */

const config = smallConfig();
config.publications.weekly = { ...config.publications.weekly, languages: ["en"] };
/** Two files, so that a kill may fall between them. */
config.files = {
  ...(config.files as object),
  more: { ...(config.files as Files).prices, path: "data/more.csv" },
};
config.series = {
  ...config.series,
  GAMMA: { name: { en: "Gamma Index", "zh-CN": "伽马指数" }, file: "more" },
  DELTA: { name: { en: "Delta Index", "zh-CN": "德尔塔指数" }, file: "more" },
};
for (const id of ["ALPHA", "BETA"]) config.series[id] = { ...config.series[id], file: "prices" };
type Files = { readonly prices: object };

const dir = writeWorkspace(join(temporaryFolder(), "ws"), config);
const file = join(dir, ".tideline/tideline.db");

/** Some ten thousand weekdays up to the issue's, of which another generation changes a tenth. */
function prices(columns: readonly string[], generation: number): string {
  const rows = [`date,${columns.join(",")}`];
  for (let at = Date.parse("1985-01-01"), i = 0; at <= Date.parse("2026-02-13"); at += 86_400_000) {
    if (new Date(at).getUTCDay() % 6 === 0) continue;
    i++;
    const values = columns.map((_, k) =>
      (5000 + (i % 900) + k + (i % 10 === 0 ? generation / 100 : 0)).toFixed(2),
    );
    rows.push(`${new Date(at).toISOString().slice(0, 10)},${values.join(",")}`);
  }
  return `${rows.join("\n")}\n`;
}
function change(generation: number): void {
  writeFileSync(join(dir, "data/prices.csv"), prices(["ALPHA", "BETA"], generation));
  writeFileSync(join(dir, "data/more.csv"), prices(["GAMMA", "DELTA"], generation));
}

/** Starts a command, kills it after a while, and returns the stages whose end it had told. */
async function killed(command: readonly string[], afterMs: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [join(root, "src/cli.ts"), ...command, "--workspace", dir], {
    cwd: dir,
    env: terminal(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const parts: Buffer[] = [];
  child.stderr.on("data", (part: Buffer) => parts.push(part));
  const timer = setTimeout(() => child.kill("SIGKILL"), afterMs);
  await once(child, "close");
  clearTimeout(timer);
  const lines = Buffer.concat(parts).toString().split("\n");
  return lines.flatMap((line) => (line.startsWith("{") && line.endsWith("}") ? [stageOf(line)] : []));
}
const stageOf = (line: string): string => (JSON.parse(line) as { stage?: string }).stage ?? "";

/** What the store holds, read without Tideline. */
function stateOf() {
  if (!existsSync(file)) return { batches: 0, issues: 0 };
  const database = new DatabaseSync(file);
  try {
    expect(database.prepare("pragma integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
    expect(database.prepare("pragma foreign_key_check").all()).toEqual([]);
    const isMade = database.prepare("select count(*) as n from sqlite_master where name = 'batch'").get();
    if (isMade?.n === 0) return { batches: 0, issues: 0 };
    const torn = database
      .prepare(
        `select id from batch where added + revised + withdrawn <>
         (select count(*) from observation where observation.batch = batch.id)`,
      )
      .all();
    expect(torn).toEqual([]);
    const counted = (table: string) =>
      Number(database.prepare(`select count(*) as n from ${table}`).get()?.n);
    const files = database.prepare("select count(*) as n from issue_file group by issue").all();
    expect(files.every(({ n }) => n === 4)).toBe(true);
    expect(files.length).toBe(counted("issue"));
    return { batches: counted("batch"), issues: counted("issue") };
  } finally {
    database.close();
  }
}

/** A moment in each of as many equal parts of a command's time, the same shares of it every time. */
function moments(parts: number): readonly number[] {
  let state = 41;
  return Array.from({ length: parts }, (_, i) => {
    // A linear congruential step (Numerical Recipes), good enough to shake a moment about in its part.
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return (1.05 * (i + state / 2 ** 32)) / parts;
  });
}

describe.each([
  ["gather", ["gather"], 50],
  ["run", ["run", "--revised"], 50],
] as const)("%s, killed", (name, command, full) => {
  let tookMs = 0;
  let generation = name === "gather" ? 0 : 10_000;
  beforeAll(async () => {
    change(++generation);
    const start = performance.now();
    const stages = await killed(command, 300_000);
    tookMs = performance.now() - start;
    expect(stages.at(-1)).toBe(name === "gather" ? "gather" : "write");
  });

  it.each(moments(count(full)).map((share) => share.toFixed(3)))("at %s of its time", async (share) => {
    const before = stateOf();
    change(++generation);
    const stages = await killed(command, Number(share) * tookMs);
    const after = stateOf();
    const told = (stage: string) => stages.filter((each) => each === stage).length;
    expect(after.batches - before.batches).toBeGreaterThanOrEqual(told("load"));
    expect(after.issues - before.issues).toBeGreaterThanOrEqual(told("keep"));
    // Resumed: what was loaded is not loaded again, and the store then holds what the files say.
    const resumed = await inside(dir, ["gather", "--json"]);
    expect(resumed.code).toBe(0);
    expect(JSON.parse(resumed.out)).toMatchObject({ unchanged: after.batches - before.batches, files: 2 });
    expect(stateOf().batches).toBe(before.batches + 2);
    expect((await inside(dir, ["gather", "--json"])).out).toContain('"unchanged":2');
    const shown = await inside(dir, ["archive", "list", "--json"]);
    expect((JSON.parse(shown.out) as unknown[]).length).toBe(after.issues);
  });

  it.runIf(name === "run")("leaves issues that can be written again, whole", async () => {
    expect((await inside(dir, ["archive", "export", "--out", "again"])).code).toBe(0);
    const manifest = JSON.parse(
      readFileSync(join(dir, "again/weekly/2026-02-13/manifest.json"), "utf8"),
    ) as object;
    expect(manifest).toMatchObject({ publication: "weekly" });
    expect((await inside(dir, ["verify", "again/weekly/2026-02-13"])).code).toBe(0);
  });
});
