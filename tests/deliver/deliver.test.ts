import { describe, expect, it } from "vitest";
import { deliverOne, sendAll } from "#src/deliver/deliver.ts";
import { smtpClient } from "#src/deliver/smtp.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { openStore } from "#src/store/open.ts";
import type { Store } from "#src/store/store.ts";
import {
  type Deed,
  type MailServer,
  type Moment,
  mailServer,
  type Script,
} from "#tests/deliver/mail-server.ts";
import {
  addIssue,
  deliveryOf,
  deskOf,
  hasty,
  mailFiles,
  patient,
  storeWith,
  weekly,
  written,
} from "#tests/deliver/mailed-issue.ts";
import { sendDue } from "#tests/deliver/send-due.ts";
import { issueOf } from "#tests/store/rows.ts";

const minute = 60_000;
const hour = 60 * minute;
const states = async (store: Store) =>
  Object.fromEntries((await store.ledger.deliveries()).map(({ address, state }) => [address, state]));
const only = async (store: Store) => {
  const [first] = await store.ledger.deliveries();
  if (first === undefined) throw new RangeError("no delivery");
  return first;
};
const inboxes = ({ received }: MailServer) => received.map(({ to }) => to.join()).toSorted();
const deedAt = (wanted: Moment, deed: Deed) => (moment: Moment) => (moment === wanted ? deed : undefined);

describe("what is due", () => {
  it("is sent to each in their language, once, and is then not due", async () => {
    const { store, issue } = await storeWith("ann@example.org", "wang@qq.com", "bo@example.org");
    await using _ = store;
    await using server = await mailServer();
    const attempts = await sendDue(deskOf(store, server.at), issue.id);
    expect(attempts.map(({ class: what, isNoted }) => [what, isNoted])).toEqual(
      Array(3).fill(["accepted", true]),
    );
    expect(inboxes(server)).toEqual(["ann@example.org", "bo@example.org", "wang@qq.com"]);
    expect(await states(store)).toEqual({
      "ann@example.org": "sent",
      "bo@example.org": "sent",
      "wang@qq.com": "sent",
    });
    expect(await sendDue(deskOf(store, server.at))).toEqual([]);
    expect(server.received).toHaveLength(3);
    const said = (await only(store)).response;
    expect(said).toMatch(/^250 /);
    const events = await store.ledger.eventsOf((await only(store)).id);
    expect(events.map(({ state }) => state)).toEqual(["pending", "sending", "sent"]);
  });

  it("is what has waited long enough, of that issue alone where one is named", async () => {
    const { store, issue } = await storeWith("ann@example.org");
    await using _ = store;
    const next = await addIssue(store, "2026-02-20", ["ann@example.org"]);
    await using server = await mailServer();
    expect(await sendDue(deskOf(store, server.at, { now: () => written - 1 }))).toEqual([]);
    expect(await sendDue(deskOf(store, server.at), next.id)).toHaveLength(1);
    expect(await sendDue(deskOf(store, server.at), issue.id)).toHaveLength(1);
  });

  it("is nothing of an issue that is held", async () => {
    const { store, issue } = await storeWith("ann@example.org");
    await using _ = store;
    await store.ledger.noteGate(issue.id, ["a fault"], written);
    await using server = await mailServer();
    expect(await sendDue(deskOf(store, server.at))).toEqual([]);
    expect(server.log).toEqual([]);
    expect(await store.ledger.release(issue.id, "Ann", "it is none", [], written)).toBe(true);
    expect(await sendDue(deskOf(store, server.at))).toHaveLength(1);
  });

  it("is nothing for who has unsubscribed since", async () => {
    const { store } = await storeWith("ann@example.org", "bo@example.org");
    await using _ = store;
    await store.ledger.suppress("weekly", "Ann@Example.org", "unsubscribed", written + 1);
    await using server = await mailServer();
    await sendDue(deskOf(store, server.at));
    expect(await states(store)).toEqual({ "ann@example.org": "suppressed", "bo@example.org": "sent" });
    expect(inboxes(server)).toEqual(["bo@example.org"]);
  });
});

