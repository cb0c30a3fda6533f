import type { Statement } from "#src/domain/statement.ts";
import type { FlowGroup } from "#src/domain/workspace.ts";
import { paceQ } from "#tests/truth/family.ts";
import { flowOf, flowsOf, groupOf, listOf, paceOf } from "#tests/truth/flow-days.ts";
import { type Checker, claimsAndTexts, ofSubject, onlyIf, type Truth } from "#tests/truth/judge.ts";
import {
  at,
  isAtLeast,
  isAtMost,
  mean,
  type Path,
  present,
  printed,
  printedDirection,
  sum,
  tenth,
  zOf,
} from "#tests/truth/plain.ts";
import type { World } from "#tests/truth/world.ts";

/** Money is printed in hundred millions at the finest. */
const money = 1e8;

/** What is compared: groups with a total, and the funds of those without one. */
interface Compared {
  readonly id: string;
  readonly name: FlowGroup["name"];
  readonly flow: number;
}

function comparedOf(world: World, list: readonly string[]): readonly Compared[] {
  const start = `${world.lastDay.slice(0, 4)}-01-01`;
  return list.flatMap((id): readonly Compared[] => {
    const { name, members } = groupOf(world, id);
    const { year, due } = flowsOf(world, id);
    if (year !== null) return [{ id, name, flow: year }];
    return members.flatMap((fund) => {
      const flow = flowOf(world, fund, start, due);
      return flow === null ? [] : [{ id: fund, name: world.series(fund).short, flow }];
    });
  });
}

const wayOf = ({ flow }: Compared) => printedDirection(flow, money);

/** Which way each of what is compared goes, and which groups have no total. */
interface Balance {
  readonly all: readonly Compared[];
  readonly broken: readonly string[];
  /** The first group with a total. */
  readonly first: string | undefined;
  readonly ups: number;
  readonly downs: number;
}

function balanceOf(world: World, list: readonly string[]): Balance {
  const all = comparedOf(world, list);
  const isBroken = (id: string) => flowsOf(world, id).year === null;
  return {
    all,
    broken: list.filter(isBroken),
    first: list.find((id) => !isBroken(id)),
    ups: all.filter((each) => wayOf(each) === "up").length,
    downs: all.filter((each) => wayOf(each) === "down").length,
  };
}

/** Which words hold of what is compared: shares only where all is whole and goes one way. */
function shareWords(
  { all, broken, ups, downs }: Balance,
  firstWay: string,
): Readonly<Record<string, boolean>> {
  const [n, isWhole] = [all.length, broken.length === 0];
  const areIn = isWhole && n > 1 && ups === n;
  const areOut = isWhole && n > 1 && downs === n;
  return {
    "share-in": areIn && n === 2,
    "share-out": areOut && n === 2,
    "share-in-many": areIn,
    "share-out-many": areOut,
    none: n === 0,
    "no-totals": n > 0 && !isWhole && firstWay === "na",
    "partial.up": !isWhole && firstWay === "up",
    "partial.down": !isWhole && firstWay === "down",
    "partial.flat": !isWhole && firstWay === "flat",
    mixed: isWhole && ups > 0 && downs > 0,
    level: n === 1,
    flat: isWhole && ups + downs === 0,
    "only-in": isWhole && ups === 1 && downs === 0,
    "only-out": isWhole && downs === 1 && ups === 0,
    "most-in": isWhole && ups > 1 && downs === 0,
    "most-out": isWhole && downs > 1 && ups === 0,
  };
}

