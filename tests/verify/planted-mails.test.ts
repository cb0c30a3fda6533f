import { describe, expect, it } from "vitest";
import { locales } from "#src/domain/locale.ts";
import { formatReport, verifyFiles } from "#src/verify/verify.ts";
import { mailFaults, withoutPicture } from "#tests/verify/faults/mails.ts";
import { withFile } from "#tests/verify/plant.ts";
import { describePlanted, firstOfEach, sharedIssue } from "#tests/verify/planting.ts";

const shared = sharedIssue({ isMailed: true });

describe("an issue that is mailed", () => {
  it("has no finding", async () => {
    const report = await verifyFiles(shared().files);
    expect(report.findings, formatReport(report)).toEqual([]);
    expect([...shared().files.keys()].filter((name) => name.includes(".mail."))).toHaveLength(6);
  });

  it("has none where its mails show no picture", async () => {
    expect((await verifyFiles(locales.reduce(withoutPicture, shared().files))).findings).toEqual([]);
  });

  it("has findings where one language has a mail and the other none", async () => {
    const names = [...shared().files.keys()].filter((name) => name.startsWith("zh-CN.mail."));
    const files = names.reduce((left, name) => withFile(left, name, null), shared().files);
    const { findings } = await verifyFiles(files);
    expect(findings.map(({ where }) => where)).toContain("zh-CN.mail.html");
  });
});

describePlanted("a mail", firstOfEach(mailFaults), shared);
