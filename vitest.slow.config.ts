import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** The slow kinds: fuzz, kill and load, a seeded tenth of their full counts unless TIDELINE_FULL is set. */
export default mergeConfig(
  { ...base, test: { ...base.test, projects: undefined } },
  defineConfig({ test: { include: ["tests/slow/**/*.test.ts"], testTimeout: 600_000 } }),
);
