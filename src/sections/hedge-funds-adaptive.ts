import type { HedgeFundRules } from "#src/domain/hedge-fund-rules.ts";
import {
  type AdaptiveSpread,
  adaptiveSpread,
  adaptiveSpreadPath,
  adaptiveWindow,
} from "#src/metrics/adaptive-spread.ts";
import { type Measured, mapMeasured } from "#src/metrics/result.ts";
import { simpleReturns } from "#src/metrics/returns.ts";
import { type Climate, type Joined, joinedOf, readingOf, rowOf } from "#src/sections/hedge-funds-climate.ts";
import { proseName, shortName } from "#src/sections/market.ts";
import { factsOf, without } from "#src/sections/regime-data.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { tailOfOverlapping } from "#src/sections/tail.ts";
import { adaptiveRoom } from "#src/statements/rules/hedge-funds.ts";

/** Strategies that follow prices against the same assets in equal parts, over sixty sessions (K7). */
export function adaptiveOf(context: SectionContext, rule: NonNullable<HedgeFundRules["adaptive"]>): Climate {
  const joined = joinedOf(context, rule.adaptive, rule.static);
  const [adaptive, constant] = joined.columns;
  const facts = factsOfSpread(context, joined);
  const { spread, low, high } = facts;
  const ends = { from: { fact: low.id, signed: true }, to: { fact: high.id, signed: true } };
  const question: Question = {
    ladder: adaptiveRoom,
    subject: {
      id: "adaptive",
      places: { adaptive: proseName(adaptive.series), static: proseName(constant.series), ...ends },
      evidence: facts,
    },
  };
  if (spread.value === null)
    return { question, rows: () => [], gaps: [say("hedge-funds.gap.adaptive")], notes: [], series: [] };
  return {
    question,
    rows: (answers) => [
      rowOf("adaptive", spread, {
        beside: { say: say("hedge-funds.climate.interval", { low: ends.from, high: ends.to }) },
        reading: readingOf(answers, question),
        places: { adaptive: shortName(adaptive.series), static: shortName(constant.series) },
      }),
    ],
    gaps: [],
    notes: [say("hedge-funds.climate.note.adaptive")],
    series: spread.series,
  };
}

function factsOfSpread(context: SectionContext, joined: Joined) {
  const { dates, columns } = joined;
  const { measured, earlier } = spreadOf(joined);
  const { value } = measured;
  const { level, block, replicates, seed } = value?.interval ?? {};
  const fact = factsOf(context, "hedge-funds.adaptive", {
    series: columns.map(({ series }) => series.id),
    method: "K7 adaptive against static",
    params: {
      window: adaptiveWindow,
      level: level ?? null,
      block: block ?? null,
      replicates: replicates ?? null,
      seed: seed ?? null,
    },
    window: {
      start: dates.at(-adaptiveWindow - 1) ?? dates[0] ?? null,
      end: dates.at(-1) ?? null,
      n: measured.n,
    },
  });
  const spread = mapMeasured(measured, (each) => each.spread);
  return {
    spread: fact("spread", spread, "pp", {
      stats: value === null ? {} : tailOfOverlapping(earlier, value.spread, adaptiveWindow),
    }),
    low: fact(
      "low",
      mapMeasured(measured, ({ interval }) => interval.low),
      "pp",
    ),
    high: fact(
      "high",
      mapMeasured(measured, ({ interval }) => interval.high),
      "pp",
    ),
  };
}

/** The spread, and those of the sessions before. */
function spreadOf({ levels, why }: Joined): {
  readonly measured: Measured<AdaptiveSpread>;
  readonly earlier: readonly number[];
} {
  if (why !== null) return { measured: without(why), earlier: [] };
  const [own, other] = [simpleReturns(levels[0]), simpleReturns(levels[1])];
  if (own.value === null) return { measured: own, earlier: [] };
  if (other.value === null) return { measured: other, earlier: [] };
  const path = adaptiveSpreadPath(own.value, other.value).slice(0, -1);
  return {
    measured: adaptiveSpread(own.value, other.value),
    earlier: path.filter((each) => each !== null),
  };
}
