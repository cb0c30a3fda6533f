import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tick } from "#src/scheduler.ts";
import { inside } from "#tests/cli/inside.ts";
import { hour, minute, scene, sentTo, slot, slotsOf } from "#tests/serve/scene.ts";
import { serveWith } from "#tests/serve/services.ts";

describe("a slot that falls due", () => {
  it("is made by another process when the first one died at it", () =>
    scene(undefined, async ({ dir, store, clock, served }) => {
      const { ledger } = store;
      clock.now = slot;
      await tick(served.service);
      await ledger.takeSlot("weekly", slot, "dead", clock.now, 10 * minute);
      const other = await serveWith({ dir, store, clock, owner: "two" });
      await other.round();
      expect(await slotsOf(store)).toEqual([["2026-02-13", "running", null]]);
      clock.now = slot + 11 * minute;
      await other.round();
      expect(await slotsOf(store)).toEqual([["2026-02-13", "made", null]]);
    }));

  it("makes and mails it all the same where the schedule says so, from what was known at its slot", () =>
    scene({ due: "last session of the week", deadline: "1h", late: "make" }, async (it) => {
      const { dir, store, clock, mail, served } = it;
      // What is corrected after the slot does not count in it.
      const prices = join(dir, "data/prices.csv");
      const whole = readFileSync(prices, "utf8");
      await inside(dir, ["gather"], slot - minute);
      writeFileSync(prices, whole.replace(/^(2026-02-13),[\d.]+/mu, "$1,6999.99"));
      clock.now = slot + 30 * hour;
      await served.round();
      expect(await slotsOf(store)).toEqual([["2026-02-13", "made", null]]);
      expect(sentTo(mail)).toHaveLength(2);
      const facts = readFileSync(join(dir, "output/weekly/2026-02-13/facts.json"), "utf8");
      expect(facts).not.toContain("6999.99");
      // The twin: with what is known today the corrected value does count.
      rmSync(join(dir, "output"), { recursive: true });
      await inside(dir, ["run", "--as-of", "2026-02-13", "--revised"], clock.now);
      expect(readFileSync(join(dir, "output/weekly/2026-02-13/facts.json"), "utf8")).toContain("6999.99");
    }));
});

describe("an issue that was kept and not written", () => {
  it("is written by the next process that serves, and one that is there is left alone", () =>
    scene(undefined, async ({ dir, store, clock, served }) => {
      clock.now = slot;
      await served.round();
      const folder = join(dir, "output/weekly/2026-02-13");
      const page = readFileSync(join(folder, "en.html"));
      rmSync(folder, { recursive: true });
      clock.now = slot + hour;
      const other = await serveWith({ dir, store, clock, owner: "two" });
      await other.round();
      expect(readFileSync(join(folder, "en.html"))).toEqual(page);
      const written = () => other.logged().filter(({ msg }) => String(msg).includes("not written"));
      expect(written()).toHaveLength(1);
      const third = await serveWith({ dir, store, clock, owner: "three" });
      await third.round();
      expect(third.logged().filter(({ msg }) => String(msg).includes("not written"))).toEqual([]);
    }));
});

describe("an issue that a gate holds", () => {
  it("is held when nothing is newer than the issue before", () =>
    scene(undefined, async ({ store, clock, mail, served }) => {
      clock.now = Date.parse("2026-02-20T23:00:00Z");
      await served.round();
      expect(await slotsOf(store)).toMatchObject([
        [
          "2026-02-20",
          "held",
          expect.stringContaining(
            "nothing new: the last value of any series is of 2026-02-13, expected one after 2026-02-13",
          ),
        ],
        ["2026-02-13", "skipped", "superseded: the issue of 2026-02-20 is made instead"],
      ]);
      expect(mail.received).toEqual([]);
    }));

  it("is not held on a morning, when the last session of which the issue before knew nothing is yesterday's", () =>
    scene({ due: { cron: "0 7 * * 1-5", zone: "Europe/London" } }, async ({ store, clock, mail, served }) => {
      clock.now = Date.parse("2026-02-16T07:00:00Z");
      await served.round();
      await served.round();
      // Nothing came of Monday, which was a holiday, nor of Tuesday, for which there are no data.
      clock.now = Date.parse("2026-02-17T07:00:00Z");
      await served.round();
      expect(await slotsOf(store)).toMatchObject([
        ["2026-02-17", "held", expect.stringContaining("nothing new")],
        ["2026-02-16", "made", null],
      ]);
      expect(sentTo(mail)).toHaveLength(2);
    }));

  it("is held when nobody can tell whom it goes to", () =>
    scene(undefined, async ({ dir, store, clock, served }) => {
      writeFileSync(join(dir, "recipients.csv"), "name,address\nAda,nowhere\n");
      clock.now = slot;
      await served.round();
      expect(await slotsOf(store)).toMatchObject([
        ["2026-02-13", "held", expect.stringContaining("recipients.csv")],
      ]);
    }));
});

describe("a calendar that ends", () => {
  const NYSE = {
    zone: "America/New_York",
    closes: [{ at: "16:00" }],
    closed: ["2026-01-01"],
    validUntil: "2026-02-17",
  };

  it("is told once, when the last slot that it knows has been made", () =>
    scene(
      undefined,
      async ({ store, clock, served }) => {
        clock.now = slot;
        await served.round();
        expect(await slotsOf(store)).toEqual([["2026-02-13", "made", null]]);
        for (const days of [5, 8, 9]) {
          clock.now = slot + days * 24 * hour;
          await served.round();
        }
        const alerts = served.logged().filter((line) => "alert" in line);
        expect(alerts.map(({ alert }) => alert)).toEqual(["overdue weekly 2026-02-18T05:00:00Z calendar"]);
      },
      { calendars: { NYSE } },
    ));
});
