import { describe, expect, it } from "vitest";
import { addDays } from "#src/domain/time.ts";
import { badPrint } from "#src/quality/bad-print.ts";
import { priceJumps } from "#src/quality/price-jumps.ts";
import { splitSeam } from "#src/quality/split-seam.ts";
import { inShort, spoilt, valuesOf, walk } from "#tests/quality/values.ts";

const flat = (n: number, value = 100): readonly number[] =>
  Array.from({ length: n }, (_, i) => value + (i % 2) / 10);
/** A level, then another. */
const step = (before: number, after: number, factor: number) => [
  ...flat(before),
  ...flat(after).map((v) => v * factor),
];
const kindsOf = (values: readonly number[], over: Parameters<typeof valuesOf>[2] = {}) =>
  priceJumps(valuesOf("price", values, over)).map(({ kind, first, last }) => `${kind} ${first}-${last}`);

describe("a move that needs an explanation", () => {
  it("is one of more than 40 per cent", () => {
    const jump = (to: number) =>
      kindsOf([...Array(20).fill(100), ...flat(20, to).map((v, i) => (i > 0 ? v : to))]);
    expect(jump(140)).toEqual([]);
    expect(jump(140.01)).toEqual(["seam 20-20"]);
    expect(jump(60)).toEqual([]);
    expect(jump(59.99)).toEqual(["seam 20-20"]);
  });

  it("is one of more than eight usual moves of the weeks around it", () => {
    // Days up and down by the same logarithm r: the usual move is 1.4826 r.
    const series = (r: number) =>
      Array.from({ length: 60 }, (_, i) => 100 * Math.exp((i % 2) * r) * (i < 30 ? 1 : 2));
    // The jump itself, from a high to a low, is ln 2 − r.
    const r = (share: number) => (share * Math.log(2)) / (1 + 8 * 1.4826);
    expect(kindsOf(series(r(0.99)))).toEqual(["seam 30-30"]);
    expect(kindsOf(series(r(1.01)))).toEqual([]);
  });

  it("is one of one session: a closure of twelve days still is, a month is not", () => {
    const values = step(20, 20, 0.5);
    const dates = (gap: number) => values.map((_, i) => addDays("2025-01-06", i < 20 ? i : i - 1 + gap));
    expect(kindsOf(values, { dates: dates(12) })).toEqual(["seam 20-20"]);
    expect(kindsOf(values, { dates: dates(13) })).toEqual([]);
  });

  it("is none of a volatility index, and of nothing that is no price", () => {
    expect(kindsOf(step(20, 20, 2), { tags: ["volatility"] })).toEqual([]);
    expect(priceJumps(valuesOf("yield", step(20, 20, 2)))).toEqual([]);
    expect(priceJumps(valuesOf("flow", step(20, 20, 2)))).toEqual([]);
  });

  it("passes over values that are not above zero", () => {
    expect(kindsOf(spoilt(flat(30), { 10: 0, 20: -5 }))).toEqual([]);
  });
});

describe("a move to a price that then stands still", () => {
  const still = (n: number) => [...flat(40), ...Array(n).fill(40), ...flat(40, 40).slice(1)];

  it("is a feed that has stopped: it is that which waits, and not the history before it", () => {
    const values = valuesOf("price", still(19).slice(0, 59));
    expect(kindsOf(values.values)).toEqual(["unconfirmed 40-58"]);
    expect(inShort(splitSeam(values))).toEqual(["unconfirmed 19"]);
  });

  it("is one from three repeats on", () => {
    expect(kindsOf(still(3))).toEqual(["seam 40-40"]);
    expect(kindsOf(still(4))).toEqual(["unconfirmed 40-43", "seam 44-44"]);
  });
});

describe("a move that is undone", () => {
  it("is a bad print when within three observations less than half of it is left", () => {
    expect(kindsOf(spoilt(flat(40), { 20: 1000 }))).toEqual(["print 20-20"]);
    expect(kindsOf(spoilt(flat(40), { 20: 10, 21: 10.1, 22: 10 }))).toEqual(["print 20-22"]);
    // From 100 to 1000; back to the geometric middle is half of it.
    const back = (to: number) => [...flat(20), 1000, ...flat(20, to)];
    expect(kindsOf(back(100 * Math.sqrt(10) - 1))).toEqual(expect.arrayContaining(["print 20-20"]));
    expect(kindsOf(back(100 * Math.sqrt(10) + 1))).not.toEqual(expect.arrayContaining(["print 20-20"]));
  });

  it("may last up to twenty observations, where it comes back as suddenly as it came", () => {
    const away = (n: number) => flat(80).map((value, i) => (i >= 40 && i < 40 + n ? value / 10 : value));
    expect(kindsOf(away(20))).toEqual(["print 40-59"]);
    expect(kindsOf(away(21))).toEqual(["seam 40-40", "seam 61-61"]);
  });

  it("little by little is a true move after three observations, and a seam until it is seen to come back", () => {
    // Doubled in a session, then down by a tenth a day: back by less than half of it on the fourth day after.
    const spike = [...flat(40), ...Array.from({ length: 8 }, (_, i) => 200 * 0.9 ** i), ...flat(20)];
    expect(kindsOf(spike)).toEqual([]);
    expect(kindsOf(spike.slice(0, 44))).toEqual(["seam 40-40"]);
    expect(kindsOf(spike.slice(0, 45))).toEqual([]);
  });

  it("may be a second one", () => {
    expect(kindsOf(spoilt(flat(40), { 10: 1000, 20: 10 }))).toEqual(["print 10-10", "print 20-20"]);
  });

  it("sets aside what it was, and nothing else", () => {
    const values = valuesOf("price", spoilt(flat(40), { 20: 1000, 21: 1001 }));
    expect(badPrint(values).map(({ days }) => days)).toEqual([values.dates.slice(20, 22)]);
    expect(splitSeam(values)).toEqual([]);
  });
});

describe("a move that stands", () => {
  it("is a seam once three observations have followed, and until then unconfirmed", () => {
    expect(kindsOf(step(20, 4, 0.5))).toEqual(["seam 20-20"]);
    expect(kindsOf(step(20, 3, 0.5))).toEqual(["unconfirmed 20-22"]);
    expect(kindsOf(step(20, 1, 0.5))).toEqual(["unconfirmed 20-20"]);
  });

  it("sets aside what lies before it, or, unconfirmed, what is new", () => {
    const seam = valuesOf("price", step(20, 4, 0.5));
    expect(splitSeam(seam)).toMatchObject([
      { symptom: "seam", from: seam.dates[20], to: seam.dates[20], days: seam.dates.slice(0, 20) },
    ]);
    const fresh = valuesOf("price", step(20, 3, 0.5));
    expect(splitSeam(fresh)).toMatchObject([
      { symptom: "unconfirmed", from: fresh.dates[20], to: fresh.dates[20], days: fresh.dates.slice(20) },
    ]);
    expect(badPrint(seam)).toEqual([]);
  });

  it("by a hundred is one of unit, and not also a split", () => {
    expect(inShort(splitSeam(valuesOf("price", step(20, 20, 50))))).toEqual(["seam 20"]);
    expect(inShort(splitSeam(valuesOf("price", step(20, 20, 100))))).toEqual([]);
  });

  it("leaves a calm series alone", () => {
    expect(kindsOf(walk(500))).toEqual([]);
  });
});
