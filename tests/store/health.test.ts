import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { engines } from "#tests/store/places.ts";

const now = Date.parse("2026-02-13T23:30:00Z");

describe.each(engines)("a store's health on %s", (_, newPlace) => {
  it.skipIf(newPlace === null)("is that of a new one", async () => {
    await using store = await openStore((await newPlace?.()) ?? { file: "" });
    expect(await store.health()).toEqual({
      damage: [],
      unwritable: null,
      newest: null,
      plannedUntil: new Map(),
      unsent: [],
    });
  });

  it.skipIf(newPlace === null)("tells what was noted last, what is planned, and what waits", async () => {
    await using store = await openStore((await newPlace?.()) ?? { file: "" });
    await store.beginRun("weekly", "2026-02-13", now);
    await store.ledger.planSlots("weekly", now, () => ({ seenUntil: now - 5, slots: [] }));
    const alert = { key: "k", kind: "held", subject: "s", text: "t" } as const;
    await store.ledger.raise({ ...alert, channels: ["mail:a", "webhook:b"] }, now + 7);
    await store.ledger.takeAlerts("me", now + 8, 60_000);
    await store.ledger.endAlert(1, "mail:a", "me", { sent: true }, now + 9);
    await store.ledger.endAlert(
      1,
      "webhook:b",
      "me",
      { nextAt: now + 99, response: "answered 500" },
      now + 9,
    );
    const { newest, plannedUntil, unsent } = await store.health();
    expect(newest).toBe(now + 7);
    expect(plannedUntil).toEqual(new Map([["weekly", now - 5]]));
    expect(unsent).toEqual([
      {
        ...{ key: "k", kind: "held", subject: "s", channel: "webhook:b", attempts: 1 },
        ...{ raisedAt: now + 7, nextAt: now + 99, response: "answered 500" },
      },
    ]);
  });

  it.skipIf(newPlace === null)("changes nothing, however often it is asked", async () => {
    await using store = await openStore((await newPlace?.()) ?? { file: "" });
    const before = await store.health();
    expect(await store.health()).toEqual(before);
    expect(before.plannedUntil.size).toBe(0);
  });
});

describe("a store on SQLite", () => {
  const folder = temporaryFolder();

  it("that nothing can be written to says why", async () => {
    const file = join(folder, "read-only.db");
    await using store = await openStore({ file });
    const other = new DatabaseSync(file);
    // What a disk that has turned read-only answers, on any system and to any user.
    other.exec(
      "create trigger no_writing before insert on planner begin select raise(abort, 'read-only'); end",
    );
    other.close();
    expect(await store.health()).toMatchObject({
      unwritable: expect.stringContaining("read-only"),
      damage: [],
    });
  });

  it("that has lost a page is damaged", async () => {
    const file = join(folder, "damaged.db");
    await (await openStore({ file }))[Symbol.asyncDispose]();
    const other = new DatabaseSync(file);
    other.exec(`insert into alert (key, kind, subject, text, raised_at)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 400)
      select i, 'held', 's', hex(zeroblob(250)), 0 from n`);
    other.close();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, bytes.length - 8192);
    writeFileSync(file, bytes);
    await using store = await openStore({ file });
    expect((await store.health()).damage.length).toBeGreaterThan(0);
  });
});
