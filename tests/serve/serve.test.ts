import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { overdueSlots } from "#src/scheduler.ts";
import { isHeld } from "#src/store/store.ts";
import { inside } from "#tests/cli/inside.ts";
import { speak, spokenFile, spokenFileZh } from "#tests/commentary/speak.ts";
import { hour, minute, scene, sentTo, slot, slotsOf } from "#tests/serve/scene.ts";

describe("a slot that falls due", { timeout: 120_000 }, () => {
  it("is made, checked and mailed once to each recipient in their language, and can be found", () =>
    scene(undefined, async ({ dir, store, clock, mail, served }) => {
      expect([await slotsOf(store), mail.received]).toEqual([[], []]);
      clock.now = slot;
      await served.round();
      clock.now = slot + minute;
      await served.round();
      expect(await slotsOf(store)).toEqual([["2026-02-13", "made", null]]);
      expect(sentTo(mail)).toEqual(["ada@example.com", "li@example.cn"]);
      expect((await store.ledger.deliveries()).map(({ state }) => state)).toEqual(["sent", "sent"]);
      const [issue] = await store.issues();
      expect(issue?.gate).toMatchObject({ findings: [], released: null });
      expect(readdirSync(join(dir, "output/weekly/2026-02-13"))).toContain("zh-CN.pdf");
      expect(readFileSync(join(dir, "output/index.html"), "utf8")).toContain("weekly/2026-02-13/en.html");
      expect(
        (await store.ledger.search({ words: ["alpha"], locale: "en", limit: 5 })).length,
      ).toBeGreaterThan(0);
      expect((await store.runs(5)).map(({ issue: made, failure }) => [made, failure])).toEqual([
        [issue?.id, null],
      ]);
      const making = served.logged().find(({ msg }) => msg === "published");
      expect(making).toMatchObject({ run: 1, publication: "weekly", slot: "2026-02-13T23:00:00Z" });
      expect(JSON.stringify(served.logged())).not.toContain("ada@example.com");
    }));

  it("is tried again when it fails, and told once when it has failed for good", () =>
    scene(undefined, async ({ dir, store, clock, served }) => {
      writeFileSync(join(dir, "data/prices.csv"), "date,ALPHA,BETA\n2026-02-12,abc,1\n");
      clock.now = slot;
      await served.round();
      expect(await slotsOf(store)).toMatchObject([["2026-02-13", "due", expect.stringContaining("abc")]]);
      for (let i = 0; i < 100; i++) {
        clock.now += minute;
        await served.round();
      }
      expect(await slotsOf(store)).toMatchObject([["2026-02-13", "failed", expect.stringContaining("abc")]]);
      expect(await store.runs(50)).toHaveLength(5);
      const alerts = served.logged().filter((line) => "alert" in line);
      expect(alerts.map(({ alert }) => alert)).toEqual(["failed weekly 2026-02-13T23:00:00Z attempt-5"]);
      expect(await store.issues()).toEqual([]);
    }));
});

describe("a slot whose commentary lacks a language", () => {
  it("waits for it, and is then made with it, checked and mailed", () =>
    scene(undefined, async ({ dir, store, clock, mail, served }) => {
      speak(dir, { "levels.en.md": spokenFile("We see 3 risks.") });
      clock.now = slot;
      await served.round();
      expect(await slotsOf(store)).toMatchObject([
        [
          "2026-02-13",
          "due",
          expect.stringContaining("commentary/weekly/2026-02-13/levels.zh-CN.md: found no such file"),
        ],
      ]);
      speak(dir, { "levels.zh-CN.md": spokenFileZh("我们看到3项风险。") });
      clock.now = slot + minute;
      await served.round();
      expect(await slotsOf(store)).toEqual([["2026-02-13", "made", null]]);
      expect((await store.issues())[0]?.gate).toMatchObject({ findings: [] });
      const found = await store.ledger.search({ words: ["李安", "风险"], locale: null, limit: 5 });
      expect(found.map(({ locale, section, text }) => [locale, section, text])).toEqual([
        ["zh-CN", "levels", "李安：我们看到3项风险。"],
      ]);
      clock.now = slot + 2 * minute;
      await served.round();
      expect(sentTo(mail)).toHaveLength(2);
    }));
});

describe("a slot of a publication that this process does not know", () => {
  it("is left for a process that does", () =>
    scene(undefined, async ({ store, clock, served }) => {
      const due = { at: slot, asOf: "2026-02-13", state: "due", reason: null } as const;
      await store.ledger.planSlots("daily", slot, () => ({ seenUntil: slot, slots: [due] }));
      clock.now = slot + minute;
      await served.making.begin();
      expect(await slotsOf(store)).toEqual([["2026-02-13", "due", null]]);
    }));
});

