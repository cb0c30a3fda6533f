import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cutoffOf } from "#src/calendar/cutoff.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import { readFiles } from "#src/origin.ts";
import { compute } from "#src/publish.ts";
import { checked } from "#tests/sections/issue-of.ts";
import { writeNarrativeWorkspace } from "#tests/sections/narrative-workspace.ts";

const dir = writeNarrativeWorkspace(mkdtempSync(join(tmpdir(), "tideline-narrative-")));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The issue of the files as they are, and what the gates found in them. */
async function issueAsOf(asOf: string) {
  const workspace = await loadWorkspace(dir, {});
  const publication = workspace.publications.weekly;
  if (publication === undefined) throw new RangeError("the workspace has no weekly");
  const cutoff = cutoffOf(publication, calendarOf(workspace.calendars, publication), asOf);
  const { composed, findings } = compute(
    { workspace, publication, asOf: cutoff },
    await readFiles(workspace),
  );
  return {
    ...checked(
      composed,
      workspace.catalogue.map(({ id }) => id),
    ),
    findings,
  };
}

describe("narratives from files", () => {
  it("are measured by the last week that could be read, with every finding of the section", async () => {
    const found = await issueAsOf("2026-02-13");
    expect(found.said.toSorted()).toEqual([
      "narrative.assets.heavy-ahead",
      "narrative.capex.questioned",
      "narrative.contest.battle-for-trillions",
      "narrative.diffusion.spreading",
      "narrative.disruption.tone.darker",
      "narrative.victims.asymmetric",
    ]);
    // Counts come a session after their Friday; a share of every day has no Friday at the cut-off either.
    expect(found.fact("narrative.contest.day").value).toBe("2026-02-06");
    expect(found.section("narrative").gaps).toEqual([]);
    // Weekly counts, shares of weekends and quarters are nothing that the gates mind.
    expect(found.findings).toEqual([]);
  });

  it("are the same in an earlier week whatever the files have after it", async () => {
    const whole = await issueAsOf("2025-06-13");
    const file = join(dir, "weekly.csv");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.split("\n").slice(0, -30).join("\n"));
    const cut = await issueAsOf("2025-06-13");
    writeFileSync(file, text);
    expect(whole.fact("narrative.contest.day").value).toBe("2025-06-06");
    const numbers = (issue: typeof cut) =>
      issue.composed.facts.facts
        .filter(({ id }) => id.startsWith("narrative."))
        .map(({ id, value }) => [id, value]);
    expect(numbers(cut)).toEqual(numbers(whole));
  });

  it("are silent once their numbers are too old, and the issue comes out", async () => {
    const found = await issueAsOf("2026-03-13");
    expect(found.said.filter((id) => id.startsWith("narrative."))).toEqual(["narrative.capex.questioned"]);
    expect(found.section("narrative").gaps.map(({ key }) => key)).toEqual([
      "narrative.gap.intensity",
      "narrative.gap.tone",
      "narrative.gap.diffusion",
      "narrative.gap.victims",
      "narrative.gap.assets",
      "narrative.gap.absent.several",
    ]);
  });
});
