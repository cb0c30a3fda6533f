import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashFile, readDataFiles } from "#src/sources/files.ts";
import { csvFolder, fileOf, seriesOf } from "#tests/sources/csv-folder.ts";

const { dir, put } = csvFolder();

describe("the hash of a CSV file", () => {
  const row = "2026-02-13,1\n";
  it.each([0, 1, 1 << 19, (1 << 20) + 1])(
    "is that of all its %i bytes and more, the same when it is read",
    async (size) => {
      const text = `date,A\n${row.repeat(Math.ceil(size / row.length))}`;
      const file = put(text);
      const expected = createHash("sha256").update(text).digest("hex");
      expect(await hashFile(file)).toBe(expected);
      expect((await readDataFiles([file], [seriesOf("A")])).map(({ sha256 }) => sha256)).toEqual([expected]);
    },
  );

  it.each([
    ["is not there", `${dir}/none.csv`],
    ["is a folder", dir],
  ])("is null where the file %s", async (_, location) => {
    expect(await hashFile(fileOf({ location }))).toBeNull();
  });
});
