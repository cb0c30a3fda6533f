import pg from "pg";
import { describe, expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import type { Store } from "#src/store/store.ts";
import { places } from "#tests/store/places.ts";
import { deliveryOf, issueOf } from "#tests/store/rows.ts";

const plan = ({ ledger }: Store, ...moments: readonly number[]) =>
  ledger.planSlots("weekly", 100, () => ({
    seenUntil: 100,
    slots: moments.map((at) => ({ at, asOf: "2026-02-13", state: "due", reason: null })),
  }));

/** The address of a new database, and what a query of it answers. */
async function newDatabase() {
  const place = await places.PostgreSQL?.();
  if (place === undefined) throw new Error("not installed");
  const { url } = place;
  const query = async (text: string): Promise<readonly Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(text)).rows as readonly Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  return { url, query };
}

describe.skipIf(places.PostgreSQL === null)("the queue of a PostgreSQL", () => {
  it("holds a job for what is due, once, and none for what was not committed or is done", async () => {
    const { url, query } = await newDatabase();
    await using store = await openStore({ url });
    await using queue = await store.queue();
    const jobs = async () =>
      (await query("select name, state::text, data from tideline_queue.job order by data->>'kind'")).map(
        ({ name, state, data }) => [
          name,
          state,
          (data as { slot: { at: number } | null }).slot?.at ?? "delivery",
        ],
      );
    await plan(store, 10);
    for (let i = 0; i < 3; i++) await queue.refill(100);
    expect(await jobs()).toEqual([["slot", "created", 10]]);
    const slot = { publication: "weekly", at: 10, owner: "me" };
    const issue = issueOf("2026-02-13", "x", {
      publishing: { findings: [], deliveries: () => [deliveryOf("ada")], slot },
      now: 110,
    });
    await expect(store.keepIssue(issue)).rejects.toMatchObject({ code: "OVERTAKEN" });
    expect(await jobs()).toEqual([["slot", "created", 10]]);
    const [work] = await queue.take("slot", 9, 100);
    if (work === undefined) throw new Error("a slot is due");
    await store.ledger.takeSlot("weekly", 10, "me", 100, 50);
    await store.keepIssue(issue);
    expect(await jobs()).toEqual([
      ["delivery", "created", "delivery"],
      ["slot", "active", 10],
    ]);
    await queue.done(work);
    expect(await jobs()).toEqual([["delivery", "created", "delivery"]]);
  });

  it("may be opened for several workspaces of one database, and hands out each its own", async () => {
    const { url, query } = await newDatabase();
    const second = `${url}?options=${encodeURIComponent('-c search_path="Zweite-Mappe"')}`;
    await query('create schema "Zweite-Mappe"');
    await using one = await openStore({ url });
    await using two = await openStore({ url: second });
    const queues = [await one.queue(), await two.queue()];
    await plan(one, 10);
    await plan(two, 20);
    const taken = await Promise.all(queues.map((queue) => queue.take("slot", 9, 100)));
    expect(taken.map((works) => works.map(({ slot }) => slot?.at))).toEqual([[10], [20]]);
  });

  it("is needed by none who only decides, and one that is closed is no longer written to", async () => {
    const { url, query } = await newDatabase();
    await using store = await openStore({ url });
    const made = () =>
      query("select 1 from information_schema.schemata where schema_name = 'tideline_queue'");
    await plan(store, 10);
    expect(await made()).toEqual([]);
    const queue = await store.queue();
    await queue[Symbol.asyncDispose]();
    expect(await made()).toHaveLength(1);
    await query("drop schema tideline_queue cascade");
    expect(await plan(store, 10, 20)).toHaveLength(1);
  });

  it("says what it lacks where it may not make its tables, and the store stays usable", async () => {
    const { url, query } = await newDatabase();
    const as = url.replace("tideline@", "clerk@");
    await query(
      "drop role if exists clerk; create role clerk login; create schema tideline authorization clerk",
    );
    await using store = await openStore({ url: as });
    await expect(store.queue()).rejects.toMatchObject({ code: "STORE_UNUSABLE" });
    await expect(store.queue()).rejects.toThrow(/permission denied.*a user of the database who may/);
    for (let i = 0; i < 5; i++) expect(await store.lastBatch()).toBe(0);
    expect(await plan(store, 10)).toHaveLength(1);
  });
});
