import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { locales } from "#src/domain/locale.ts";
import { missingFrom } from "#src/verify/extraction.ts";
import { readPage } from "#src/verify/page.ts";
import { checkNames, formatReport, verifyFiles, verifyIssue } from "#src/verify/verify.ts";
import { issueFaults } from "#tests/verify/faults/all.ts";
import { mailFaults } from "#tests/verify/faults/mails.ts";
import { repaired, reprinted, restyled } from "#tests/verify/plant.ts";
import { describePlanted, firstOfEach, inOrder, sharedIssue } from "#tests/verify/planting.ts";

const shared = sharedIssue();

describe("a finished issue", () => {
  it("has no finding", async () => {
    const report = await verifyFiles(shared().files);
    expect(formatReport(report)).toContain("all ok");
    expect(report.findings).toEqual([]);
  });

  it("has none when a page is printed again", async () => {
    const again = await reprinted(
      shared(),
      "zh-CN",
      restyled((css) => `${css} `),
    );
    expect((await verifyFiles(again)).findings).toEqual([]);
  });

  it("has none when a PDF is saved again", async () => {
    expect((await verifyFiles(await repaired(shared(), "en", () => {}))).findings).toEqual([]);
  });

  it("of one language has none, and says that nothing was compared", async () => {
    const report = await verifyFiles(await shared().made(["en"], {}));
    expect(report.findings).toEqual([]);
    expect(formatReport(report)).toMatch(/only the en edition/);
  });
});

describePlanted("an issue", firstOfEach(issueFaults), shared);

describe("a planted fault", () => {
  it("exists for every check, and twice at least", () => {
    const planted = [...issueFaults, ...mailFaults];
    const counts = checkNames.map((name) => [name, planted.filter(({ check }) => check === name).length]);
    expect(counts.filter(([, count]) => Number(count) < 2)).toEqual([]);
    expect(inOrder(planted.map(({ check }) => check))).toEqual(inOrder(checkNames));
  });
});

/** Other programs that extract the text of a PDF, in the order in which it is painted. */
const extractors = [
  ["pdftotext", (pdf: string) => ["-raw", pdf, "-"]],
  ["mutool", (pdf: string) => ["draw", "-q", "-F", "text", pdf]],
] as const;
const isInstalled = (command: string) => /version/.test(String(spawnSync(command, ["-v"]).stderr));

describe("a second opinion", () => {
  describe.for(extractors)("of %s", ([command, args]) => {
    it.skipIf(!isInstalled(command)).for(locales)(
      "finds all of the %s edition in its print",
      async (locale) => {
        await withFolder((folder) => {
          const { stdout } = spawnSync(command, args(join(folder, `${locale}.pdf`)), { encoding: "utf8" });
          expect(stdout.length).toBeGreaterThan(1000);
          const page = readPage(readFileSync(join(folder, `${locale}.html`)), locale);
          expect(missingFrom(stdout, page, command)).toEqual([]);
          // Liveness: what is changed in the text is missed.
          expect(missingFrom(stdout.replaceAll(/\d%/gu, "%"), page, command)).not.toEqual([]);
        });
      },
    );
  });
});

/** Lends a folder with the issue's files. */
async function withFolder(use: (folder: string) => unknown): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tideline-verify-"));
  try {
    for (const [name, bytes] of shared().files) writeFileSync(join(folder, name), bytes);
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("a folder", () => {
  it("with a finished issue has no finding", async () => {
    await withFolder(async (folder) => expect((await verifyIssue(folder)).findings).toEqual([]));
  });

  it.each([
    ["without a manifest", ["manifest.json"]],
    ["that holds no issue", undefined],
  ])("%s has one finding that says so", async (_, gone) => {
    await withFolder(async (folder) => {
      for (const name of gone ?? shared().files.keys()) rmSync(join(folder, name));
      const { findings } = await verifyIssue(folder);
      expect(findings).toEqual([expect.objectContaining({ check: "issue", where: "manifest.json" })]);
    });
  });

  it("that does not exist has one finding that says so", async () => {
    await withFolder(async (folder) => {
      const { findings } = await verifyIssue(join(folder, "nowhere"));
      expect(findings).toEqual([expect.objectContaining({ check: "issue", where: "the folder" })]);
    });
  });
});
