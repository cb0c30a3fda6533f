import { describe, expect, it } from "vitest";
import { checkNames, formatReport, verifyFiles } from "#src/verify/verify.ts";

const editions = ["en", "zh-CN"] as const;
const finding = { check: "digits", where: "en.html #flows", what: "found a digit, expected none" };

describe("formatReport", () => {
  it("names every check that was run when nothing was found", () => {
    const lines = formatReport({ findings: [], editions }).split("\n");
    expect(lines.slice(0, -1)).toEqual(checkNames.map((name) => `${name.padEnd(16)} ok`));
    expect(lines.at(-1)).toBe(`${checkNames.length} checks, all ok`);
  });

  it("puts what was found below its check and counts it", () => {
    const text = formatReport({ findings: [finding, { ...finding, where: "zh-CN.html" }], editions });
    expect(text).toMatch(
      /^digits +failed, 2 findings\n {2}en\.html #flows: found a digit, expected none\n {2}zh-CN\.html: /m,
    );
    expect(text).toMatch(/1 failed: 2 findings$/);
    expect(text).toMatch(/^size +ok$/m);
  });

  it.each([
    [["en"], true],
    [["en", "zh-CN"], false],
  ] as const)("says of %j whether nothing was compared", (editions, alone) => {
    const text = formatReport({ findings: [finding], editions });
    expect(/nothing was compared/.test(text)).toBe(alone);
  });

  it("says that nothing was run where there is no issue", async () => {
    const text = formatReport(await verifyFiles(new Map([["notes.txt", new Uint8Array()]])));
    expect(text).toBe(
      "issue            failed, 1 finding\n" +
        "  manifest.json: found no such file, expected the manifest that every issue has\n" +
        "no check was run",
    );
  });

  it("names checks in kebab case, none twice", () => {
    for (const name of checkNames) expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(new Set(checkNames).size).toBe(checkNames.length);
  });
});
