import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Channels, never, nextTry, sendAlerts } from "#src/deliver/send-alerts.ts";
import type { AlertToRaise, KeptAlert, Ledger } from "#src/store/ledger.ts";

const start = Date.parse("2026-02-13T23:30:00Z");
const minute = 60_000;
const hour = 60 * minute;

type Row = KeptAlert & { nextAt: number; leaseUntil: number; sent: boolean; response: string | null };

/** The ledger's part in alerts as its port promises it, in memory. */
function smallLedger() {
  const rows: { -readonly [Key in keyof Row]: Row[Key] }[] = [];
  const ledger: Pick<Ledger, "raise" | "takeAlerts" | "endAlert"> = {
    async raise({ key, kind, subject, text, channels }, now) {
      if (rows.some((row) => row.key === key)) return false;
      for (const channel of channels)
        rows.push({
          ...{ id: rows.length + 1, key, kind, subject, text, channel, raisedAt: now, attempts: 0 },
          ...{ nextAt: now, leaseUntil: 0, sent: false, response: null },
        });
      return true;
    },
    async takeAlerts(_, now, leaseMs) {
      const due = rows.filter((row) => !row.sent && row.nextAt <= now && row.leaseUntil <= now);
      for (const row of due) {
        row.leaseUntil = now + leaseMs;
        row.attempts++;
      }
      return due.map((row) => ({ ...row }));
    },
    async endAlert(id, channel, _, end) {
      const row = rows.find((each) => each.id === id && each.channel === channel);
      if (row === undefined) throw new RangeError("no such alert");
      row.leaseUntil = 0;
      if ("sent" in end) row.sent = true;
      else Object.assign(row, end);
    },
  };
  return { rows, ledger };
}

const held: AlertToRaise = {
  key: "held weekly 2026-02-13T23:00:00Z weekly/2026-02-13@1",
  kind: "held",
  subject: "held",
  text: "held",
  channels: ["mail:a@b.example", "webhook:https://hook.example/x"],
};

/** Channels that write down what they were asked to send, each failing while `fails` says so. */
function recorder(fails: { mail?: boolean; webhook?: boolean; throws?: boolean } = {}) {
  const sent: string[] = [];
  const channel = (kind: "mail" | "webhook") => async (address: string, alert: KeptAlert) => {
    if (fails[kind] && fails.throws) throw new Error("connect smtps://me:pass@mail.example failed");
    if (fails[kind]) return { sent: false, response: "not now" } as const;
    sent.push(`${kind} ${address} ${alert.key}`);
    return { sent: true } as const;
  };
  return { sent, fails, channels: { mail: channel("mail"), webhook: channel("webhook") } satisfies Channels };
}

describe("alerts that are due", () => {
  it("are sent to each channel, once", async () => {
    const { ledger } = smallLedger();
    const { sent, channels } = recorder();
    await ledger.raise(held, start);
    expect(await sendAlerts(ledger, channels, "a", start)).toEqual({ sent: 2, waiting: 0, givenUp: 0 });
    expect(await ledger.raise(held, start)).toBe(false);
    expect(await sendAlerts(ledger, channels, "b", start + hour)).toEqual({
      sent: 0,
      waiting: 0,
      givenUp: 0,
    });
    expect(sent).toEqual([`mail a@b.example ${held.key}`, `webhook https://hook.example/x ${held.key}`]);
  });

  it.each([
    ["answers that it did not arrive", false, "not now"],
    ["throws, and nothing secret is noted", true, "connect smtps://mail.example failed"],
  ])("reach the other channel when one %s", async (_, throws, response) => {
    const { rows, ledger } = smallLedger();
    const { sent, fails, channels } = recorder({ mail: true, throws });
    await ledger.raise(held, start);
    expect(await sendAlerts(ledger, channels, "a", start)).toEqual({ sent: 1, waiting: 1, givenUp: 0 });
    expect(rows.map((row) => [row.sent, row.response])).toEqual([
      [false, response],
      [true, null],
    ]);
    fails.mail = false;
    await sendAlerts(ledger, channels, "a", start + minute);
    expect(sent).toEqual([`webhook https://hook.example/x ${held.key}`, `mail a@b.example ${held.key}`]);
  });

  it("wait for a channel that cannot be used, and say why", async () => {
    const { rows, ledger } = smallLedger();
    await ledger.raise({ ...held, channels: [...held.channels, "pigeon:loft"] }, start);
    await sendAlerts(ledger, { mail: null, webhook: null }, "a", start);
    expect(rows.map((row) => row.response)).toEqual([
      expect.stringContaining("TIDELINE_SMTP_URL"),
      expect.stringContaining("not called unsigned"),
      "no such channel: pigeon",
    ]);
  });

  it("are tried again after 1, 5, 15 and then every 60 minutes, and given up and kept after a day", async () => {
    const { rows, ledger } = smallLedger();
    const tries: number[] = [];
    const mail = async (_: string, __: KeptAlert, now: number) => {
      tries.push((now - start) / minute);
      return { sent: false, response: "not now" } as const;
    };
    await ledger.raise({ ...held, channels: ["mail:a@b.example"] }, start);
    for (let now = start; now < start + 30 * hour; now += minute)
      await sendAlerts(ledger, { mail, webhook: null }, "a", now);
    expect(tries.slice(0, 7)).toEqual([0, 1, 6, 21, 81, 141, 201]);
    expect(tries.at(-1)).toBeLessThanOrEqual(24 * 60);
    expect(tries.at(-1)).toBeGreaterThan(22 * 60);
    expect(rows).toMatchObject([{ sent: false, nextAt: never, response: "given up after a day: not now" }]);
  });
});

describe("the next attempt", () => {
  const attempts = fc.integer({ min: 1, max: 40 });
  const age = fc.integer({ min: 0, max: 24 * 60 });

  it("comes later, at most an hour and never after a day; or not at all", () => {
    fc.assert(
      fc.property(attempts, age, (n, minutes) => {
        const now = start + minutes * minute;
        const next = nextTry({ attempts: n, raisedAt: start }, now);
        if (next === never) return;
        expect(next).toBeGreaterThan(now);
        expect(next - now).toBeLessThanOrEqual(hour);
        expect(next).toBeLessThanOrEqual(start + 24 * hour);
      }),
    );
  });

  it("is given to every alert of less than 23 hours", () => {
    fc.assert(
      fc.property(attempts, fc.integer({ min: 0, max: 23 * 60 }), (n, minutes) => {
        expect(nextTry({ attempts: n, raisedAt: start }, start + minutes * minute)).not.toBe(never);
      }),
    );
  });

  it("is a moment that a date can hold", () => {
    expect(new Date(never).getTime()).toBe(never);
    expect(Number.isSafeInteger(never)).toBe(true);
  });
});
