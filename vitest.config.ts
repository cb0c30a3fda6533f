import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/slow/**"],
    env: { TZ: "America/St_Johns" },
    clearMocks: true,
    // By default one core stays idle: half of two.
    maxWorkers: "100%",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    experimental: { viteModuleRunner: false },
  },
});