describe("an attempt that fails", () => {
  async function attempt(script: Script, own: Partial<Parameters<typeof deskOf>[2]> = {}) {
    const { store } = await storeWith("ann@example.org");
    await using _ = store;
    await using server = await mailServer(script);
    const [made] = await sendDue(deskOf(store, server.at, own));
    return { made, delivery: await only(store), received: server.received.length };
  }

  it.each([
    ["for now", "rcpt", "450 4.2.0 greylisted", "later", "pending"],
    ["because the server counts", "rcpt", "550 Domain frequency limited", "busy", "pending"],
    ["because there is no such inbox", "rcpt", "550 5.1.1 user unknown", "recipient", "failed"],
    ["because it is not wanted", "end", "550 5.7.1 content denied", "policy", "failed"],
    ["because it is too big", "end", "552 5.3.4 too big", "too big", "failed"],
    ["without an answer, before the message", "rcpt", "drop", "later", "pending"],
    ["without an answer, in the message", "data", "drop", "unknown", "unknown"],
    ["without an answer, after the message", "end", "hang", "unknown", "unknown"],
    ["by the server's fault", "connect", "554 5.7.1 go away", "server", "pending"],
  ] as const)("%s (%s: %s) is %s and leaves it %s", async (_, moment, deed, expected, state) => {
    const { made, delivery, received } = await attempt(
      { at: deedAt(moment, deed) },
      deed === "hang" ? { timeouts: hasty } : {},
    );
    expect(made?.class).toBe(expected);
    expect(delivery).toMatchObject({ state, attempts: 1, owner: null });
    expect(delivery.nextAt).toBe(state === "pending" ? written + 2 * minute : written);
    if (!/^(drop|hang)$/.test(deed)) expect(delivery.response).toContain(deed);
    expect(received).toBe(0);
  });

  it("is followed by others for a day, of the same bytes, and then by none", async () => {
    const { store } = await storeWith("ann@example.org");
    await using _ = store;
    let now = written;
    let refusals = 0;
    const at = (moment: Moment) =>
      moment === "rcpt" && ++refusals <= 8 ? "450 4.2.0 greylisted" : undefined;
    await using server = await mailServer({ at });
    const waits: number[] = [];
    for (let delivery = await only(store); delivery.state === "pending"; delivery = await only(store)) {
      waits.push((delivery.nextAt - now) / minute);
      now = delivery.nextAt;
      await sendDue(deskOf(store, server.at, { now: () => now }));
    }
    expect(waits).toEqual([0, 2, 10, 60, 240, 240, 240, 240, 240]);
    expect((await only(store)).state).toBe("sent");
    await using again = await mailServer();
    const { store: other } = await storeWith("ann@example.org");
    await using __ = other;
    await sendDue(deskOf(other, again.at));
    expect(again.received[0]?.raw.equals(server.received[0]?.raw ?? Buffer.alloc(0))).toBe(true);
  });

  it("the ninth time has failed", async () => {
    const { store } = await storeWith("ann@example.org");
    await using _ = store;
    await using server = await mailServer({ at: deedAt("rcpt", "450 4.2.0 greylisted") });
    for (let i = 0; i < 9; i++) {
      const { nextAt } = await only(store);
      await sendDue(deskOf(store, server.at, { now: () => nextAt }));
    }
    expect(await only(store)).toMatchObject({ state: "failed", attempts: 9 });
  });

  it("is never repeated by itself once it is unknown", async () => {
    const { store } = await storeWith("ann@example.org");
    await using _ = store;
    await using server = await mailServer({ at: deedAt("end", "drop") });
    await sendDue(deskOf(store, server.at));
    await sendDue(deskOf(store, server.at, { now: () => written + 30 * 24 * hour }));
    expect(server.log.filter((each) => each.startsWith("end"))).toHaveLength(1);
    expect(await only(store)).toMatchObject({ state: "unknown" });
  });

  it("because the issue has no mail says which file it lacks", async () => {
    const { store } = await storeWith();
    await using _ = store;
    const files = mailFiles();
    files.delete("en.mail.txt");
    const issue = await store.keepIssue(issueOf("2026-02-20", "", { files }));
    await store.ledger.addDeliveries(issue.id, [deliveryOf("ann@example.org", issue.id)], written);
    await using server = await mailServer();
    const [made] = await sendDue(deskOf(store, server.at));
    expect(made).toMatchObject({ class: "unmade", end: { state: "failed" } });
    expect((await only(store)).response).toContain("en.mail.txt: in the issue");
    expect(server.log).toEqual([]);
  });
});

