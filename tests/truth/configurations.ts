import { addDays, type IsoDate } from "#src/domain/time.ts";
import type { FlowGroup, LevelRule, MilestoneRule, PairRule, Workspace } from "#src/domain/workspace.ts";
import { at } from "#tests/truth/plain.ts";
import type { Point, RawSeries } from "#tests/truth/world.ts";

/** What of a workspace is asked otherwise of the same market, and as of when: words that the sample's own questions do not reach. */
export interface OtherQuestions {
  readonly asOf: IsoDate;
  readonly workspace: Workspace;
}

/** Numbers from 0 to under 1 that a seed makes, of a quality that choosing needs. */
function draws(seed: number): () => number {
  let state = 7_919 * seed + 13;
  return () => {
    state = (1_103_515_245 * state + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const named = (name: string): FlowGroup["name"] => ({ en: `the ${name}`, "zh-CN": `甲${name}` });

/** Any day since 2019, any levels near the indices, multiples of any day or of a peak, any pairs and groups. */
export function otherQuestions(base: Workspace, raw: RawSeries, seed: number): OtherQuestions {
  const next = draws(seed);
  const pick = <T>(list: readonly T[]): T => at(list, Math.floor(next() * list.length));
  const shuffled = <T>(list: readonly T[]): readonly T[] =>
    list
      .map((each) => ({ each, place: next() }))
      .toSorted((a, b) => a.place - b.place)
      .map(({ each }) => each);
  const asOf = addDays("2019-03-01", Math.floor(next() * 2540));
  const until = (id: string, day: IsoDate): readonly Point[] =>
    (raw.get(id) ?? []).filter((point) => point.day <= day);
  const levels = base.superlatives.flatMap((series): readonly LevelRule[] => {
    const { value } = at(until(series, asOf), -1);
    const step = 10 ** (Math.floor(Math.log10(value)) - 1);
    const near = [0.96, 0.99, 1.01, 1.04].map((share) => Math.round((value * share) / step) * step);
    const from = pick(["year", "252"] as const);
    return [...new Set(near)].map((level) => ({ series, level, from }));
  });
  const milestones = base.superlatives.map((series): MilestoneRule => {
    const points = until(series, addDays(asOf, -30));
    const peak = points.reduce((most, point) => (point.value > most.value ? point : most));
    return { series, base: pick([peak, pick(points)]).day };
  });
  const stocks = Object.values(base.surface?.groups ?? {}).flatMap(({ members }) => members);
  const pairs = Object.entries(base.pairs).flatMap(([id, rule]) =>
    [1, 2, 3].map((size): readonly [string, PairRule] => {
      const members = shuffled(stocks);
      const name = named(`pair of ${size}`);
      return [
        `${id}-${size}`,
        {
          ...rule,
          name,
          prose: name,
          short: name,
          long: { ...rule.long, members: members.slice(0, size) },
          shorts: { ...rule.shorts, members: members.slice(size, 2 * size) },
        },
      ];
    }),
  );
  const funds = shuffled(base.catalogue.filter(({ kind }) => kind === "flow").map(({ id }) => id));
  const count = pick([2, 3, 4]);
  const groups = Object.fromEntries(
    Array.from({ length: count }, (_, i): readonly [string, FlowGroup] => [
      `group${i}`,
      {
        name: named(`group ${i}`),
        members: funds.filter((__, place) => place % count === i).slice(0, pick([1, 2, 3])),
        assets: [],
      },
    ]),
  );
  return {
    asOf,
    workspace: {
      ...base,
      levels,
      milestones,
      pairs: Object.fromEntries(pairs),
      flows: { ...base.flows, groups, compare: [Object.keys(groups)] },
      conditions: { ...base.conditions, breaks: base.superlatives, states: pick(base.superlatives) },
      publications: Object.fromEntries(
        Object.entries(base.publications).map(([id, publication]) => [
          id,
          { ...publication, keyNumbers: [] },
        ]),
      ),
    },
  };
}
