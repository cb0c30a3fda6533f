import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    env: { TZ: "America/St_Johns" },
    globalSetup: "tests/setup.ts",
    clearMocks: true,
    // By default one core stays idle: half of two.
    maxWorkers: "100%",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    experimental: { viteModuleRunner: false },
    // Loading modules takes longest: files of tests share them, and leave nothing behind in the process.
    isolate: false,
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/slow/**"],
  },
});
