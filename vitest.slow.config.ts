import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** The slow kinds: fuzz, kill and load, a seeded tenth of their full counts unless TIDELINE_FULL is set; and the long variants. */
export default defineConfig({
  test: { ...base.test, include: ["tests/slow/**/*.test.ts"], exclude: [], testTimeout: 600_000 },
});
