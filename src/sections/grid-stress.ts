import type { Fact, Reason } from "#src/domain/fact.ts";
import type { Unit } from "#src/domain/quantity.ts";
import type { Cell, Row, Table } from "#src/domain/table.ts";
import {
  type BasketStress,
  basketStress,
  basketStressPath,
  type StressComponent,
  type StressInputs,
  type StressPaths,
  stressOf,
  stressRules,
} from "#src/metrics/basket-stress.ts";
import type { Path } from "#src/metrics/panel.ts";
import { insufficient, type Measured, mapMeasured, ok } from "#src/metrics/result.ts";
import type { basketFacts, Theme } from "#src/sections/grid-basket.ts";
import { staleness } from "#src/sections/market.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { alignedTo } from "#src/sections/surface-data.ts";
import { tailOfOverlapping } from "#src/sections/tail.ts";
import { themeStress } from "#src/statements/rules/grid.ts";

/** The components in the order of the page, with the units of what they are made of and of how they stand. */
const components = [
  { name: "strength", unit: "return", standing: "z" },
  { name: "drawdown", unit: "return", standing: "percentile" },
  { name: "volatility", unit: "volatility", standing: "percentile" },
  { name: "breadth", unit: "share", standing: "percentile" },
  { name: "volume", unit: null, standing: "z" },
] as const satisfies readonly {
  readonly name: StressComponent;
  readonly unit: Unit | null;
  readonly standing: Unit;
}[];

/** Sessions that neighbours of a component share (G20). */
const overlap = 20;

/** The stress of a basket and its components. */
export interface Stress {
  readonly question: Question;
  readonly table: Table | null;
  readonly isKnown: boolean;
}

/** How many of five components are in a tail, and which way (L2). */
export function stressQuestion(
  context: SectionContext,
  theme: Theme,
  { names, start, inception }: ReturnType<typeof basketFacts>,
): Stress {
  const inputs = inputsOf(context, theme);
  const measured = basketStress(inputs);
  const paths = basketStressPath(inputs);
  const { dates, basis, prefix } = theme;
  const { volume } = theme.rule;
  const series = [...theme.series, ...(volume === null ? [] : [volume])];
  const fact = factsOf(context, `${prefix}.stress`, {
    series,
    method: "L2 basket stress",
    params: { ...stressRules.tail, history: stressRules.history.preferred },
    window: { start: dates[theme.basket.inception] ?? null, end: dates.at(-1) ?? null, n: dates.length },
  });
  const of = (take: (value: BasketStress) => number) => mapMeasured(measured, take);
  const most = of(({ up, down }) => Math.max(up, down));
  const neutral = of(neutralOf);
  const evidence = {
    down: fact(
      "down",
      of(({ down }) => down),
      "count",
    ),
    up: fact(
      "up",
      of(({ up }) => up),
      "count",
    ),
    most: fact("most", most, "count", { stats: tailOfCounts(paths, most) }),
    neutral: fact("neutral", neutral, "count"),
    aim: neutral.value === null ? null : neutral.value > 0 ? "neutral" : "pointing",
    measured: fact("measured", measured.value === null ? measured : ok(measured.n, measured.n), "count"),
    direction: measured.value?.direction ?? null,
    basis,
    start,
    inception,
    names,
  };
  return {
    question: {
      ladder: themeStress,
      subject: {
        id: theme.rule.basket,
        name: { name: theme.names.short },
        prose: { name: theme.names.prose },
        evidence,
      },
    },
    table: measured.value === null ? null : tableOf(context, theme, measured.value, series),
    isKnown: measured.value !== null,
  };
}

function inputsOf(context: SectionContext, theme: Theme): StressInputs {
  const { dates, basket, marketLevels, members } = theme;
  return {
    basket: basket.level,
    benchmark: marketLevels,
    members: members.map(({ prices, from, until }) =>
      prices.map((price, t) => {
        const day = dates[t] ?? "";
        return day >= from && (until === null || day <= until) ? price : null;
      }),
    ),
    volume: volumeOf(context, theme),
  };
}

