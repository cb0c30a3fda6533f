import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { locales } from "#src/domain/locale.ts";
import { formatReport, verifyFiles } from "#src/verify/verify.ts";
import { mailFaults, withoutPicture } from "#tests/verify/faults/mails.ts";
import { type FinishedIssue, finishedIssue } from "#tests/verify/finished-issue.ts";
import { withFile } from "#tests/verify/plant.ts";

const inOrder = (checks: Iterable<string>) => [...new Set(checks)].sort();

let issue: FinishedIssue;
beforeAll(async () => {
  issue = await finishedIssue({ isMailed: true });
});
afterAll(() => issue?.[Symbol.asyncDispose]());

describe("an issue that is mailed", () => {
  it("has no finding", async () => {
    const report = await verifyFiles(issue.files);
    expect(report.findings, formatReport(report)).toEqual([]);
    expect([...issue.files.keys()].filter((name) => name.includes(".mail."))).toHaveLength(6);
  });

  it("has none where its mails show no picture", async () => {
    expect((await verifyFiles(locales.reduce(withoutPicture, issue.files))).findings).toEqual([]);
  });

  it("has findings where one language has a mail and the other none", async () => {
    const names = [...issue.files.keys()].filter((name) => name.startsWith("zh-CN.mail."));
    const files = names.reduce((left, name) => withFile(left, name, null), issue.files);
    const { findings } = await verifyFiles(files);
    expect(findings.map(({ where }) => where)).toContain("zh-CN.mail.html");
  });
});

describe("a fault planted in a mail", () => {
  it.each(mailFaults)("is found by $check: $name", async ({ check, also = [], may = [], plant }) => {
    const report = await verifyFiles(await plant(issue));
    const failed = report.findings.map((finding) => finding.check).filter((name) => !may.includes(name));
    expect(inOrder(failed), formatReport(report)).toEqual(inOrder([check, ...also]));
  });
});
