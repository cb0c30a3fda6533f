import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SourceUnit, sourceUnits } from "#src/domain/series.ts";
import { readCsvFile } from "#src/sources/csv-file.ts";
import { parseNumber } from "#src/sources/csv-number.ts";
import { fileOf, seriesOf } from "#tests/sources/csv-folder.ts";

const seed = 20_260_213;

/** `count` with its decimal point moved `decimals` to the left, the whole part parted into groups by `separator`. */
function print(count: number, decimals: number, separator = ""): string {
  const digits = String(Math.abs(count)).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const groups: string[] = [];
  for (let end = whole.length; end > 0; end -= 3) groups.unshift(whole.slice(Math.max(0, end - 3), end));
  const front = groups.join(separator);
  return `${count < 0 ? "-" : ""}${front}${decimals === 0 ? "" : `.${digits.slice(-decimals)}`}`;
}

const count = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
const decimals = fc.integer({ min: 0, max: 6 });

/**
 * What `count / 10^decimals` is in the unit of facts. Counts and powers of ten are exact doubles, so one division or
 * product gives the double nearest to the true quotient.
 */
function inFacts(n: number, places: number, unit: SourceUnit): number {
  const power = { unit: 0, percent: -2, bp: -4, thousand: 3, million: 6, billion: 9 }[unit] - places;
  return (power < 0 ? n / 10 ** -power : n * 10 ** power) + 0;
}

describe("parseNumber", () => {
  it.each([
    ["0", 0],
    ["7", 7],
    ["007", 7],
    ["-3.5", -3.5],
    ["+3.5", 3.5],
    [".5", 0.5],
    ["-.5", -0.5],
    ["5.", 5],
    ["1e3", 1000],
    ["1.5E-3", 0.0015],
    ["-2e+2", -200],
    ["1,234", 1234],
    ["1,234.5", 1234.5],
    ["-12,345,678.25", -12_345_678.25],
    ["1 234 567", 1_234_567],
    ["1\u00A0234.5", 1234.5],
    ["1\u2009234", 1234],
    ["1\u202F234", 1234],
    ["999999999999999900", 999_999_999_999_999_900],
    ["5e-324", Number.MIN_VALUE],
  ])("reads %s", (cell, value) => {
    expect(parseNumber(cell, "unit")).toBe(value);
  });

  it.each([
    ["nothing", ""],
    ["a space", " "],
    ["a sign alone", "-"],
    ["a point alone", "."],
    ["two points", "1.2.3"],
    ["two signs", "--1"],
    ["a sign at the end", "1-"],
    ["a decimal comma", "1,5"],
    ["a decimal comma after a whole thousand", "1234,567"],
    ["a decimal comma after points", "1.234,56"],
    ["a comma after a leading zero, which is no group", "0,123"],
    ["a group of two digits", "1,23,456"],
    ["a group of four digits", "1,2345"],
    ["an empty group", "1,,234"],
    ["a group at the end", "1,234,"],
    ["a group at the beginning", ",123"],
    ["a group after the point", "1.234,567"],
    ["groups of both kinds", "1,234 567"],
    ["two spaces between groups", "1  234"],
    ["points as groups", "1.234.567"],
    ["an apostrophe between groups", "1'234"],
    ["an underscore between groups", "1_234"],
    ["a percent sign", "4.13%"],
    ["a currency sign before", "$4"],
    ["a currency sign after", "4€"],
    ["a currency code", "USD 4"],
    ["brackets", "(4.13)"],
    ["a scale word", "4bn"],
    ["a power with a fraction", "1e1.5"],
    ["a power without digits", "1e"],
    ["a power and groups", "1,234e3"],
    ["more than a double holds", "1e999"],
    ["less than a double holds", "1e-999"],
    ["a hexadecimal number", "0x10"],
    ["a binary number", "0b1"],
    ["a BigInt", "1n"],
    ["infinity", "Infinity"],
    ["not a number", "NaN"],
    ["fullwidth digits", "１２"],
    ["Arabic digits", "١٢"],
    ["a superscript", "1²"],
    ["a typographic minus", "\u22124"],
    ["words", "many"],
    ["a null", "null"],
    ["a date", "2026-02-13"],
    ["a time", "12:30"],
    ["a formula", "=1+1"],
  ])("refuses %s", (_, cell) => {
    for (const unit of sourceUnits) expect(parseNumber(cell, unit)).toBeNull();
  });

  it("refuses what is too large or too small in the unit of facts", () => {
    expect(parseNumber("999999999999999900", "unit")).toBe(999_999_999_999_999_900);
    expect(parseNumber("1e18", "unit")).toBeNull();
    expect(parseNumber("-1e18", "unit")).toBeNull();
    expect(parseNumber("1e8", "billion")).toBe(1e17);
    expect(parseNumber("1e9", "billion")).toBeNull();
    expect(parseNumber("1e-323", "unit")).toBe(1e-323);
    expect(parseNumber("1e-323", "bp")).toBeNull();
  });

  it("refuses a lone comma group in a file of semicolons, where it may be a decimal comma", () => {
    for (const cell of ["1,234", "-12,345", "999,000"]) {
      expect(parseNumber(cell, "unit", ";")).toBeNull();
      expect(parseNumber(cell, "unit", "\t")).toBe(Number(cell.replace(",", "")));
    }
    expect(parseNumber("1,234,567", "unit", ";")).toBe(1_234_567);
    expect(parseNumber("1,234.5", "unit", ";")).toBe(1234.5);
    expect(parseNumber("1 234", "unit", ";")).toBe(1234);
  });

  it("reads every zero as plain zero", () => {
    for (const cell of ["0", "-0", "+0.000", "-0.0", "0e999", "0e-999"])
      for (const unit of sourceUnits) expect(Object.is(parseNumber(cell, unit), 0)).toBe(true);
  });

  // In floating point 4.13 / 100 is 0.041299999999999996, 1.005 * 1000 is 1004.9999999999999, 8.2 * 1e6 is 8199999.999999999.
  it.each([
    ["4.13", "percent", 0.0413],
    ["1.1", "percent", 0.011],
    ["0.07", "percent", 0.0007],
    ["-12.5", "bp", -0.00125],
    ["35", "bp", 0.0035],
    ["1.005", "thousand", 1005],
    ["8.2", "million", 8_200_000],
    ["2,345.67", "million", 2_345_670_000],
    ["8.1", "billion", 8_100_000_000],
    ["1.5e3", "percent", 15],
  ] as const)("converts %s %s exactly", (cell, unit, value) => {
    expect(parseNumber(cell, unit)).toBe(value);
  });

  it("undoes printing, plain and in groups, in every unit, to the last bit", () => {
    const separator = fc.constantFrom("", ",", " ", "\u00A0", "\u2009", "\u202F");
    const unit = fc.constantFrom(...sourceUnits);
    fc.assert(
      fc.property(count, decimals, separator, unit, (n, places, each, unitOfFile) => {
        const value = inFacts(n, places, unitOfFile);
        expect(parseNumber(print(n, places, each), unitOfFile)).toBe(Math.abs(value) < 1e18 ? value : null);
      }),
      { seed, numRuns: 20_000 },
    );
  });

  it("undoes String for every double below 1e18, and refuses the others", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value), "unit")).toBe(Math.abs(value) < 1e18 ? value + 0 : null);
      }),
      { seed, numRuns: 20_000 },
    );
  });

  it("accepts nothing but digits, a point, signs, groups and a power, whatever the text", () => {
    const pieces = fc.constantFrom(..."0123456789.,-+eE \u00A0'%$()x");
    const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: pieces, maxLength: 9 }));
    fc.assert(
      fc.property(text, (cell) => {
        const value = parseNumber(cell, "unit");
        if (value === null) return;
        const bare = cell.replace(/[, \u00A0\u2009\u202F]/g, "");
        expect(bare).toMatch(/^[-+.\deE]+$/);
        expect(value).toBe(Number(bare) + 0);
      }),
      { seed, numRuns: 20_000 },
    );
  });
});

