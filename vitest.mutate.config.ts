import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** What mutants of the pure core meet: its own tests, but for the one that gathers evidence for ten seconds. Vite must load the modules. */
export default defineConfig({
  test: {
    ...base.test,
    globalSetup: [],
    experimental: {},
    include: ["tests/{metrics,statements}/**/*.test.ts"],
    exclude: ["tests/statements/gates.test.ts"],
  },
});
