import type { Entry } from "./catalogue.ts";
import { levelOn, type Paths, pathOf } from "./path.ts";
import { type Scenario, targetsOf } from "./scenario.ts";

/** A number that somebody is quoted with. */
export interface Quote {
  readonly series: string;
  readonly date: string;
  readonly value: string;
  readonly source: { readonly en: string; readonly "zh-CN": string };
}

interface Known {
  readonly daily: Paths;
  readonly monthly: Paths;
}

const strategists = { en: "Sim strategists", "zh-CN": "模拟策略师" } as const;
const estimates = { en: "Sim consensus", "zh-CN": "模拟一致预期" } as const;

/** What is quoted: the scenario's numbers, or such as follow from the market. */
export function quotes(series: readonly Entry[], known: Known, scenario: Scenario | null): readonly Quote[] {
  const decimals = new Map(series.map((each) => [each.id, each.decimals]));
  const constructed = targetsOf(scenario, "quote").flatMap(({ series, on, value, source }) =>
    series.map((id) => ({ series: id, date: on, value, source })),
  );
  return (scenario === null ? ordinary(known) : constructed).map((quote) => ({
    ...quote,
    value: quote.value.toFixed(decimals.get(quote.series) ?? 0),
  }));
}

/** Targets above the market of the day, and earnings that a multiple of the month implies. */
function ordinary({ daily, monthly }: Known) {
  const target = (series: string, index: string, on: string) => ({
    ...{ series, date: on, source: strategists },
    value: 100 * Math.round((1.08 * levelOn(pathOf(daily, index), on)) / 100),
  });
  const earned = (series: string, month: string) => ({
    ...{ series, date: "2026-01-30", source: estimates },
    value: levelOn(pathOf(daily, "KRIX"), month) / levelOn(pathOf(monthly, "KRPE"), month),
  });
  return [
    target("KRTARGET", "KRIX", "2025-11-12"),
    target("KRTARGET", "KRIX", "2026-01-28"),
    target("JPTARGET", "JPIX", "2026-01-21"),
    earned("KREPS24", "2023-12-29"),
    earned("KREPS25", "2024-12-31"),
    earned("KREPS26", "2025-12-31"),
  ];
}
