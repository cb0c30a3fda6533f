import type { LiquidityRule } from "#src/domain/hedge-fund-rules.ts";
import type { Column } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { illiquidityPath } from "#src/metrics/illiquidity.ts";
import {
  type LiquiditySpread,
  liquidityRules,
  liquiditySpread,
  liquiditySpreadPath,
  proxySpread,
  proxySpreadPath,
} from "#src/metrics/liquidity-spread.ts";
import { percentileOfLatest } from "#src/metrics/own-history.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, mapMeasured, ok } from "#src/metrics/result.ts";
import { type Climate, joinedOf, readingOf, rowOf } from "#src/sections/hedge-funds-climate.ts";
import { proseName, shortName } from "#src/sections/market.ts";
import { factsOf, lateness, without } from "#src/sections/regime-data.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { rankTail } from "#src/sections/tail.ts";
import type { Subject } from "#src/statements/rule.ts";
import { liquidityRoom } from "#src/statements/rules/hedge-funds.ts";

/** What the spread of liquid over illiquid is made from. */
interface Basis {
  readonly basis: "proxies" | "fifths";
  readonly dates: readonly IsoDate[];
  readonly path: Path;
  readonly measured: Measured<LiquiditySpread>;
  readonly columns: readonly Column[];
}

/** Liquid against illiquid assets over twenty sessions (K6). */
export function liquidityOf(context: SectionContext, rule: LiquidityRule): Climate {
  const found = "volumes" in rule ? fifthsOf(context, rule.volumes) : proxiesOf(context, rule);
  const { basis, dates, path, measured, columns } = found;
  const { span, history } = liquidityRules;
  const series = columns.map((column) => column.series.id);
  const fact = factsOf(context, "hedge-funds.liquidity", {
    series,
    method:
      basis === "proxies"
        ? "K6 liquid minus illiquid, listed proxies"
        : "K6 liquid minus illiquid, Amihud fifths",
    params: { span, history: history.preferred },
    window: {
      start: dates.at(-span - 1) ?? null,
      end: dates.at(-1) ?? null,
      n: Math.min(span, dates.length),
    },
  });
  const rank = measured.value === null ? measured : percentileOfLatest(path, history);
  const z = fact(
    "z",
    mapMeasured(measured, (value) => value.z),
    "z",
    {
      stats:
        rank.value === null ? {} : rankTail(rank.value, { n: measured.n, overlap: span, side: "either" }),
    },
  );
  const spread = fact(
    "spread",
    mapMeasured(measured, (value) => value.spread),
    "pp",
  );
  const n = fact(
    "history",
    mapMeasured(measured, (value) => value.history),
    "count",
  );
  const names = fact("names", ok(columns.length, columns.length), "count");
  const places = placesOf(found);
  const question: Question = {
    ladder: liquidityRoom,
    subject: {
      id: "liquidity",
      places: places.prose,
      evidence: { spread, z, n },
    },
  };
  return {
    question,
    rows: (answers) =>
      spread.value === null
        ? []
        : [
            rowOf("liquidity", spread, {
              beside: { say: say("hedge-funds.climate.z", { z: { fact: z.id } }) },
              reading: readingOf(answers, question),
              places: places.short,
            }),
          ],
    gaps: spread.value === null ? [say("hedge-funds.gap.liquidity")] : [],
    notes:
      spread.value === null
        ? []
        : [say(`hedge-funds.climate.note.liquidity.${basis}`, { n: { fact: names.id } })],
    series: spread.value === null ? [] : series,
  };
}

/** What is liquid and what is not, as a sentence and as a table calls it. */
function placesOf({
  basis,
  columns,
}: Basis): Readonly<Record<"prose" | "short", Subject["places"] & object>> {
  const [liquid, illiquid] = columns;
  if (basis === "fifths" || liquid === undefined || illiquid === undefined) {
    const fifths = { liquid: { term: "liquidity.most" }, illiquid: { term: "liquidity.least" } };
    return { prose: fifths, short: fifths };
  }
  return {
    prose: { liquid: proseName(liquid.series), illiquid: proseName(illiquid.series) },
    short: { liquid: shortName(liquid.series), illiquid: shortName(illiquid.series) },
  };
}

function proxiesOf(
  context: SectionContext,
  { liquid, illiquid }: { readonly liquid: string; readonly illiquid: string },
): Basis {
  const { columns, dates, levels, why } = joinedOf(context, liquid, illiquid);
  const basis = { basis: "proxies" as const, dates, columns };
  if (why !== null) return { ...basis, path: [], measured: without(why) };
  return { ...basis, path: proxySpreadPath(...levels), measured: proxySpread(...levels) };
}

/** Names by the money that moves them: closes and turnover on the days that any of them has. */
function fifthsOf(context: SectionContext, volumes: Readonly<Record<string, string>>): Basis {
  const pairs = Object.entries(volumes).map(([name, volume]) => ({
    price: context.panel.column(name),
    volume: context.panel.column(volume),
  }));
  const dates = [...new Set(pairs.flatMap(({ price }) => price.dates))].toSorted();
  const on = ({ dates: days, values }: Column): Path => {
    const byDay = new Map(days.map((day, t) => [day, values[t] ?? null]));
    return dates.map((day) => byDay.get(day) ?? null);
  };
  const closes = pairs.map(({ price }) => on(price).map((p) => (p !== null && p > 0 ? p : null)));
  const costs = pairs.map(({ volume }, i) => {
    const [close, shares] = [closes[i] ?? [], on(volume)];
    const returns = close.map((p, t) => {
      const before = close[t - 1] ?? null;
      return p === null || before === null ? null : p / before - 1;
    });
    const turnover = close.map((p, t) => {
      const count = shares[t] ?? null;
      return p === null || count === null || count < 0 ? null : p * count;
    });
    return illiquidityPath(returns, turnover);
  });
  const basis = { basis: "fifths" as const, dates, columns: pairs.map(({ price }) => price) };
  const why = dates.length === 0 ? null : lateness(context, dates.at(-1) ?? "");
  if (why !== null) return { ...basis, path: [], measured: without(why) };
  return { ...basis, path: liquiditySpreadPath(closes, costs), measured: liquiditySpread(closes, costs) };
}