describe("an issue of a publication that this process does not know", () => {
  it("is left for one that does, its attempts unspent", async () => {
    const { store } = await storeWith("ann@example.org");
    await using _ = store;
    await using server = await mailServer();
    const older = deskOf(store, server.at, { publications: { other: weekly } });
    const newer = deskOf(store, server.at);
    expect(await sendDue(older)).toEqual([]);
    expect(await only(store)).toMatchObject({ state: "pending", attempts: 0, nextAt: written });
    expect((await store.ledger.eventsOf((await only(store)).id)).map(({ state }) => state)).toEqual([
      "pending",
    ]);
    expect(await sendDue(newer)).toMatchObject([{ class: "accepted" }]);
  });
});

describe("an inbox that is not there", () => {
  it("gets no more issues once two have not found it", async () => {
    const { store } = await storeWith("no@example.org");
    await using _ = store;
    await using server = await mailServer({ at: deedAt("rcpt", "550 5.1.1 user unknown") });
    await sendDue(deskOf(store, server.at));
    expect(await store.ledger.suppressed("weekly")).toEqual([]);
    await addIssue(store, "2026-02-20", ["NO@example.org"]);
    await sendDue(deskOf(store, server.at));
    expect((await store.ledger.deliveries()).map(({ state }) => state)).toEqual(["suppressed", "failed"]);
    expect(await store.ledger.suppressed("weekly")).toEqual(["no@example.org"]);
    await addIssue(store, "2026-02-27", ["no@example.org"]);
    await sendDue(deskOf(store, server.at));
    expect(server.log.filter((each) => each.startsWith("rcpt"))).toHaveLength(2);
  });

  it("is asked again when it has taken an issue since it was last not found", async () => {
    const { store } = await storeWith("moved@example.org");
    await using _ = store;
    let now = written;
    const replies = ["550 5.1.1 user unknown", undefined, "550 5.1.1 user unknown", "550 5.1.1 user unknown"];
    let n = 0;
    await using server = await mailServer({ at: (moment) => (moment === "rcpt" ? replies[n++] : undefined) });
    const desk = deskOf(store, server.at, { now: () => now });
    await sendDue(desk);
    for (const asOf of ["2026-02-20", "2026-02-27"]) {
      await addIssue(store, asOf, ["Moved@example.org"]);
      now += hour;
      await sendDue(desk);
    }
    expect(await store.ledger.suppressed("weekly")).toEqual([]);
    await addIssue(store, "2026-03-06", ["moved@example.org"]);
    now += hour;
    await sendDue(desk);
    expect((await store.ledger.deliveries()).map(({ state }) => state)).toEqual([
      "suppressed",
      "failed",
      "sent",
      "failed",
    ]);
    expect(await store.ledger.suppressed("weekly")).toEqual(["moved@example.org"]);
  });

  it("is asked again when one issue alone did not find it, or it was refused for another reason", async () => {
    const { store, issue } = await storeWith("no@example.org");
    await using _ = store;
    const replies = ["550 5.1.1 user unknown", "550 5.1.1 user unknown", "550 5.7.1 no"];
    let n = 0;
    await using server = await mailServer({ at: (moment) => (moment === "rcpt" ? replies[n++] : undefined) });
    await sendDue(deskOf(store, server.at));
    await store.ledger.resendDelivery((await only(store)).id, "Ann", written);
    await sendDue(deskOf(store, server.at), issue.id);
    await addIssue(store, "2026-02-20", ["no@example.org"]);
    await sendDue(deskOf(store, server.at));
    expect(await store.ledger.suppressed("weekly")).toEqual([]);
    expect(n).toBe(3);
  });
});

