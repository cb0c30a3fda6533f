import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { abnormalReturnPath } from "#src/metrics/abnormal-returns.ts";
import { type EventReaction, type EventWindow, eventReaction } from "#src/metrics/event-reaction.ts";
import { innerJoin } from "#src/metrics/inner-join.ts";
import { insufficient, type Measured, mapMeasured, notDefined, ok } from "#src/metrics/result.ts";
import { simpleReturns } from "#src/metrics/returns.ts";
import { rollingMean } from "#src/metrics/rolling.ts";
import { volumeSurge } from "#src/metrics/volume-surge.ts";
import { measureRow, nothing, type Part, type Sector } from "#src/sections/epicentre-part.ts";
import { proseName, shortName, staleness, subjectOf } from "#src/sections/market.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { tailOfOverlapping } from "#src/sections/tail.ts";
import { sectorSelling } from "#src/statements/rules/epicentre.ts";

const sessions = 5;
const window: EventWindow = [0, sessions - 1];

/** The last five sessions beyond what the market explains (B6), and what was traded in them (S12). */
export function sellingOf(context: SectionContext, found: Sector): Part {
  const { sector, market, rule, prefix } = found;
  const late = staleness(context, market);
  const measured = late === null ? reactionOf(found) : insufficient(0, late);
  const volume = volumeOf(context, rule.volume, sector.dates.at(-1) ?? "");
  const facts = sellingFacts(context, found, measured);
  const volumeZ = factsOf(context, prefix, {
    series: rule.volume === null ? [] : [rule.volume],
    method: "A9 z-score of five sessions' volume, in logarithms",
    params: { window: sessions, history: 756 },
    window: { end: sector.dates.at(-1) ?? null, n: volume.n },
  })("volume-z", volume, "z");
  const name = { market: shortName(market.series) };
  return {
    ...nothing,
    questions: [
      {
        ladder: sectorSelling,
        subject: {
          ...subjectOf(sector.series),
          places: {
            market: proseName(market.series),
            move: { fact: facts.abnormal.id },
          },
          evidence: { ...facts, volumeZ, isTraded: rule.volume !== null },
        },
      },
    ],
    rows: [
      ...measureRow(say("epicentre.measure.abnormal", name), { value: facts.abnormal, z: facts.z }),
      ...measureRow(say("epicentre.measure.beta", name), { value: facts.beta }),
      ...measureRow(say("epicentre.measure.volume"), { z: volumeZ }),
    ],
    series: [market.series.id, ...(volume.value === null || rule.volume === null ? [] : [rule.volume])],
    gaps: [
      ...(measured.value === null ? [say("epicentre.gap.abnormal", name)] : []),
      ...(rule.volume !== null && volume.value === null ? [say("epicentre.gap.volume")] : []),
    ],
  };
}

/** Returns of the sector and its market on the days that both have (G6). */
function joined({ sector, market }: Sector) {
  const { dates, values } = innerJoin([sector, market]);
  const [own = [], shared = []] = values.map((prices) => simpleReturns(prices).value ?? []);
  return { dates: dates.slice(1), own, shared };
}

function reactionOf(found: Sector): Measured<EventReaction> {
  const { dates, own, shared } = joined(found);
  if (dates.at(-1) !== found.sector.dates.at(-1)) return notDefined("no-common-day", dates.length);
  if (own.length < sessions) return insufficient(own.length, { code: "too-few", need: sessions });
  return eventReaction(own, shared, own.length - sessions, [window]);
}

type Facts = Readonly<Record<"abnormal" | "z" | "beta" | "from", Fact>>;

function sellingFacts(context: SectionContext, found: Sector, measured: Measured<EventReaction>): Facts {
  const { dates, own, shared } = joined(found);
  const start = dates.at(-sessions) ?? null;
  const fact = factsOf(context, found.prefix, {
    series: [found.sector.series.id, found.market.series.id],
    method: "B6 event reaction: five sessions against the market, estimated on the sessions 250 to 30 before",
    params: { from: window[0], to: window[1] },
    window: { start, end: dates.at(-1) ?? null, n: Math.min(sessions, dates.length) },
  });
  const of = (take: (each: NonNullable<EventReaction["windows"][number]>) => number): Measured<number> => {
    const [reaction = null] = measured.value?.windows ?? [];
    return reaction === null ? without(measured) : ok(take(reaction), measured.n);
  };
  return {
    abnormal: fact(
      "abnormal.5d",
      of(({ car }) => car),
      "return",
      { stats: tail(own, shared, measured) },
    ),
    z: fact(
      "abnormal.5d-z",
      of(({ z }) => z),
      "z",
    ),
    beta: fact(
      "abnormal.beta",
      mapMeasured(measured, ({ beta }) => beta ?? Number.NaN),
      "ratio",
    ),
    from: fact("abnormal.from", start === null ? notDefined("no-value", 0) : ok(start, sessions), "date"),
  };
}

/** Why there is no reaction. */
const without = ({ n, reasons }: Measured<EventReaction>): Measured<never> => insufficient(n, ...reasons);

/** How rare such a move is among those of earlier sessions, each by the beta before it. */
function tail(
  own: readonly number[],
  shared: readonly number[],
  { value }: Measured<EventReaction>,
): NonNullable<Fact["stats"]> {
  if (value === null) return {};
  const moves = rollingMean(abnormalReturnPath(own, shared), sessions);
  const last = moves.at(-1) ?? null;
  const history = moves.slice(0, -1).filter((each) => each !== null);
  return last === null || history.length < 1 ? {} : tailOfOverlapping(history, last, sessions);
}

function volumeOf(context: SectionContext, id: string | null, day: IsoDate): Measured<number> {
  if (id === null) return insufficient(0, { code: "not-configured" });
  const column: Column = context.panel.column(id);
  const late = staleness(context, column);
  if (late !== null) return insufficient(0, late);
  if (column.dates.at(-1) !== day) return notDefined("no-common-day", column.dates.length);
  return volumeSurge(column.values);
}
