import { subindustries } from "./catalogue.ts";
import { press } from "./motions.ts";
import { levelAt, type Path, type Paths, pathOf } from "./path.ts";
import type { Draws } from "./random.ts";

/** Week by week: the share of articles that tell each story, in logs, and the tone of those that do. */
export function drawStories(weeks: readonly string[], next: () => Draws): readonly Path[] {
  const shares = Object.entries(press.shares).map(([id, { mean }]) => drawShare(id, weeks, mean, next()));
  const tones = Object.entries(press.tones).map(([id, mean]) => {
    const stray = drawStray(weeks.length, press.tone, next());
    return { ...{ id, dates: weeks, scale: "difference" as const }, values: stray.map((v) => mean + v) };
  });
  const risks = subindustries.map(({ id }) => drawShare(`M_${id}`, weeks, press.subindustry.risk, next()));
  return [...shares, ...tones, ...risks];
}

const drawShare = (id: string, dates: readonly string[], mean: number, draws: Draws): Path => ({
  ...{ id, dates, scale: "log" },
  values: drawStray(dates.length, press.story, draws).map((v) => Math.log(mean) + v),
});

function drawStray(
  length: number,
  { persistence, sigma }: { readonly persistence: number; readonly sigma: number },
  { normal }: Draws,
): Float64Array {
  let stray = (sigma / Math.sqrt(1 - persistence * persistence)) * normal();
  return Float64Array.from({ length }, () => {
    stray = persistence * stray + sigma * normal();
    return stray;
  });
}

/** The counts that are published: all articles, and of each story about its share of them. */
export function countStories(weeks: readonly string[], stories: Paths, next: () => Draws): readonly Path[] {
  const totals = new Map(
    Object.entries(press.totals).map(([id, mean]) => [id, drawTotal(id, weeks, mean, next())]),
  );
  const told = Object.entries(press.shares).map(([id, { of }]) =>
    drawHits(pathOf(stories, id), pathOf(totals, of), next()),
  );
  const risks = subindustries.flatMap(({ id }) => {
    const total = drawTotal(`T_${id}`, weeks, press.subindustry.articles, next());
    return [drawHits(pathOf(stories, `M_${id}`), total, next()), total];
  });
  return [...totals.values(), ...told, ...risks];
}

function drawTotal(id: string, dates: readonly string[], mean: number, { normal }: Draws): Path {
  const values = Float64Array.from(dates, () => Math.round(mean * (1 + press.totalNoise * normal())));
  return { id, dates, scale: "difference", values };
}

/** About as many as the share says, with the chance of counting. */
function drawHits(share: Path, total: Path, { normal }: Draws): Path {
  const values = total.values.map((articles, t) => {
    const expected = articles * levelAt(share, t);
    return Math.min(articles, Math.max(0, Math.round(expected + Math.sqrt(expected) * normal())));
  });
  return { ...total, id: share.id, values };
}
