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
export function draws(seed: number): () => number {
  let state = 7_919 * seed + 13;
  return () => {
    state = (1_103_515_245 * state + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** What holding a pair of so many names costs: nothing that is told, what is usual, much. */
const costsBySize: readonly PairRule["costs"][] = [
  null,
  { cash: "US3M", borrow: 0.003, spread: 0.005, trading: 0.0005 },
  { cash: "US3M", borrow: 0.2, spread: 0.06, trading: 0.004 },
];

const named = (name: string): FlowGroup["name"] => ({ en: `the ${name}`, "zh-CN": `甲${name}` });

/** Any day since 2019, any levels near the indices, multiples of any day or of a peak, any pairs, groups, sectors and themes. */
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
          costs: at(costsBySize, size - 1),
          long: { ...rule.long, members: members.slice(0, size) },
          shorts: { ...rule.shorts, members: members.slice(size, 2 * size) },
        },
      ];
    }),
  );
  const funds = shuffled(
    base.catalogue.filter(({ kind, file }) => kind === "flow" && file === "flows").map(({ id }) => id),
  );
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
  const indices = base.catalogue.filter(({ id }) => /^(X[A-Z]{3}|SW[A-Z]+)$/.test(id)).map(({ id }) => id);
  const plants = base.catalogue.filter(({ id }) => id.startsWith("PPE_")).map(({ id }) => id);
  const monthly = [
    "ELECPI",
    "LOAD",
    "CAPPRICE",
    "CORECPI",
    "LEI",
    "KRPE",
    "JPPE",
    "USTR",
    "CAP_CHIPS_A",
    "CAP_MEMORY",
  ];
  const prices = shuffled([...indices, ...stocks]);
  const { narratives, epicentre, grid } = base;
  return {
    asOf,
    workspace: {
      ...base,
      narratives: narratives && {
        ...narratives,
        themes: pick([narratives.themes, [narratives.themes[1], narratives.themes[0]]] as const),
        capital: shuffled(narratives.capital).slice(0, pick([3, 6, 10])),
        victims: narratives.victims && {
          ...narratives.victims,
          theme: pick(narratives.themes).id,
          members: shuffled(stocks).slice(0, pick([1, 3, 5])),
          market: pick(["WORLD", "XTEC", "USEW"]),
        },
        diffusion: narratives.diffusion && {
          ...narratives.diffusion,
          market: pick(["WORLD", "SOFT", "XTEC"]),
        },
        // Companies enough for fifths: shares of plant are asked of other prices as well.
        intensity: prices.map((series, i) => ({ series, assets: at(plants, i % plants.length) })),
      },
      epicentre: epicentre && {
        ...epicentre,
        sector: pick(["SOFT", ...indices]),
        market: pick(["USLC", "WORLD", "USEW"]),
        multiple: pick(["SOFTPE", "KRPE", "JPPE"]),
        volume: pick(["SOFT_VOL", "GRID_VOL", null]),
        subindustries: pick([shuffled(indices).slice(0, 3), []]),
        names: shuffled(stocks).slice(0, pick([3, 5, 10])),
      },
      grid: grid && {
        basket: pick(["gridbuild", "builders"]),
        market: pick(["USLC", "WORLD", "XUTI"]),
        volume: pick(["SOFT_VOL", "GRID_VOL", null]),
        spillover: shuffled(monthly).slice(0, pick([2, 3, 5])),
      },
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