describe("a number column", () => {
  const file = fileOf({ delimiter: "\t" });
  const read = (cell: string) => {
    const bytes = new TextEncoder().encode(`date\tA\n2026-02-13\t${cell}\n`);
    const { gathered, faults } = readCsvFile(file, bytes, [seriesOf("A")]);
    return { values: Array.from(gathered[0]?.observations ?? [], ({ value }) => value), faults };
  };
  const written = fc.tuple(count, decimals, fc.constantFrom("", ",", " "));

  it("never takes junk for a number: one strange character anywhere makes a fault of any number", () => {
    const strange = fc.constantFrom(
      ..."%$€£¥()[]/\\:;_'*#=!?&@~<>abcdfgxyzABNZ–−０１七万亿%‰²½",
      "k",
      "bn",
      "\u00AD",
      "\u200B",
      "\u0660",
    );
    fc.assert(
      fc.property(written, strange, fc.nat(), ([n, places, separator], junk, where) => {
        const number = print(n, places, separator);
        const at = where % (number.length + 1);
        const cell = number.slice(0, at) + junk + number.slice(at);
        const { faults } = read(cell);
        expect(faults).toMatchObject([{ line: 2, column: 2 }]);
        expect(faults[0]?.found).toBe(JSON.stringify(cell));
      }),
      { seed, numRuns: 3000 },
    );
  });

  it("never takes a decimal comma for groups", () => {
    const fraction = fc.oneof(
      fc.stringMatching(/^\d{1,2}$/),
      fc.stringMatching(/^\d{4,8}$/),
      fc.stringMatching(/^\d{3}\d$/),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fraction, (whole, after) => {
        expect(read(`${whole},${after}`).faults).toHaveLength(1);
      }),
      { seed, numRuns: 2000 },
    );
  });

  it("takes every form of number, with spaces around it", () => {
    const padding = fc.constantFrom("", " ", "  ", "\u00A0");
    fc.assert(
      fc.property(written, padding, ([n, places, separator], space) => {
        const { values, faults } = read(`${space}${print(n, places, separator)}${space}`);
        expect(faults).toEqual([]);
        expect(values).toEqual([n / 10 ** places + 0]);
      }),
      { seed, numRuns: 3000 },
    );
  });
});