describe("an issue that a gate holds", { timeout: 120_000 }, () => {
  it("is made, mailed to nobody and shown nowhere until a person releases it; then it is both, once", () =>
    scene({ due: "last session of the week", deadline: "1h", late: "hold" }, async (it) => {
      const { dir, store, clock, mail, served } = it;
      clock.now = slot + 2 * hour;
      await served.round();
      expect(await slotsOf(store)).toMatchObject([["2026-02-13", "held", expect.stringContaining("late")]]);
      const [issue] = await store.issues();
      expect(issue && isHeld(issue)).toBe(true);
      expect([mail.received, existsSync(join(dir, "output/weekly/2026-02-13"))]).toEqual([[], false]);
      const told = served.logged().filter((line) => "alert" in line);
      expect(told.map(({ msg }) => msg)).toEqual([expect.stringContaining("waits for a release")]);

      // Whoever makes it again learns why it is held.
      const again = await inside(dir, ["run", "--as-of", "2026-02-13"], clock.now);
      expect([again.code, again.err]).toEqual([3, expect.stringContaining("late: made at")]);

      const release = (...args: string[]) =>
        inside(dir, ["release", "weekly/2026-02-13", ...args], clock.now);
      expect((await release("--by", "Ada")).err).toContain("--because");
      const said = await release("--by", "Ada", "--because", "the desk waits for it");
      expect([said.code, said.out]).toEqual([0, expect.stringContaining("2 deliveries wait")]);
      expect((await release("--by", "Ada", "--because", "again")).code).toBe(2);
      expect(await slotsOf(store)).toMatchObject([["2026-02-13", "made", expect.anything()]]);
      for (let i = 0; i < 3; i++) await served.round();
      expect(sentTo(mail)).toEqual(["ada@example.com", "li@example.cn"]);
      expect(existsSync(join(dir, "output/weekly/2026-02-13/en.html"))).toBe(true);
      const shown = await inside(dir, ["archive", "show", "weekly/2026-02-13"], clock.now);
      expect(shown.out).toMatch(/released .* by Ada, because the desk waits for it/);
    }));
});

describe("lateness", { timeout: 120_000 }, () => {
  it("skips the issue where the schedule says so, and tells", () =>
    scene(
      { due: "last session of the week", deadline: "1h", late: "skip" },
      async ({ store, clock, served }) => {
        clock.now = slot + 2 * hour;
        await served.round();
        expect(await slotsOf(store)).toMatchObject([
          ["2026-02-13", "skipped", expect.stringContaining("late")],
        ]);
        expect(served.logged().filter((line) => "alert" in line)).toHaveLength(1);
        expect(await store.issues()).toEqual([]);
      },
    ));
});

describe("the watch on the slots", () => {
  const skip = { due: "last session of the week", deadline: "1h", late: "skip" };

  it("tells in the next minute what could not be told in this", () =>
    scene(skip, async ({ store, clock, served }) => {
      vi.spyOn(store.ledger, "raise").mockRejectedValueOnce(new Error("the disk is full"));
      clock.now = slot + 2 * hour;
      await served.round();
      expect(await slotsOf(store)).toMatchObject([
        ["2026-02-13", "skipped", expect.stringContaining("late")],
      ]);
      expect(served.logged().filter((line) => "alert" in line)).toEqual([]);
      clock.now += minute;
      await served.round();
      expect(served.logged().filter((line) => "alert" in line)).toHaveLength(1);
    }));

  it("goes on while an issue is being made, however long that takes", () =>
    scene(undefined, async ({ store, clock, served }) => {
      const taking = vi.spyOn(store.ledger, "takeSlot").mockReturnValueOnce(new Promise(() => {}));
      clock.now = slot;
      await served.planning.begin();
      void served.making.begin();
      await vi.waitFor(() => expect(taking).toHaveBeenCalled());
      clock.now = slot + 72 * hour;
      await served.planning.begin();
      const alerts = served.logged().filter((line) => "alert" in line);
      expect(alerts.map(({ alert }) => alert)).toEqual(["overdue weekly 2026-02-13T23:00:00Z deadline"]);
    }));

  it("finds a slot overdue that nobody could enter, and none that another process has ended", () =>
    scene(undefined, async ({ store, clock, served }) => {
      const later = slot + 72 * hour;
      const { workspace } = served.service;
      expect(await overdueSlots(workspace, store, later)).toMatchObject([{ publication: "weekly", slot }]);
      clock.now = slot;
      await served.planning.begin();
      const taken = await store.ledger.takeSlot("weekly", slot, "two", slot, hour);
      if (taken === null) throw new Error("free");
      expect(await overdueSlots(workspace, store, later)).toHaveLength(1);
      await store.ledger.endSlot(taken, "two", { state: "failed", reason: "the data" }, slot + minute);
      expect(await overdueSlots(workspace, store, later)).toEqual([]);
    }));
});
