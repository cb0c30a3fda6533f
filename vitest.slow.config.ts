import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** The slow kinds: fuzz and kill, a seeded tenth of their full counts unless TIDELINE_FULL is set. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({ test: { include: ["tests/slow/**/*.test.ts"], testTimeout: 600_000 } }),
);
