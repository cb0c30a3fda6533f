import { breakCheckers } from "#tests/truth/breaks.ts";
import { conditionCheckers } from "#tests/truth/conditions.ts";
import { cellOf } from "#tests/truth/grid.ts";
import { type Checker, namesOf, ofSubject, type Truth } from "#tests/truth/judge.ts";
import { endOf, printedDirection, tenth } from "#tests/truth/plain.ts";
import type { World } from "#tests/truth/world.ts";

const trends = ["up", "down", "mixed"] as const;
const calmnesses = ["calm", "normal", "high"] as const;

function gridTruth(world: World, id: string): Truth {
  const cell = cellOf(world, id);
  if (cell === null) return { facts: {}, names: {}, says: {} };
  const way = printedDirection(cell.gap, tenth);
  const cells = trends.flatMap((trend) =>
    calmnesses.flatMap((calmness) => {
      const holds = cell.trend === trend && cell.calmness === calmness;
      return [
        [`regime.claim.${trend}.${calmness}`, holds && !cell.isContradicted],
        [`regime.text.${trend}.${calmness}`, holds && !cell.isContradicted],
        [`regime.text.doubt.${trend}.${calmness}`, holds && cell.isContradicted],
      ] as const;
    }),
  );
  return {
    facts: {
      [`regime.${id}.price-to-average`]: cell.gap,
      [`regime.${id}.rv20`]: cell.volatility,
      [`regime.${id}.rv20-percentile`]: cell.percentile,
      [`regime.${id}.history`]: cell.n,
      [`regime.${id}.since`]: cell.since,
    },
    names: { name: namesOf(world, id) },
    says: {
      "regime.claim.doubt": cell.isContradicted,
      ...Object.fromEntries(cells),
      ...Object.fromEntries(["up", "down", "flat"].map((word) => [`regime.average.${word}`, way === word])),
      ...Object.fromEntries(
        ["bottom", "middle", "top"].map((end) => [
          `regime.percentile.${end}`,
          endOf(cell.percentile) === end,
        ]),
      ),
    },
  };
}

/** What is said of the grid, of the conditions beside it, of changes of volatility and of hidden states. */
export const regimeCheckers: readonly Checker[] = [
  {
    section: "regime",
    standard: "J3 trend and volatility regime",
    ids: /^regime\.[^.]+\.((up|down|mixed)\.(calm|normal|high)|doubt)$/,
    truth: ofSubject(gridTruth),
  },
  ...conditionCheckers,
  ...breakCheckers,
];
