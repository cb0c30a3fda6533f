import { defineConfig } from "vitest/config";

/** Folders whose tests leave nothing behind in the process: they share their modules, whose loading takes longest. */
const together = ["calendar", "config", "domain", "locale", "metrics", "quality", "sections", "sources"];

export default defineConfig({
  test: {
    env: { TZ: "America/St_Johns" },
    clearMocks: true,
    // By default one core stays idle: half of two.
    maxWorkers: "100%",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    experimental: { viteModuleRunner: false },
    projects: [
      {
        extends: true,
        test: {
          name: "together",
          isolate: false,
          include: together.map((name) => `tests/${name}/**/*.test.ts`),
        },
      },
      {
        extends: true,
        test: {
          name: "apart",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/slow/**", ...together.map((name) => `tests/${name}/**`)],
        },
      },
    ],
  },
});
