import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import { mailServer } from "#tests/deliver/mail-server.ts";
import { root } from "#tests/render/press.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { serveWith } from "#tests/serve/services.ts";

const hour = 3_600_000;
/** New York met on all of these Fridays. */
const weeks = ["2026-01-30", "2026-02-06", "2026-02-13"];

it("the sample is published by its own schedule: made, mailed to each in their language, found in the archive", async () => {
  const dir = temporaryFolder();
  for (const name of ["tideline.yaml", "data"])
    cpSync(join(root, name), join(dir, name), { recursive: true });
  await using store = await openStore({ file: join(dir, ".tideline", "tideline.db") });
  await using mail = await mailServer();
  const clock = { now: Date.parse("2026-01-28T12:00:00Z") };
  const served = await serveWith({ dir, store, clock, smtp: mail.at });
  for (; clock.now <= Date.parse("2026-02-14T12:00:00Z"); clock.now += 3 * hour) await served.round();

  const slots = (await store.ledger.slots()).toReversed();
  expect(slots.map(({ asOf, state, reason }) => [asOf, state, reason])).toEqual(
    weeks.map((day) => [day, "made", null]),
  );
  const alice = "alice.hart@example.com";
  const lin = "lin.zhiyuan@example.com";
  const sent = await Promise.all(
    mail.received.map(async ({ to: [to = ""], raw }) => ({ ...(await PostalMime.parse(raw)), to })),
  );
  // Robert Fenn was a client until the end of January.
  expect(sent.map(({ to }) => to).toSorted()).toEqual(
    [alice, alice, alice, lin, lin, lin, "robert.fenn@example.com"].toSorted(),
  );
  for (const [i, day] of weeks.entries()) {
    for (const [to, locale, word] of [
      [alice, "en", "Weekly market briefing"],
      [lin, "zh-CN", "市场周报"],
    ] as const) {
      const { subject, html, text, attachments } = sent.filter((each) => each.to === to)[i] ?? {};
      expect([subject, html, text]).toEqual(Array(3).fill(expect.stringContaining(word)));
      const pdf = attachments?.find(({ mimeType }) => mimeType === "application/pdf");
      expect(pdf?.filename).toMatch(new RegExp(`${day}.*\\.pdf$`));
      expect(Buffer.from((pdf?.content ?? "") as ArrayBuffer)).toEqual(
        readFileSync(join(dir, "output/weekly", day, `${locale}.pdf`)),
      );
      expect(readFileSync(join(dir, "output/index.html"), "utf8")).toContain(`weekly/${day}/${locale}.html`);
    }
  }
  const chinese = await store.ledger.search({ words: ["资金"], locale: "zh-CN", limit: 20 });
  expect(new Set(chinese.map(({ issue }) => issue.asOf))).toEqual(new Set(weeks));
});
