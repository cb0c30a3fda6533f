import { expect, it } from "vitest";
import { type Deed, type Moment, mailServer } from "#tests/deliver/mail-server.ts";
import { addIssue, storeWith, written } from "#tests/deliver/mailed-issue.ts";
import { sharedFolder } from "#tests/render/temporary.ts";
import { scheduledWorkspace, serveWith } from "#tests/serve/services.ts";
import { deliveryOf, issueOf } from "#tests/store/rows.ts";

const hour = 3_600_000;

it("an answer that comes after the ledger has given the delivery up is not logged as its state", async () => {
  const { store } = await storeWith("ann@example.org");
  await using _ = store;
  const clock = { now: written };
  const at = async (moment: Moment): Promise<Deed> => {
    if (moment !== "end") return undefined;
    clock.now += hour;
    await store.ledger.sweepDeliveries(clock.now);
    return undefined;
  };
  await using mail = await mailServer({ at });
  const served = await serveWith({ dir: scheduledWorkspace(sharedFolder()), store, clock, smtp: mail.at });
  await served.sending.begin();
  const [delivery] = await store.ledger.deliveries();
  expect(delivery?.state).toBe("unknown");
  const lines = served.logged().filter((line) => line.delivery === delivery?.id);
  expect(lines).toMatchObject([
    { class: "accepted", isNoted: false, msg: expect.stringMatching(/given up/) },
  ]);
  expect(lines[0]).not.toHaveProperty("state");
});

it("an issue of a publication that a newer configuration brings waits for it, and keeps no other back", async () => {
  const { store } = await storeWith();
  await using _ = store;
  const { id } = await store.keepIssue(issueOf("2026-02-13", "", { publication: "newer" }));
  const many = Array.from({ length: 60 }, (_, i) => deliveryOf(`p${i}`));
  await store.ledger.addDeliveries(id, many, written - 1);
  await addIssue(store, "2026-02-20", ["ann@example.org"]);
  await using mail = await mailServer();
  const clock = { now: written };
  const served = await serveWith({ dir: scheduledWorkspace(sharedFolder()), store, clock, smtp: mail.at });
  await served.sending.begin();
  expect(mail.received.flatMap(({ to }) => to)).toEqual(["ann@example.org"]);
  expect(await store.ledger.deliveries({ issue: id, states: ["pending"] })).toHaveLength(60);
});
