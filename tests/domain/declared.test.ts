import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { membersAt, stretchesOf } from "#src/domain/basket.ts";
import type { DeclaredKind, Said } from "#src/domain/declared.ts";
import { declaredAsOf } from "#src/domain/declared-as-of.ts";
import type { Entry, RememberedEntry } from "#src/domain/entry.ts";

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
const at = (text: string): number => Date.parse(text.length > 10 ? text : `${text}T00:00:00Z`);
const name = { en: "name", "zh-CN": "名" };

const member = (
  id: string,
  from: string,
  until: string | null = null,
  knownAt: string | null = null,
  basket = "ai",
): Entry => {
  const said: Said["baskets"] = { basket, member: id, from, until, source: null };
  return {
    key: `${basket} ${id} ${from}`,
    knownAt: knownAt === null ? null : at(knownAt),
    value: JSON.stringify(said),
  };
};
const crisis = (id: string, from: string, until: string | null, knownAt: string | null = null): Entry => {
  const said: Said["crises"] = { id, name, from, until, source: name };
  return { key: id, knownAt: knownAt === null ? null : at(knownAt), value: JSON.stringify(said) };
};
const event = (id: string, date: string, knownAt: string): Entry => {
  const said: Said["events"] = { id, date, kind: "release", name, series: null, source: name };
  return { key: id, knownAt: at(knownAt), value: JSON.stringify(said) };
};
/** An entry as the store remembers it, first or in the place of an earlier one. */
const remembered = (entry: Entry, recordedAt: string | null = null): RememberedEntry => ({
  ...entry,
  recordedAt: recordedAt === null ? null : at(recordedAt),
});
const withdrawn = (entry: Entry, recordedAt: string): RememberedEntry => ({
  ...remembered(entry, recordedAt),
  value: null,
});

const known = (
  kind: DeclaredKind,
  entries: readonly (Entry | RememberedEntry)[],
  cutoff: string,
  knowledge = cutoff,
) =>
  declaredAsOf({
    given: [{ kind, entries, gap: null }],
    cutoff: at(cutoff),
    knowledge: at(knowledge),
    digest,
  });
const crisesAt = (entries: readonly (Entry | RememberedEntry)[], cutoff: string, knowledge = cutoff) =>
  known("crises", entries, cutoff, knowledge).crises.map(({ id, until }) => [id, until]);
const basketAt = (entries: readonly (Entry | RememberedEntry)[], cutoff: string) => {
  const basket = known("baskets", entries, cutoff).baskets.ai;
  if (basket === undefined) throw new RangeError("no basket");
  return basket;
};