function shareTruth(world: World, { id }: Statement): Truth {
  const [list = []] = world.workspace.flows.compare;
  const balance = balanceOf(world, list);
  const { all, broken, first } = balance;
  if (all.length === 0)
    return { facts: {}, names: {}, says: claimsAndTexts("flows.", shareWords(balance, "na")) };
  const sorted = all.toSorted((a, b) => b.flow - a.flow);
  const [highest, lowest] = [at(sorted, 0), at(sorted, -1)];
  const firstFlow = first === undefined ? null : flowsOf(world, first).year;
  const words = shareWords(balance, firstFlow === null ? "na" : printedDirection(firstFlow, money));
  const isOut = /out/.test(id);
  const [leader, other] = isOut ? [lowest, highest] : [highest, lowest];
  const total = sum(all.map(({ flow }) => flow));
  const gross = sum(all.map(({ flow }) => Math.abs(flow)));
  const isPartial = broken[0] !== undefined && first !== undefined;
  return {
    facts: {
      "flows.due": flowsOf(world, at(list, 0)).due,
      ...Object.fromEntries(all.map((each) => [`flows.${each.id}.year`, each.flow])),
      [`flows.${leader.id}.share.year`]: leader.flow / total,
      [`flows.${leader.id}.multiple-of.${other.id}.year`]: leader.flow / other.flow,
      ...Object.fromEntries(all.map((each) => [`flows.${each.id}.gross-share.year`, each.flow / gross])),
    },
    names: {
      name: [isPartial ? groupOf(world, first).name : leader.name],
      other: [isPartial ? groupOf(world, at(broken, 0)).name : other.name],
      gainer: [highest.name],
      loser: [lowest.name],
    },
    says: { ...claimsAndTexts("flows.", words), "flows.gross": words.mixed === true },
  };
}

/** Each group's sum over weeks that all of them have. */
function spanSums(all: readonly Path[], from: number, to?: number): readonly number[] {
  const cut = all.map((weeks) => weeks.slice(from, to));
  const whole = at(cut, 0).map((_, t) => cut.every((weeks) => (weeks[t] ?? null) !== null));
  return cut.map((weeks) => sum(weeks.map((flow, t) => (whole[t] ? (flow ?? 0) : 0))));
}

function rotationTruth(world: World, id: string): Truth {
  const list = listOf(world, id);
  const { due, month } = flowsOf(world, id);
  const all = [id, ...list.filter((other) => other !== id)].map((group) => flowsOf(world, group).weeks);
  const [recent, before] = [spanSums(all, -4), spanSums(all, -56, -4)];
  const isNet = [...recent, ...before].every((flow) => flow >= 0);
  const shareOf = (sums: readonly number[]) =>
    at(sums, 0) / sum(sums.map((flow) => (isNet ? flow : Math.abs(flow))));
  const [share, usual] = [shareOf(recent), shareOf(before)];
  const way = month === null ? "na" : printedDirection(month, money);
  const change = printedDirection(share - usual, tenth);
  const basis = isNet ? "net" : "gross";
  const words = ["in-gaining", "in-losing", "out-gaining", "out-losing"].flatMap((word) =>
    ["net", "gross"].map((on): readonly [string, boolean] => {
      const holds =
        word.startsWith(way === "up" ? "in" : way === "down" ? "out" : "-") &&
        word.endsWith(change === "up" ? "gaining" : change === "down" ? "losing" : "-") &&
        on === basis;
      return [`flows.rotation.${word}.${on}`, holds];
    }),
  );
  const plain = ["up", "down", "flat"].map((word): readonly [string, boolean] => [
    `flows.four-weeks.${word}`,
    way === word,
  ]);
  return {
    facts: {
      "flows.due": due,
      [`flows.${id}.4w`]: month,
      [`flows.${id}.share.4w`]: share,
      [`flows.${id}.share.52w-before`]: usual,
    },
    names: { name: [groupOf(world, id).name] },
    says: claimsAndTexts("", Object.fromEntries([...words, ...plain])),
  };
}

