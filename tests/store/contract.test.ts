import { describe, expect, it } from "vitest";
import type { Fact } from "#src/domain/fact.ts";
import type { Gathered, Observation } from "#src/domain/series.ts";
import { openStore } from "#src/store/open.ts";
import type { IssueToKeep, Load, Store } from "#src/store/store.ts";
import { engines, places } from "#tests/store/places.ts";
import { factOf as fact, issueOf } from "#tests/store/rows.ts";

type Rows = readonly (readonly [date: string, value: number, knownAt?: number])[];
const gathered = (rows: Readonly<Record<string, Rows>>): readonly Gathered[] =>
  Object.entries(rows).map(([series, some]) => ({
    series,
    observations: some.map(([date, value, knownAt = null]): Observation => ({ date, value, knownAt })),
    gap: null,
  }));
const file = (digest: string, now: number, rows: Readonly<Record<string, Rows>>): Load => ({
  source: "prices",
  digest,
  gathered: gathered(rows),
  now,
});

const issue = (asOf: string, text: string, own: Partial<IssueToKeep> = {}): IssueToKeep =>
  issueOf(asOf, text, {
    basis: { batch: 0, knowledge: null, readings: "", gaps: {}, last: null },
    facts: [],
    ...own,
  });

describe.each(engines)("a store on %s", (_, place) => {
  const run = it.skipIf(place === null);
  const using = async (work: (store: Store, again: () => Promise<Store>) => Promise<void>) => {
    if (place === null) return;
    const where = await place();
    await using_(await openStore(where), (store) => work(store, () => openStore(where)));
  };
  const using_ = async (store: Store, work: (store: Store) => Promise<void>) => {
    try {
      await work(store);
    } finally {
      await store[Symbol.asyncDispose]();
    }
  };
  const rowsOf = async (store: Store, series: string, upTo = 99) =>
    (await store.remembered([series], upTo)).flatMap((rows) => [...rows]);

  run("begins empty", () =>
    using(async (store) => {
      expect(await store.lastBatch()).toBe(0);
      expect(await store.digestOf("prices")).toBeNull();
      expect(await store.remembered(["A"], 99)).toEqual([[]]);
      expect(await store.issues()).toEqual([]);
    }),
  );

  run("gives back what it was given, exactly, also to another that opens it", () =>
    using(async (store, again) => {
      const odd = [0.1 + 0.2, -0, 5e-324, 1.7976931348623157e308, -123456789.12345679];
      const rows = odd.map((value, i) => [`2026-01-0${i + 1}`, value] as const);
      expect(
        await store.load(file("a", 1000, { A: rows, B: [["1899-12-31", 1, -2_208_988_800_000]] })),
      ).toEqual({
        batch: 1,
        added: 6,
        revised: 0,
        withdrawn: 0,
      });
      await using_(await again(), async (other) => {
        const found = await rowsOf(other, "A");
        expect(found.map(({ value }) => value)).toEqual(odd.map((value) => value + 0));
        expect(found[0]).toEqual({ date: "2026-01-01", knownAt: null, value: odd[0], recordedAt: null });
        expect(await rowsOf(other, "B")).toEqual([
          { date: "1899-12-31", knownAt: -2_208_988_800_000, value: 1, recordedAt: null },
        ]);
        expect(await other.digestOf("prices")).toBe("a");
      });
    }),
  );

  run("refuses to load where the clock that loaded last was far ahead, and keeps what it knows", () =>
    using(async (store) => {
      const ahead = Date.parse("2036-01-01");
      await store.load(file("a", ahead, { A: [["2026-01-01", 1]] }));
      const again = store.load(file("b", Date.parse("2026-11-25"), { A: [["2026-01-01", 2]] }));
      await expect(again).rejects.toMatchObject({ code: "STORE_UNUSABLE" });
      await expect(again).rejects.toThrow(/a batch of 2036-01-01T.*clock shows 2026-11-25T/);
      expect([await store.lastBatch(), (await rowsOf(store, "A")).length]).toEqual([1, 1]);
      expect((await store.load(file("c", ahead - 60_000, { A: [["2026-01-01", 3]] }))).revised).toBe(1);
    }),
  );

  run("lets two load and keep at once, and neither counts twice", () =>
    using(async (store, again) => {
      await using_(await again(), async (other) => {
        const rows = {
          A: Array.from({ length: 28 }, (_, i) => [`2026-02-${String(i + 1).padStart(2, "0")}`, i] as const),
        };
        const loads = await Promise.all(
          [store, other, store, other].map((each, i) => each.load(file(String(i % 2), 1000 + i, rows))),
        );
        expect(loads.map(({ added }) => added).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 28]);
        expect(await rowsOf(store, "A")).toHaveLength(28);
        const kept = await Promise.all(
          ["{}", "{ }", "{}", "[]"].map((text, i) =>
            (i % 2 ? store : other).keepIssue(issue("2026-02-13", text)),
          ),
        );
        const revisions = (await store.issues()).map(({ revision }) => revision);
        expect(revisions).toEqual(revisions.map((_, i) => revisions.length - i));
        expect(new Set(kept.map(({ id }) => id)).size).toBe(revisions.length);
        expect(revisions.length).toBeGreaterThan(2);
      });
    }),
  );

  run("adds nothing for the same input, by its digest or by its values", () =>
    using(async (store) => {
      const rows = { A: [["2026-01-01", 1]] as Rows };
      await store.load(file("a", 1000, rows));
      const none = { batch: null, added: 0, revised: 0, withdrawn: 0 };
      expect(await store.load(file("a", 2000, { A: [["2026-01-01", 9]] }))).toEqual(none);
      expect(await store.load(file("b", 2000, rows))).toEqual(none);
      expect(await store.digestOf("prices")).toBe("b");
      expect(await store.lastBatch()).toBe(1);
    }),
  );

  run("records a revision, a withdrawal and a return from the moment they were loaded", () =>
    using(async (store) => {
      await store.load(
        file("a", 1000, {
          A: [
            ["2026-01-01", 1],
            ["2026-01-02", 2],
          ],
        }),
      );
      const second = await store.load(file("b", 2000, { A: [["2026-01-01", 1.5]] }));
      expect(second).toEqual({ batch: 2, added: 0, revised: 1, withdrawn: 1 });
      await store.load(
        file("c", 3000, {
          A: [
            ["2026-01-01", 1.5],
            ["2026-01-02", 2],
          ],
        }),
      );
      const row = (date: string, value: number | null, recordedAt: number | null) => ({
        date,
        knownAt: null,
        value,
        recordedAt,
      });
      expect(await rowsOf(store, "A")).toEqual([
        row("2026-01-01", 1, null),
        row("2026-01-01", 1.5, 2000),
        row("2026-01-02", 2, null),
        row("2026-01-02", null, 2000),
        row("2026-01-02", 2, 3000),
      ]);
      // Of later batches nothing: an issue made again sees what it saw.
      expect(await rowsOf(store, "A", 1)).toEqual([row("2026-01-01", 1, null), row("2026-01-02", 2, null)]);
    }),
  );

  run("keeps vintages apart, and takes a second value without a known-at for a revision", () =>
    using(async (store) => {
      await store.load(file("a", 1000, { A: [["2026-01-01", 1, 500]] }));
      await store.load(
        file("b", 2000, {
          A: [
            ["2026-01-01", 1, 500],
            ["2026-01-01", 1.2, 900],
          ],
        }),
      );
      await store.load(
        file("c", 3000, {
          A: [
            ["2026-01-01", 1.3],
            ["2026-01-01", 1, 500],
            ["2026-01-01", 1.2, 900],
          ],
        }),
      );
      expect(
        (await rowsOf(store, "A")).map(({ knownAt, value, recordedAt }) => [knownAt, value, recordedAt]),
      ).toEqual([
        [null, 1.3, 3000],
        [500, 1, null],
        [900, 1.2, null],
      ]);
    }),
  );

  run("does not let a clock that was set back make a later record older", () =>
    using(async (store) => {
      await store.load(file("a", 5000, { A: [["2026-01-01", 1]] }));
      await store.load(file("b", 4000, { A: [["2026-01-01", 2]] }));
      expect((await rowsOf(store, "A")).at(-1)?.recordedAt).toBe(5000);
    }),
  );

  run("loads whole or not at all", () =>
    using(async (store) => {
      const broken = gathered({
        A: [
          ["2026-01-01", 1],
          ["2026-01-02", 2],
        ],
      });
      const bad = {
        ...broken[0],
        observations: [...(broken[0]?.observations ?? []), { date: "2026-01-01", knownAt: null, value: 3 }],
      };
      await expect(store.load({ ...file("a", 1000, {}), gathered: [bad as Gathered] })).rejects.toThrow();
      expect(await store.remembered(["A"], 99)).toEqual([[]]);
      expect(await store.digestOf("prices")).toBeNull();
      expect(await store.lastBatch()).toBe(0);
      // And it is as usable as before.
      expect((await store.load(file("a", 1000, { A: [["2026-01-01", 1]] }))).added).toBe(1);
    }),
  );

  run("lets several load at once, each once", () =>
    using(async (store, again) => {
      const others = await Promise.all([again(), again(), again()]);
      try {
        const rows = (n: number) =>
          Array.from({ length: n }, (_, i) => [`2026-01-${String(i + 1).padStart(2, "0")}`, i] as const);
        const done = await Promise.all(
          [store, ...others].flatMap((each) => [
            each.load({ ...file("x", 1000, { A: rows(28) }), source: "one" }),
            each.load({ ...file("y", 1000, { B: rows(20) }), source: "two" }),
          ]),
        );
        expect(done.reduce((sum, { added }) => sum + added, 0)).toBe(48);
        expect((await rowsOf(store, "A")).length).toBe(28);
        expect(await store.lastBatch()).toBe(2);
      } finally {
        for (const each of others) await each[Symbol.asyncDispose]();
      }
    }),
  );

  run("keeps an issue with its files, once for the same content", () =>
    using(async (store) => {
      const first = await store.keepIssue(issue("2026-02-13", "{}"));
      expect(first).toMatchObject({
        revision: 1,
        asOf: "2026-02-13",
        basis: issue("2026-02-13", "").basis,
        madeAt: 1_700_000_000_000,
      });
      expect(await store.keepIssue(issue("2026-02-13", "{}", { now: 1 }))).toEqual(first);
      const second = await store.keepIssue(issue("2026-02-13", "{ }"));
      expect(second.revision).toBe(2);
      await store.keepIssue(issue("2026-02-20", "{}"));
      await store.keepIssue(issue("2026-02-20", "{}", { publication: "daily" }));
      expect((await store.issues("weekly")).map(({ asOf, revision }) => [asOf, revision])).toEqual([
        ["2026-02-20", 1],
        ["2026-02-13", 2],
        ["2026-02-13", 1],
      ]);
      expect(await store.issues()).toHaveLength(4);
      const files = await store.filesOf(first);
      expect([...files.keys()]).toEqual(["facts.json", "font"]);
      expect(new TextDecoder().decode(files.get("facts.json"))).toBe("{}");
      expect(files.get("font")).toEqual(new Uint8Array([0, 255, 7]));
    }),
  );

  run(
    "keeps an issue of the same content anew where it was made from something else, or no longer too early",
    () =>
      using(async (store) => {
        const revisionOf = async (own: Partial<IssueToKeep>) =>
          (await store.keepIssue(issue("2026-04-13", "{}", own))).revision;
        const early = { now: Date.parse("2026-04-01") };
        expect([await revisionOf(early), await revisionOf(early)]).toEqual([1, 1]);
        const late = { now: Date.parse("2026-04-14") };
        expect([await revisionOf(late), await revisionOf(late), await revisionOf(early)]).toEqual([2, 2, 2]);
        const other = {
          ...late,
          basis: { ...issue("2026-04-13", "").basis, batch: 3, gaps: { A: "file-empty" as const } },
        };
        expect([await revisionOf(other), await revisionOf(other)]).toEqual([3, 3]);
      }),
  );

  run("keeps no issue that another has overtaken since it was planned, and gives that one", () =>
    using(async (store) => {
      const first = await store.keepIssue(issue("2026-02-13", "a", { after: null }));
      expect(await store.keepIssue(issue("2026-02-13", "b", { after: null }))).toEqual(first);
      const second = await store.keepIssue(issue("2026-02-13", "b", { after: first.id }));
      expect(second.revision).toBe(2);
      expect(await store.keepIssue(issue("2026-02-13", "c", { after: first.id }))).toEqual(second);
      expect((await store.keepIssue(issue("2026-02-20", "c", { after: null }))).revision).toBe(1);
    }),
  );

  run("tells the history of a fact as it was published, of each as-of the newest revision", () =>
    using(async (store) => {
      const at = (asOf: string, text: string, ...facts: Fact[]) =>
        store.keepIssue(issue(asOf, text, { facts }));
      await at("2026-02-06", "a", fact("x", 1), fact("y", 5));
      await at("2026-02-13", "b", fact("x", 2));
      await at("2026-02-13", "c", fact("x", 2.5));
      await at("2026-02-20", "d", fact("x", "2026-02-19"), fact("z", null));
      await at("2026-02-27", "e", fact("y", 5));
      const told = async (name: string, from = "2026-01-01", to = "2026-12-31") =>
        (await store.history("weekly", name, from, to)).map(({ asOf, revision, value }) => [
          asOf,
          revision,
          value,
        ]);
      expect(await told("x")).toEqual([
        ["2026-02-06", 1, 1],
        ["2026-02-13", 2, 2.5],
        ["2026-02-20", 1, "2026-02-19"],
      ]);
      expect(await told("x", "2026-02-07", "2026-02-13")).toEqual([["2026-02-13", 2, 2.5]]);
      expect(await told("z")).toEqual([["2026-02-20", 1, null]]);
      expect(await told("y")).toEqual([
        ["2026-02-06", 1, 5],
        ["2026-02-27", 1, 5],
      ]);
    }),
  );

  run("notes runs", () =>
    using(async (store) => {
      const kept = await store.keepIssue(issue("2026-02-13", "{}"));
      const [one, two] = [
        await store.beginRun("weekly", "2026-02-13", 1),
        await store.beginRun("weekly", "2026-02-13", 2),
      ];
      expect(two).toBeGreaterThan(one);
      await store.endRun(one, { issue: kept.id }, 3);
      await store.endRun(two, { failure: "no browser" }, 4);
    }),
  );
});

it.skipIf(places.PostgreSQL !== null)(
  "PostgreSQL is not installed here: its half of the contract is skipped",
  () => {},
);