describe("what is declared", () => {
  it("counts from its known-at on, and not a millisecond before", () => {
    const entries = [event("cpi", "2026-02-11", "2026-02-11T13:30:00Z")];
    expect(known("events", entries, "2026-02-11T13:30:00Z").events.map(({ id }) => id)).toEqual(["cpi"]);
    expect(known("events", entries, "2026-02-11T13:29:59.999Z").events).toEqual([]);
  });

  it("may be of a day that is still to come, where it was announced", () => {
    const entries = [event("cpi", "2026-03-11", "2026-01-05"), event("jobs", "2026-02-06", "2026-01-05")];
    expect(known("events", entries, "2026-02-13").events).toMatchObject([
      { id: "jobs", date: "2026-02-06", knownAt: at("2026-01-05"), assumed: false },
      { id: "cpi", date: "2026-03-11" },
    ]);
  });

  it("takes the latest known of several for one thing, whatever their order", () => {
    const entries = [event("cpi", "2026-03-12", "2026-02-20"), event("cpi", "2026-03-11", "2026-01-05")];
    for (const order of [entries, entries.toReversed()]) {
      expect(known("events", order, "2026-02-19").events[0]?.date).toBe("2026-03-11");
      expect(known("events", order, "2026-02-20").events[0]?.date).toBe("2026-03-12");
    }
  });

  it("is a window without known-at from the day after its end, and one without end from its beginning", () => {
    const entries = [crisis("covid", "2020-02-20", "2020-06-30"), crisis("now", "2026-02-02", null)];
    expect(crisesAt(entries, "2020-06-30T23:59:59.999Z")).toEqual([]);
    expect(crisesAt(entries, "2020-07-01")).toEqual([["covid", "2020-06-30"]]);
    expect(crisesAt(entries, "2026-02-01T23:59:59.999Z")).toEqual([["covid", "2020-06-30"]]);
    expect(crisesAt(entries, "2026-02-02")).toEqual([
      ["covid", "2020-06-30"],
      ["now", null],
    ]);
    expect(known("crises", entries, "2026-02-02").crises.map(({ assumed }) => assumed)).toEqual([true, true]);
  });

  it("changes no earlier as-of, not by a bit, whatever becomes known later", () => {
    const before = [crisis("covid", "2020-02-20", "2020-06-30")];
    const more = [...before, crisis("later", "2020-01-01", "2020-01-31", "2026-02-14")];
    expect(known("crises", more, "2026-02-13")).toEqual(known("crises", before, "2026-02-13"));
    expect(known("crises", more, "2026-02-14").lists).not.toEqual(
      known("crises", before, "2026-02-14").lists,
    );
  });

  it("that was corrected or withdrawn is what it was until then, and with later knowledge what it is", () => {
    const [first, other] = [
      crisis("covid", "2020-02-20", "2020-06-30"),
      crisis("covid", "2020-02-20", "2020-05-29"),
    ];
    const corrected = [remembered(first), remembered(other, "2026-02-20")];
    expect(crisesAt(corrected, "2026-02-13")).toEqual([["covid", "2020-06-30"]]);
    expect(crisesAt(corrected, "2026-02-13", "2026-02-20")).toEqual([["covid", "2020-05-29"]]);
    expect(crisesAt(corrected, "2026-02-20")).toEqual([["covid", "2020-05-29"]]);
    const gone = [remembered(first), withdrawn(first, "2026-02-20")];
    expect(crisesAt(gone, "2026-02-13")).toEqual([["covid", "2020-06-30"]]);
    expect(crisesAt(gone, "2026-02-20")).toEqual([]);
    expect(crisesAt([...gone, remembered(first, "2026-02-27")], "2026-02-27")).toHaveLength(1);
  });

  it("that was withdrawn before it could be read never counts", () => {
    const first = crisis("covid", "2020-02-20", "2026-03-31");
    expect(crisesAt([remembered(first), withdrawn(first, "2026-02-20")], "2026-04-30")).toEqual([]);
    expect(crisesAt([remembered(first)], "2026-04-30")).toHaveLength(1);
  });

  it("says why there is nothing, and tells what is to come not apart from nothing at all", () => {
    const lists = (gap: "file-missing" | "no-rows" | null, entries: readonly Entry[]) =>
      declaredAsOf({ given: [{ kind: "crises", entries, gap }], cutoff: at("2026-02-13"), digest }).lists;
    expect(lists("file-missing", [])).toMatchObject([{ kind: "crises", gap: "file-missing" }]);
    expect(lists("no-rows", [])).toMatchObject([{ gap: "not-yet-known" }]);
    expect(lists(null, [crisis("to-come", "2026-03-01", null)])).toEqual(lists("no-rows", []));
    expect(lists(null, [crisis("now", "2026-02-02", null)])).toMatchObject([{ gap: null }]);
    expect(declaredAsOf({ given: [], cutoff: 0, digest })).toMatchObject({
      lists: [],
      events: [],
      crises: [],
    });
  });

  it("has a digest of what counted: the same from a file and from the store, in any order, another for another source", () => {
    const entries = [crisis("a", "2020-01-01", "2020-02-01"), crisis("b", "2021-01-01", null, "2021-01-05")];
    const digestOf = (of: readonly (Entry | RememberedEntry)[]) =>
      known("crises", of, "2026-02-13").lists[0]?.digest;
    expect(digestOf(entries.toReversed())).toBe(digestOf(entries));
    expect(digestOf(entries.map((each) => remembered(each)))).toBe(digestOf(entries));
    const [first, ...rest] = entries;
    const resourced = { ...first, value: first?.value.replace('"name"', '"other"') } as Entry;
    expect(digestOf([resourced, ...rest])).not.toBe(digestOf(entries));
  });
});

