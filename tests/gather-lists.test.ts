import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { knownAtRule } from "#src/calendar/known-at.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { asOfPanel } from "#src/domain/as-of.ts";
import { gather, readingsOf, recall } from "#src/gather.ts";
import { gatherFiles } from "#src/sources/files.ts";
import { openStore } from "#src/store/open.ts";
import { smallConfig, writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const base = temporaryFolder();
let workspaces = 0;

/** A workspace with a list of targets beside its prices, its store, and a gathering at a moment. */
async function begin(text: string) {
  const config = smallConfig();
  const small = {
    ...config,
    files: {
      ...(config.files as object),
      targets: {
        path: "data/targets.yaml",
        layout: "list",
        defaults: { kind: "level", calendar: "NYSE", provider: "own records", staleAfter: 30 },
      },
    },
    series: {
      ALPHA: { ...config.series.ALPHA, file: "prices" },
      BETA: { ...config.series.BETA, file: "prices" },
      TARGET: { name: "Target", file: "targets" },
    },
  };
  const dir = writeWorkspace(join(base, String(++workspaces)), small);
  const file = join(dir, "data/targets.yaml");
  writeFileSync(file, text);
  const workspace = await loadWorkspace(dir, {});
  const store = await openStore({ file: join(dir, "tideline.db") });
  const load = (now: string) => gather(workspace, store, () => Date.parse(now));
  const column = async (cutoff: string, upTo = 99) => {
    const gathered = await recall(workspace, store, upTo, {});
    const rule = knownAtRule(workspace.calendars);
    const digest = (rows: string) => rows;
    return asOfPanel({
      ...{ catalogue: workspace.catalogue, gathered, knownAtRule: rule, digest },
      cutoff: Date.parse(cutoff),
    }).column("TARGET");
  };
  return { workspace, store, file, load, column };
}

const entry = (value: number, rest = "") =>
  `- { series: TARGET, date: 2026-02-10, value: ${value}${rest} }\n`;
const feb = "2026-02-13T23:00:00Z";
const text = (words: string) => ({ en: words, "zh-CN": words });

describe("a list of numbers through the store", () => {
  it("gives what its file gives, with the source of each number, and nothing the second time", async () => {
    const { workspace, store, load } = await begin(
      `${entry(6400, ", known_at: 2026-02-10T05:00:00Z, source: Analyst A")}${entry(6500)}`,
    );
    await using _ = store;
    const first = await load("2026-02-11T00:00:00Z");
    const direct = await gatherFiles(workspace.files, workspace.catalogue);
    const remembered = await recall(workspace, store, 99, first.gaps);
    const target = (all: typeof remembered) =>
      [...(all.find(({ series }) => series === "TARGET")?.observations ?? [])].map((row) => ({
        ...row,
        recordedAt: undefined,
      }));
    expect(target(direct)).toHaveLength(2);
    expect(target(remembered)).toEqual(target(direct));
    expect(await load("2026-02-12T00:00:00Z")).toMatchObject({ unchanged: 2, added: 0, revised: 0 });
  });

  it("records another source as a revision, from then on, and an issue of before reads the one of before", async () => {
    const { store, file, load, column } = await begin(entry(6400, ", source: Analyst A"));
    await using _ = store;
    await load("2026-02-11T00:00:00Z");
    const batch = await store.lastBatch();
    const before = await column(feb);
    writeFileSync(file, entry(6400, ", source: Analyst B"));
    expect(await load("2026-02-20T00:00:00Z")).toMatchObject({ added: 0, revised: 1, withdrawn: 0 });
    expect(await column(feb)).toMatchObject({ sources: [text("Analyst A")], digest: before.digest });
    expect(await column("2026-03-01T00:00:00Z", batch)).toMatchObject({ sources: [text("Analyst A")] });
    const later = await column("2026-03-01T00:00:00Z");
    expect(later).toMatchObject({ values: [6400], sources: [text("Analyst B")] });
    expect(later.digest).not.toBe(before.digest);
  });

  it("withdraws what is taken out of it, and nothing where it is missing or empty", async () => {
    const { store, file, load, column } = await begin(`${entry(6400)}${entry(1).replace("-10", "-11")}`);
    await using _ = store;
    await load("2026-02-12T00:00:00Z");
    writeFileSync(file, "# nothing any more\n");
    expect(await load("2026-02-13T00:00:00Z")).toMatchObject({
      withdrawn: 0,
      gaps: { TARGET: "file-empty" },
    });
    rmSync(file);
    expect(await load("2026-02-13T01:00:00Z")).toMatchObject({
      withdrawn: 0,
      gaps: { TARGET: "file-missing" },
    });
    writeFileSync(file, entry(6400));
    expect(await load("2026-02-20T00:00:00Z")).toMatchObject({ added: 0, revised: 0, withdrawn: 1 });
    expect((await column(feb)).values).toEqual([6400, 1]);
    expect((await column("2026-03-01T00:00:00Z")).values).toEqual([6400]);
  });

  it("keeps every file from being loaded where it is malformed", async () => {
    const { store, load } = await begin("- { series: TARGTE, date: 2026-02-10, value: 6400 }\n");
    await using _ = store;
    await expect(load("2026-02-11T00:00:00Z")).rejects.toMatchObject({ code: "SOURCE_MALFORMED" });
    expect(await store.lastBatch()).toBe(0);
  });

  it("is another history where the file is read otherwise", async () => {
    const { workspace, store } = await begin(entry(6400));
    await using _ = store;
    const percent = workspace.catalogue.map((each) =>
      each.id === "TARGET" ? { ...each, unit: "percent" as const } : each,
    );
    expect(readingsOf({ ...workspace, catalogue: percent })).not.toBe(readingsOf(workspace));
  });
});
