import type { Fact } from "#src/domain/fact.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Cell, Row, Table } from "#src/domain/table.ts";
import type { Assets } from "#src/sections/narrative-assets.ts";
import type { Capex } from "#src/sections/narrative-capex.ts";
import type { Stake } from "#src/sections/narrative-capital.ts";
import type { Diffusion } from "#src/sections/narrative-diffusion.ts";
import type { Intensities, Told } from "#src/sections/narrative-intensity.ts";
import type { Tone } from "#src/sections/narrative-tone.ts";
import type { Victims } from "#src/sections/narrative-victims.ts";
import { say } from "#src/sections/section.ts";

/** What the table shows, line by line. */
export interface Measured {
  readonly intensities: Intensities;
  readonly tones: readonly Tone[];
  readonly stake: Stake;
  readonly diffusion: Diffusion | null;
  readonly victims: Victims | null;
  readonly capex: Capex | null;
  readonly assets: Assets | null;
}

const has = (...facts: readonly Fact[]): boolean => facts.every(({ value }) => value !== null);
const at = (fact: Fact): Place => ({ fact: fact.id });
const head = (measure: string, places: Readonly<Record<string, Place>> = {}): Say =>
  say(`narrative.table.${measure}`, places);
const note = (measure: string, places: Readonly<Record<string, Place>>): Cell => ({
  say: say(`narrative.table.note.${measure}`, places),
});

/** A row with a number; `null` where there is none. */
function row(
  label: Say,
  value: Fact,
  more: { readonly percentile?: Fact; readonly note?: Cell } = {},
): Row | null {
  if (value.value === null) return null;
  const { percentile } = more;
  const rank = percentile === undefined || percentile.value === null ? null : { percentile: percentile.id };
  return {
    head: label,
    cells: [{ fact: value.id }, rank, more.note ?? null],
  };
}

/** What was measured of narratives, a row each; what does not exist is left out. `null` without any. */
export function measuresTable({
  intensities,
  tones,
  stake,
  diffusion,
  victims,
  capex,
  assets,
}: Measured): Table | null {
  const rows = [
    ...intensities.told.map(intensityRow),
    row(head("weaker"), intensities.weaker),
    ...tones.map(({ theme, tone, n }) =>
      row(head("tone", { theme: { name: theme.short } }), tone, { note: note("tone", { n: at(n) }) }),
    ),
    diffusion && diffusionRow(diffusion),
    victims && victimsRow(victims),
    row(head("capital"), stake.names, {
      note: note("capital", { total: at(stake.total), day: at(stake.day) }),
    }),
    ...(capex === null ? [] : capexRows(capex)),
    assets && assetsRow(assets),
  ].filter((each) => each !== null);
  if (rows.length === 0) return null;
  const series = rowsSeries({ intensities, tones, stake, diffusion, victims, capex, assets });
  return {
    id: "narrative.measures",
    claim: head("claim"),
    unit: has(intensities.day, intensities.base.from)
      ? head("unit.dated", {
          day: at(intensities.day),
          from: { fact: intensities.base.from.id, full: true },
          to: { fact: intensities.base.to.id, full: true },
          level: at(intensities.level),
        })
      : head("unit.plain"),
    head: [
      { say: head("measure"), align: "left" },
      { say: head("latest"), align: "right" },
      { say: head("percentile"), align: "right" },
      { say: head("beside"), align: "left" },
    ],
    rows,
    notes: [
      ...(victims !== null && has(victims.rise) ? [head("below.victims")] : []),
      ...(capex !== null && has(capex.spent, capex.quarter)
        ? [head("below.capex", { quarter: at(capex.quarter) })]
        : []),
    ],
    series,
    size: "wide",
  };
}

function intensityRow({ theme, value, percentile, share, low, high }: Told): Row | null {
  const places = { share: at(share), low: at(low), high: at(high) };
  return row(head("intensity", { theme: { name: theme.short } }), value, {
    percentile,
    ...(has(share, low, high) ? { note: note("share", places) } : {}),
  });
}

function diffusionRow({ hit, known, change, day }: Diffusion): Row | null {
  const places = { known: at(known), day: at(day) };
  return row(head("hit"), hit, {
    note: has(change)
      ? note("hit", { ...places, change: { fact: change.id, signed: true } })
      : note("known", places),
  });
}

const isClear = ({ stats }: Fact): boolean => (stats?.q ?? stats?.p ?? 1) <= 0.1;

/** Of an asymmetry that may be chance the row says so, by the gate of the word (N5). */
const victimsRow = ({ rule, told, rise, fall, asymmetry, n }: Victims): Row | null =>
  row(head("victims", { name: { name: rule.name }, theme: { name: told.theme.short } }), rise, {
    note: note(isClear(asymmetry) ? "victims" : "victims-weak", {
      fall: { fact: fall.id, signed: true },
      n: at(n),
    }),
  });

function capexRows({
  spent,
  spentBefore,
  earned,
  earnedBefore,
  growth,
  depreciation,
  margin,
}: Capex): readonly (Row | null)[] {
  const before = (then: Fact): Cell | undefined =>
    has(then) ? note("before", { value: at(then) }) : undefined;
  const besides = (cell: Cell | undefined) => (cell === undefined ? {} : { note: cell });
  return [
    row(head("spent"), spent, besides(before(spentBefore))),
    row(head("earned"), earned, besides(before(earnedBefore))),
    row(
      head("growth"),
      growth,
      has(depreciation, margin)
        ? {
            note: note("growth", {
              depreciation: { fact: depreciation.id, signed: true },
              margin: at(margin),
            }),
          }
        : {},
    ),
  ];
}

const assetsRow = ({ spread, z, names, side }: Assets): Row | null =>
  row(head("assets"), spread, {
    note: has(z)
      ? note("assets", { z: at(z), names: at(names), side: at(side) })
      : note("assets-unranked", { names: at(names), side: at(side) }),
  });

/** Series that any row is of. */
function rowsSeries({
  intensities,
  tones,
  stake,
  diffusion,
  victims,
  capex,
  assets,
}: Measured): readonly string[] {
  const facts = [
    ...intensities.told.map(({ value }) => value),
    ...tones.map(({ tone }) => tone),
    stake.total,
    ...(diffusion === null ? [] : [diffusion.hit]),
    ...(victims === null ? [] : [victims.rise]),
    ...(capex === null ? [] : [capex.spent]),
    ...(assets === null ? [] : [assets.spread]),
  ];
  return [...new Set(facts.filter(({ value }) => value !== null).flatMap(({ series }) => series))];
}