describe("a basket", () => {
  const entries = [
    member("A", "2018-01-02"),
    member("B", "2018-01-02", "2024-06-03"),
    member("C", "2024-06-04"),
    member("B", "2025-01-02"),
  ];

  it("has on a day the members whose returns of that day count: from the first day to the last, both included", () => {
    const basket = basketAt(entries, "2026-02-13");
    const on = (day: string) => membersAt(basket, day).join("");
    expect([on("2018-01-01"), on("2018-01-02")]).toEqual(["", "AB"]);
    expect([on("2024-06-03"), on("2024-06-04")]).toEqual(["AB", "AC"]);
    expect([on("2025-01-01"), on("2025-01-02"), on("2030-01-01")]).toEqual(["AC", "ACB", "ACB"]);
  });

  it("is a history of stretches without a change, and without days on which nobody is in it", () => {
    expect(stretchesOf(basketAt(entries, "2026-02-13"))).toEqual([
      { from: "2018-01-02", until: "2024-06-03", members: ["A", "B"] },
      { from: "2024-06-04", until: "2025-01-01", members: ["A", "C"] },
      { from: "2025-01-02", until: null, members: ["A", "C", "B"] },
    ]);
    const broken = [member("A", "2018-01-02", "2019-12-31"), member("B", "2021-01-04", "2022-12-30")];
    expect(stretchesOf(basketAt(broken, "2026-02-13"))).toEqual([
      { from: "2018-01-02", until: "2019-12-31", members: ["A"] },
      { from: "2021-01-04", until: "2022-12-30", members: ["B"] },
    ]);
    expect(stretchesOf({ memberships: [] })).toEqual([]);
  });

  it("knows before a day neither who joins on it nor who leaves", () => {
    const before = basketAt(entries, "2024-06-03T23:00:00Z");
    expect(before.memberships.map(({ member: id, until }) => [id, until])).toEqual([
      ["A", null],
      ["B", null],
    ]);
    const after = basketAt(entries, "2024-06-04");
    expect(after.memberships.map(({ member: id, until }) => [id, until])).toEqual([
      ["A", null],
      ["B", "2024-06-03"],
      ["C", null],
    ]);
  });

  it("knows an end that was announced", () => {
    const announced = [
      member("A", "2018-01-02", null, "2017-12-29"),
      member("A", "2018-01-02", "2026-03-20", "2026-02-10"),
    ];
    expect(basketAt(announced, "2026-02-09").memberships).toMatchObject([{ until: null }]);
    expect(basketAt(announced, "2026-02-13").memberships).toMatchObject([
      { until: "2026-03-20", knownAt: at("2026-02-10"), firstKnownAt: at("2017-12-29"), assumed: false },
    ]);
  });

  it("that was told of in time is followed from its beginning, and nobody need have left it", () => {
    const live = [
      member("A", "2024-01-02", null, "2024-01-02"),
      member("B", "2024-01-03", null, "2024-01-02"),
    ];
    expect(basketAt(live, "2026-02-13")).toMatchObject({ inception: "2024-01-02", survivorship: false });
  });

  it("that was told of afterwards is followed from the next day on, and one list applied to the past", () => {
    const late = [
      member("A", "2018-01-02", null, "2024-05-06T13:00:00Z"),
      member("B", "2018-01-02", null, "2017-06-01"),
    ];
    expect(basketAt(late, "2026-02-13")).toMatchObject({ inception: "2024-05-07", survivorship: true });
    const leaver = [...late, member("C", "2018-01-02", "2020-03-31", "2024-05-06T13:00:00Z")];
    expect(basketAt(leaver, "2026-02-13")).toMatchObject({ inception: "2024-05-07", survivorship: false });
  });

  it("of which a leaving was told of afterwards is followed from then on", () => {
    const told = (knownAt: string) => [
      member("A", "2024-01-02", null, "2024-01-01"),
      member("B", "2024-01-02", null, "2024-01-01"),
      member("B", "2024-01-02", "2025-06-30", knownAt),
    ];
    expect(basketAt(told("2025-07-01"), "2026-02-13").inception).toBe("2024-01-02");
    expect(basketAt(told("2025-07-01T00:00:01Z"), "2026-02-13").inception).toBe("2025-07-02");
  });

  it("without known-at has no inception, and a bias unless somebody has left it", () => {
    const [a, b] = [member("A", "2018-01-02"), member("B", "2018-01-02")];
    expect(basketAt([a, b], "2026-02-13")).toMatchObject({ inception: null, survivorship: true });
    const left = member("B", "2018-01-02", "2026-02-12");
    expect(basketAt([a, left], "2026-02-13")).toMatchObject({ inception: null, survivorship: false });
    expect(basketAt([a, left], "2026-02-12")).toMatchObject({ survivorship: true });
  });

  it("is no better known from its beginning where an entry without known-at was mended", () => {
    const [a, b] = [member("A", "2018-01-02"), member("B", "2018-01-02")];
    const mended = [
      remembered(a),
      remembered(b),
      remembered(member("B", "2018-01-02", "2025-06-30"), "2025-07-01"),
    ];
    expect(basketAt(mended, "2026-02-13").memberships).toMatchObject([{ assumed: true }, { assumed: true }]);
    expect(basketAt(mended, "2026-02-13").inception).toBeNull();
  });

  it("is told apart from others, and is none before anything is known of it", () => {
    const two = [member("A", "2018-01-02"), member("A", "2019-01-02", null, null, "gold")];
    expect(Object.keys(known("baskets", two, "2018-06-01").baskets)).toEqual(["ai"]);
    expect(Object.keys(known("baskets", two, "2026-02-13").baskets)).toEqual(["ai", "gold"]);
  });
});