describe("many recipients", () => {
  const people = Array.from(
    { length: 12 },
    (_, i) => `p${i}@${i % 3 === 0 ? "qq.com" : i % 3 === 1 ? "163.com" : "example.org"}`,
  );

  it("share a few connections, no more than two of one domain at a time", async () => {
    const { store } = await storeWith(...people);
    await using _ = store;
    const now = new Map<string, number>();
    let most = 0;
    const at = async (moment: Moment, who: string): Promise<Deed> => {
      const domain = who.split("@")[1] ?? "";
      if (moment === "rcpt") now.set(domain, (now.get(domain) ?? 0) + 1);
      most = Math.max(most, ...now.values());
      await new Promise(setImmediate);
      if (moment === "end") now.set(domain, (now.get(domain) ?? 0) - 1);
      return undefined;
    };
    await using server = await mailServer({ at });
    await sendDue(deskOf(store, server.at));
    expect(inboxes(server)).toEqual(people.toSorted());
    expect(new Set(server.received.map(({ session }) => session)).size).toBeLessThanOrEqual(3);
    expect(most).toBeLessThanOrEqual(2);
  });

  it("all get theirs although they are of one domain", async () => {
    const alike = people.map((_, i) => `p${i}@qq.com`);
    const { store } = await storeWith(...alike);
    await using _ = store;
    await using server = await mailServer();
    await sendDue(deskOf(store, server.at));
    expect(inboxes(server)).toEqual(alike.toSorted());
  });

  it.each([
    [
      "cannot be logged in to",
      { at: deedAt("auth", "535 5.7.8 no") },
      { login: { user: "ann", password: "p" } },
    ],
    ["has had enough", { at: deedAt("rcpt", "550 Sender frequency limited") }, {}],
  ] as const)("wait, their attempts unspent, where the server %s", async (_, script, own) => {
    const { store } = await storeWith(...people);
    await using __ = store;
    await using server = await mailServer(script);
    const attempts = await sendDue(deskOf(store, { ...server.at, ...own }));
    expect(attempts.length).toBeLessThanOrEqual(3);
    const all = await store.ledger.deliveries({ states: ["pending"] });
    expect(all).toHaveLength(people.length);
    expect(all.filter(({ attempts }) => attempts === 0).length).toBeGreaterThanOrEqual(people.length - 3);
  });

  it("get one each from two senders at once, on one store", async () => {
    const { store, file } = await storeWith(...people);
    await using _ = store;
    await using other = await openStore({ file });
    await using server = await mailServer();
    const [one, two] = await Promise.all([
      sendDue(deskOf(store, server.at, { owner: "one" })),
      sendDue(deskOf(other, server.at, { owner: "two" })),
    ]);
    expect(inboxes(server)).toEqual(people.toSorted());
    expect(one.length + two.length).toBe(people.length);
    expect(Math.min(one.length, two.length)).toBeGreaterThan(0);
  });

  it("get no more once the sender is told to stop, but what has begun", async () => {
    const { store } = await storeWith(...people);
    await using _ = store;
    const stopping = new AbortController();
    let ends = 0;
    const at = (moment: Moment): Deed => {
      if (moment === "end" && ++ends === 5) stopping.abort();
      return undefined;
    };
    await using server = await mailServer({ at });
    const attempts = await sendDue(deskOf(store, server.at), undefined, { signal: stopping.signal });
    const found = Object.values(await states(store));
    expect(found.filter((state) => state === "sent")).toHaveLength(server.received.length);
    expect(new Set(found)).toEqual(new Set(["sent", "pending"]));
    expect(attempts.filter(({ class: what }) => what === "accepted")).toHaveLength(server.received.length);
    expect(server.received.length).toBeLessThanOrEqual(7);
    await sendDue(deskOf(store, server.at));
    expect(inboxes(server)).toEqual(people.toSorted());
  });
});

describe("a sender that is stopped, or ends, before the message", () => {
  it("spends none of the attempts, so that nine restarts leave a day of patience", async () => {
    const { store } = await storeWith("ann@example.org");
    await using _ = store;
    const stop = async (): Promise<void> => {
      const stopping = new AbortController();
      const at = (moment: Moment): Deed => {
        if (moment === "rcpt") stopping.abort();
        return undefined;
      };
      await using server = await mailServer({ at });
      const watch = { signal: stopping.signal };
      const [attempt] = await sendDue(deskOf(store, server.at), undefined, watch);
      expect(attempt).toMatchObject({ class: "stopped", isNoted: true });
    };
    for (let i = 0; i < 9; i++) await stop();
    let now = written;
    for (let i = 0; i < 9; i++) {
      await store.ledger.takeDelivery((await only(store)).id, "dead", now, minute);
      now += minute;
      await store.ledger.sweepDeliveries(now);
    }
    await using server = await mailServer({ at: deedAt("rcpt", "450 4.2.0 greylisted") });
    await sendDue(deskOf(store, server.at, { now: () => now }));
    expect(await only(store)).toMatchObject({ state: "pending", attempts: 1, nextAt: now + 2 * minute });
  });
});