function paceTruth(world: World, id: string): Truth {
  const { weeks, month } = flowsOf(world, id);
  const pace = paceOf(world, id);
  const [recent, prior] = [mean(present(weeks.slice(-4))), mean(present(weeks.slice(-17, -4)))];
  const q = paceQ(world, id);
  const [now, then] = [
    printedDirection(recent, quantumOf(recent)),
    printedDirection(prior, quantumOf(prior)),
  ];
  const differs = Math.abs(recent - prior) >= Math.max(quantumOf(recent), quantumOf(prior));
  const isSure = q !== null && isAtMost(q, 0.1);
  const seasons = pace?.seasons ?? [];
  const away =
    pace === null || seasons.length < 2
      ? null
      : (Math.sign(recent - prior) * (recent - mean(seasons))) / pace.spread;
  const isNews = isSure && away !== null && isAtLeast(away, 0.5) && differs;
  const moved = month !== null && printedDirection(month, money) !== "flat";
  const words: Readonly<Record<string, boolean>> = {
    "in-faster": now === "up" && then === "up" && recent > prior,
    "in-slower": now === "up" && then === "up" && recent < prior,
    "out-faster": now === "down" && then === "down" && recent < prior,
    "out-slower": now === "down" && then === "down" && recent > prior,
    "turned-in": now === "up" && then === "down",
    "turned-out": now === "down" && then === "up",
  };
  const plain = ["up", "down"].flatMap((a) =>
    ["up", "down", "flat"].flatMap((b) =>
      ["claim", "text"].map((part) => [
        `flows.pace.plain.${a}.${b}.${part}`,
        moved && now === a && then === b,
      ]),
    ),
  );
  return {
    facts: {
      [`flows.${id}.weekly.4w`]: recent,
      [`flows.${id}.weekly.13w`]: prior,
      [`flows.${id}.season.years`]: seasons.length,
    },
    names: { name: [groupOf(world, id).name] },
    says: {
      ...claimsAndTexts("flows.pace.", onlyIf(isNews, words)),
      ...Object.fromEntries(plain),
      "flows.pace.beyond-season": away !== null && isAtLeast(away, 0.5),
      "flows.pace.within": q !== null && q > 0.1,
      "flows.pace.seasonal": isSure && away !== null && away < 0.5,
    },
  };
}

/**
 * What a sum of money is printed to: three digits or more, from thousands to hundred thousands of millions. Written again on purpose:
 * whether two flows differ as they are printed is part of what is checked.
 */
function quantumOf(value: number): number {
  const rows = [
    [1e13, 1e11],
    [1e12, 1e10],
    [1e9, 1e8],
    [1e8, 1e7],
    [1e7, 1e6],
    [1e6, 1e5],
  ] as const;
  const of = (size: number): number => rows.find(([least]) => size >= least)?.[1] ?? 1e3;
  return of(Math.abs(printed(value, of(Math.abs(value)))));
}

function sizeTruth(world: World, id: string): Truth {
  const { weeks, month } = flowsOf(world, id);
  const blockAt = (end: number): number | null => {
    const block = end < 4 ? [] : present(weeks.slice(end - 4, end));
    return block.length === 4 ? sum(block) : null;
  };
  const blocks = present(Array.from({ length: 39 }, (_, i) => blockAt(weeks.length - 4 * (i + 1))));
  const z = zOf(blocks, blockAt(weeks.length) ?? Number.NaN);
  const way = month === null ? "na" : printedDirection(month, money);
  const isLong = blocks.length >= 26;
  const words: Readonly<Record<string, boolean>> = {
    in: isLong && way === "up" && isAtLeast(z, 2),
    out: isLong && way === "down" && isAtMost(z, -2),
  };
  return {
    facts: { [`flows.${id}.z`]: z, [`flows.${id}.blocks`]: blocks.length },
    names: { name: [groupOf(world, id).name] },
    says: claimsAndTexts("flows.size.large-", words),
  };
}

const section = "flows";

/** What is said of flows; of crowding and of further comparisons the sample has nothing. */
export const flowCheckers: readonly Checker[] = [
  {
    section,
    standard: "H3 marginal share",
    ids: /^flows\.([^.]+\.share-(in|out)|none|no-totals|partial\.\w+|mixed|level|flat|only-in|only-out|most-in|most-out)$/,
    truth: shareTruth,
  },
  {
    section,
    standard: "H7 rotation state",
    ids: /^flows\.[^.]+\.((in|out)-(gaining|losing)\.(net|gross)|four-weeks\.(up|down|flat))$/,
    truth: ofSubject(rotationTruth),
  },
  {
    section,
    standard: "H6 flow acceleration",
    ids: /^flows\.[^.]+\.(in-faster|in-slower|out-faster|out-slower|turned-in|turned-out|seasonal|plain)$/,
    truth: ofSubject(paceTruth),
  },
  {
    section,
    standard: "H5 flow z-score",
    ids: /^flows\.[^.]+\.large-(in|out)$/,
    truth: ofSubject(sizeTruth),
  },
];
