import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A configuration as it is written, to be changed before it is. */
export type Written = Record<string, unknown> & {
  publications: { weekly: Record<string, unknown> };
  series: Record<string, Record<string, unknown>>;
};

/** Two indices and the sections that can be made of them: an issue of three pages. */
export const smallConfig = (): Written => ({
  brand: { responsible: { en: "Test desk", "zh-CN": "测试部" } },
  publications: {
    weekly: {
      title: { en: "Weekly note", "zh-CN": "周报" },
      calendar: "NYSE",
      asOf: "2026-02-13",
      sections: ["headline", "levels", "sources"],
      keyNumbers: ["ALPHA", "BETA"],
    },
  },
  files: {
    prices: {
      path: "data/prices.csv",
      layout: "wide",
      defaults: { kind: "level", calendar: "NYSE", provider: { en: "own records", "zh-CN": "自有数据" } },
    },
  },
  series: {
    ALPHA: { name: { en: "Alpha Index", "zh-CN": "阿尔法指数" } },
    BETA: { name: { en: "Beta Index", "zh-CN": "贝塔指数" }, calendar: "KRX" },
  },
  superlatives: ["ALPHA", "BETA"],
  levels: [{ series: "BETA", level: 6000 }],
});

/** Weekdays from 2024-07-01 to the sample's as-of, each column a slope and a wave of its own. */
export function smallPrices(columns: readonly string[] = ["ALPHA", "BETA"]): string {
  const rows = [`date,${columns.join(",")}`];
  const end = Date.parse("2026-02-13");
  for (let at = Date.parse("2024-07-01"), i = 0; at <= end; at += 86_400_000) {
    if (new Date(at).getUTCDay() % 6 === 0) continue;
    i++;
    const values = columns.map((_, k) => (5500 + i + 120 * Math.sin(i / (9 + 8 * k))).toFixed(2));
    rows.push(`${new Date(at).toISOString().slice(0, 10)},${values.join(",")}`);
  }
  return `${rows.join("\n")}\n`;
}

/** Writes a workspace and returns its folder. JSON is YAML, so no names can slip through quoting. */
export function writeWorkspace(
  folder: string,
  config: object = smallConfig(),
  prices = smallPrices(),
): string {
  mkdirSync(join(folder, "data"), { recursive: true });
  writeFileSync(join(folder, "tideline.yaml"), JSON.stringify(config, null, 2));
  writeFileSync(join(folder, "data/prices.csv"), prices);
  return folder;
}