describe("a sender that loses a delivery", () => {
  it("before its message sends nothing", async () => {
    const { store } = await storeWith("ann@example.org");
    await using _ = store;
    const { id } = await only(store);
    let now = written;
    const at = async (moment: Moment): Promise<Deed> => {
      // The lease ends while the server thinks about the recipient, and somebody else takes it.
      if (moment !== "rcpt" || now > written) return undefined;
      now = written + hour;
      await store.ledger.sweepDeliveries(now);
      return undefined;
    };
    await using server = await mailServer({ at });
    await using client = smtpClient(server.at, patient);
    const desk = deskOf(store, server.at, { now: () => now });
    expect(await deliverOne(desk, id, client)).toBeNull();
    expect(server.received).toHaveLength(0);
    expect((await deliverOne(desk, id, client))?.class).toBe("accepted");
    expect(server.received).toHaveLength(1);
  });

  it("does not lose it by beginning its message late in its lease", async () => {
    const { store } = await storeWith("ann@example.org");
    await using _ = store;
    let now = written;
    const at = async (moment: Moment): Promise<Deed> => {
      if (moment === "rcpt" || moment === "end") now += 10 * minute;
      await store.ledger.sweepDeliveries(now);
      return undefined;
    };
    await using server = await mailServer({ at });
    const [attempt] = await sendAll(deskOf(store, server.at, { now: () => now }), [await only(store)]);
    expect(attempt).toMatchObject({ class: "accepted", isNoted: true });
    expect((await only(store)).state).toBe("sent");
  });

  it("after its message says so, and the ledger has it as unknown", async () => {
    const { store } = await storeWith("ann@example.org");
    await using _ = store;
    let now = written;
    const at = async (moment: Moment): Promise<Deed> => {
      if (moment !== "end") return undefined;
      now = written + hour;
      await store.ledger.sweepDeliveries(now);
      return undefined;
    };
    await using server = await mailServer({ at });
    const [attempt] = await sendAll(deskOf(store, server.at, { now: () => now }), [await only(store)]);
    expect(attempt).toMatchObject({ class: "accepted", isNoted: false });
    expect((await only(store)).state).toBe("unknown");
  });

  it("because it was killed leaves it pending, or unknown from the message on", async () => {
    const { store } = await storeWith("ann@example.org", "bo@example.org");
    await using _ = store;
    const [ann, bo] = await store.ledger.deliveries();
    await store.ledger.takeDelivery(ann?.id ?? 0, "dead", written, minute);
    await store.ledger.takeDelivery(bo?.id ?? 0, "dead", written, minute);
    await store.ledger.markData(bo?.id ?? 0, "dead", written, minute);
    await using server = await mailServer();
    expect(await sendDue(deskOf(store, server.at))).toEqual([]);
    await sendDue(deskOf(store, server.at, { now: () => written + minute }));
    expect(await states(store)).toEqual({ "ann@example.org": "sent", "bo@example.org": "unknown" });
    expect(inboxes(server)).toEqual(["ann@example.org"]);
  });

  it("because its issue cannot be read throws, and the delivery is tried again once its lease has ended", async () => {
    const { store } = await storeWith("ann@example.org");
    await using _ = store;
    await using server = await mailServer();
    const fault = new TidelineError("STORE_UNUSABLE", "the store cannot be read");
    const failing = { ...store, filesOf: () => Promise.reject(fault) };
    await expect(sendDue(deskOf(failing, server.at))).rejects.toBe(fault);
    expect((await only(store)).state).toBe("sending");
    await sendDue(deskOf(store, server.at, { now: () => written + hour }));
    expect((await only(store)).state).toBe("sent");
  });

  it("because the store fails sends nothing more and throws", async () => {
    const { store } = await storeWith("ann@example.org", "bo@example.org");
    await using _ = store;
    await using server = await mailServer();
    const ledger = { ...store.ledger, markData: () => Promise.reject(new Error("disk full")) };
    await expect(sendDue(deskOf({ ...store, ledger }, server.at))).rejects.toThrow("disk full");
    expect(server.received).toHaveLength(0);
  });
});