/** What was traded on the basket's sessions; nowhere, where it is not known at the end of the week. */
function volumeOf(context: SectionContext, { rule, dates }: Theme): Path {
  const column = rule.volume === null ? null : context.panel.column(rule.volume);
  if (column === null || staleness(context, column) !== null) return dates.map(() => null);
  return alignedTo(dates, column).map((volume) => (volume > 0 ? volume : null));
}

/** How rare it is that so many components are in one tail. */
function tailOfCounts({ standing }: StressPaths, { value }: Measured<number>): NonNullable<Fact["stats"]> {
  if (value === null) return {};
  const history = standing.strength.slice(0, -1).flatMap((_, t): readonly number[] => {
    const then = stressOf({
      strength: standing.strength[t] ?? null,
      drawdown: standing.drawdown[t] ?? null,
      volatility: standing.volatility[t] ?? null,
      breadth: standing.breadth[t] ?? null,
      volume: standing.volume[t] ?? null,
    }).value;
    return then === null ? [] : [Math.max(then.up, then.down)];
  });
  return history.length === 0 ? {} : tailOfOverlapping(history, value, overlap);
}

/** In which tail a component is: of a squeeze, of a sell-off, of either, or in none. */
function tailOf(name: StressComponent, value: number): "up" | "down" | "either" | "none" {
  const { z, percentile } = stressRules.tail;
  switch (name) {
    case "strength":
      return value >= z ? "up" : value <= -z ? "down" : "none";
    case "volume":
      return value >= z ? "either" : "none";
    case "volatility":
      return value >= percentile ? "either" : "none";
    default:
      return value >= percentile ? "down" : value <= 100 - percentile ? "up" : "none";
  }
}

/** Components in a tail that tell no side. */
const neutralOf = ({ standing }: BasketStress): number =>
  components.filter(({ name }) => {
    const value = standing[name];
    return value !== null && tailOf(name, value) === "either";
  }).length;

const missing: Measured<never> = insufficient(0, { code: "no-value" } satisfies Reason);

function tableOf(
  context: SectionContext,
  { names, prefix, dates }: Theme,
  { raw, standing }: BasketStress,
  series: readonly string[],
): Table {
  const fact = factsOf(context, `${prefix}.stress`, {
    series,
    method: "L2 component of basket stress",
    params: {},
    window: { end: dates.at(-1) ?? null, n: stressRules.history.preferred },
  });
  const measure = (value: number | null): Measured<number> => (value === null ? missing : ok(value, 1));
  const known = components.filter(({ name }) => standing[name] !== null);
  const rows = known.map(({ name, unit, standing: how }): Row => {
    const value = unit === null ? null : fact(name, measure(raw[name]), unit);
    const rank = fact(`${name}-${how}`, measure(standing[name]), how);
    const place: Cell =
      rank.value !== null && how === "percentile" ? { percentile: rank.id } : { fact: rank.id };
    const stands = standing[name];
    return {
      head: say(`grid.stress.component.${name}`),
      cells: [
        value === null ? null : { fact: value.id },
        place,
        stands === null ? null : { say: say(`grid.stress.tail.${tailOf(name, stands)}`) },
      ],
    };
  });
  const head = (key: string, align: "left" | "right") => ({ say: say(`grid.stress.head.${key}`), align });
  return {
    id: "grid.stress",
    claim: say("grid.stress.table", { name: { name: names.short } }),
    unit: say("grid.stress.unit"),
    head: [
      head("component", "left"),
      head("value", "right"),
      head("standing", "right"),
      head("tail", "left"),
    ],
    rows,
    notes: [say(`grid.stress.note.${standing.volume === null ? "no-volume" : "whole"}`)],
    series,
    size: "half",
  };
}
