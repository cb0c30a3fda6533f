import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { terminal } from "#tests/cli/tideline.ts";
import { root } from "#tests/render/press.ts";

describe("npm run bench", () => {
  it.each(["0", "-1", "some", "1.5", ""])(
    "takes %j for no number of pairs, before it does anything",
    (pairs) => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(root, "bench/bench.ts"), `--pairs=${pairs}`],
        { encoding: "utf8", env: terminal() },
      );
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toBe(`bench: --pairs requires a whole number from 1, found ${pairs}\n`);
    },
  );
});
