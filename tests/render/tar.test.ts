import { describe, expect, it } from "vitest";
import { tarEntries } from "#src/render/tar.ts";

const block = 512;

/** One ustar entry, written from the description of the format: name, size in octal, type, then the bytes in whole blocks. */
function entry(name: string, content: string, { type = "0", size = "" } = {}): Buffer {
  const bytes = Buffer.from(content);
  const head = Buffer.alloc(block);
  head.write(name, 0, "latin1");
  head.write(size || `${bytes.length.toString(8).padStart(11, "0")}\0`, 124, "latin1");
  head.write(type, 156, "latin1");
  head.write("ustar\0" + "00", 257, "latin1");
  const padded = Buffer.alloc(Math.ceil(bytes.length / block) * block);
  bytes.copy(padded);
  return Buffer.concat([head, padded]);
}

const end = Buffer.alloc(2 * block);
const read = (...parts: readonly Buffer[]) =>
  [...tarEntries(Buffer.concat(parts))].map(({ name, bytes }) => [name, bytes.toString()]);

describe("tarEntries", () => {
  it("gives files with their names and exact bytes, in order", () => {
    const long = "x".repeat(block + 1);
    expect(read(entry("lib/a.so", "hello"), entry("lib/b.so", long), entry("empty", ""), end)).toEqual([
      ["lib/a.so", "hello"],
      ["lib/b.so", long],
      ["empty", ""],
    ]);
  });

  it.each([block - 1, block, block + 1, 2 * block])("keeps its place after a file of %i bytes", (length) => {
    const files = read(entry("a", "y".repeat(length)), entry("b", "after"), end);
    expect(files.map(([name, bytes]) => [name, bytes?.length])).toEqual([
      ["a", length],
      ["b", 5],
    ]);
  });

  it("passes over folders, links and extended headers", () => {
    const others = [
      entry("lib/", "", { type: "5" }),
      entry("lib/link", "", { type: "2" }),
      entry("lib/hard", "", { type: "1" }),
      entry("pax", "30 mtime=1700000000.000000000\n", { type: "x" }),
    ];
    expect(read(...others, entry("lib/real", "r"), end)).toEqual([["lib/real", "r"]]);
  });

  it("takes the old type NUL for a file, and sizes that are filled with spaces", () => {
    expect(read(entry("old", "abc", { type: "\0", size: "         3 \0" }), end)).toEqual([["old", "abc"]]);
  });

  it("stops at the first empty block, whatever follows", () => {
    expect(read(entry("a", "1"), end, entry("b", "2"))).toEqual([["a", "1"]]);
  });

  it("finds nothing in nothing", () => {
    expect(read()).toEqual([]);
    expect(read(end)).toEqual([]);
  });
});
