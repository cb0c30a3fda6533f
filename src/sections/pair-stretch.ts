import type { Fact } from "#src/domain/fact.ts";
import { hedgeWindow } from "#src/metrics/hedge-ratio.ts";
import { pairReturnZ } from "#src/metrics/pair-return-z.ts";
import { mapMeasured } from "#src/metrics/result.ts";
import { spreadZ, spreadZPath } from "#src/metrics/spread-z.ts";
import { grade } from "#src/sections/market.ts";
import { legLevels, type Pair, pairFacts, thinness, unlessThin } from "#src/sections/pair-data.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { tailOfOverlapping } from "#src/sections/tail.ts";
import { pairStretch } from "#src/statements/rules/pair-levels.ts";

/** Sessions of a move, and how many earlier moves it is compared with. */
const horizon = 20;
const history = 756;

/** How far a pair has gone: its return over 20 sessions and its spread, each against its own past. */
export interface Stretch {
  readonly move: Fact;
  readonly moveZ: Fact;
  readonly spread: Fact;
  readonly sessions: Fact;
  /** Earlier moves that do not overlap. */
  readonly independent: Fact;
  readonly question: Question;
}

/** Both z of a pair (P8); which of them is said depends on the relation, whose p-value is the evidence. */
export function stretchOfPair(context: SectionContext, pair: Pair, p: Fact): Stretch {
  const facts = { ...moveFacts(context, pair), spread: spreadFact(context, pair) };
  const size = ({ value }: Fact): number | null => (value === null ? null : Math.abs(Number(value)));
  return {
    ...facts,
    question: {
      ladder: pairStretch,
      subject: {
        id: pair.id,
        name: pair.name,
        prose: pair.prose,
        evidence: {
          p,
          spread: facts.spread,
          spreadSize: size(facts.spread),
          move: facts.move,
          moveZ: facts.moveZ,
          n: facts.sessions,
        },
      },
    },
  };
}

function moveFacts(
  context: SectionContext,
  pair: Pair,
): Pick<Stretch, "move" | "moveZ" | "sessions" | "independent"> {
  const { data, to } = pair;
  const [long, short] = [data.returns.long.slice(0, to), data.returns.short.slice(0, to)];
  const days = data.dates.slice(0, to).slice(-(horizon + history));
  const found = unlessThin(thinness(context, data, days), days.length, () =>
    pairReturnZ(long, short, { horizon, history }),
  );
  const add = pairFacts(context, pair);
  const window = { start: days[0] ?? null, end: days.at(-1) ?? null, n: days.length };
  const shared = { ...grade(found), params: { horizon, history }, window };
  const count = (measure: string, n: number): Fact =>
    add(`return.20.${measure}`, { value: n, unit: "count", method: "P8 sessions of the history", window });
  const [value, z] = [found.value?.value ?? null, found.value?.z ?? null];
  return {
    move: add("return.20", {
      ...shared,
      value,
      unit: "return",
      method: "P8 compounded return of 20 sessions",
    }),
    moveZ: add("return.20.z", {
      ...shared,
      value: z,
      unit: "z",
      method: "P8 z of the 20-session return",
      ...(value === null ? {} : { stats: tailOfOverlapping(earlierMoves(pair), value, horizon) }),
    }),
    sessions: count("history", history),
    independent: count("independent", Math.floor(history / horizon)),
  };
}

/** Returns over 20 sessions that ended before the last one: as many as z is taken against. */
function earlierMoves({ data, to }: Pair): readonly number[] {
  const level = data.returns.level.slice(0, to);
  return level
    .flatMap((value, t) => (t < horizon ? [] : [value / (level[t - horizon] ?? Number.NaN) - 1]))
    .slice(-history);
}

function spreadFact(context: SectionContext, pair: Pair): Fact {
  const { dates, long, short } = legLevels(pair);
  const days = dates.slice(-hedgeWindow - 1);
  const found = unlessThin(thinness(context, pair.data, days), days.length, () =>
    mapMeasured(spreadZ(long, short), ({ z }) => z),
  );
  const path = spreadZPath(long, short).value ?? [];
  const earlier = path.slice(0, -1).flatMap((z) => z ?? []);
  return pairFacts(context, pair)("spread.z", {
    ...grade(found),
    value: found.value,
    unit: "z",
    method: "P8 z of the spread, line of the 252 sessions before",
    window: { start: days[0] ?? null, end: days.at(-1) ?? null, n: hedgeWindow },
    ...(found.value === null ? {} : { stats: tailOfOverlapping(earlier, found.value, horizon) }),
  });
}
