import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { terminal } from "#tests/cli/tideline.ts";
import { root } from "#tests/render/press.ts";

describe("npm run bench", () => {
  it.each([
    ["pairs", "0"],
    ["pairs", "-1"],
    ["pairs", "some"],
    ["pairs", "1.5"],
    ["pairs", ""],
    ["rows", "0"],
    ["rows", "many"],
  ])("takes --%s=%s for no number, before it does anything", (option, value) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, "bench/bench.ts"), `--${option}=${value}`],
      { encoding: "utf8", env: terminal() },
    );
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(`bench: --${option} requires a whole number from 1, found ${value}\n`);
  });
});
