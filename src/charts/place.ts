import type { Point, Segment } from "#src/charts/layers.ts";
import type { Block } from "#src/charts/text.ts";
import { extent } from "#src/charts/text.ts";
import type { Box } from "#src/charts/theme.ts";
import type { ChartWords } from "#src/domain/figure.ts";

/** A label to be placed: where its top left corner may stand, best first, and the point it belongs to. */
export interface Ask {
  readonly block: Block;
  readonly at: readonly Point[];
  readonly anchor: Point;
}

/** A mark of the data that labels should not cover; the heavier, the less. */
export interface Mark extends Point {
  readonly weight: number;
  /** The label's own point may be nearer to it than others': marks of this anchor do not count for it. */
  readonly of?: Point;
}

/** Where labels may stand, what they may not touch, and what they should not cover. */
export interface Room {
  readonly within: Box;
  readonly taken: readonly Box[];
  readonly marks: readonly Mark[];
}

/** A label where it stands: `backed` when it covers marks and needs paper behind it. */
export interface Placed {
  readonly block: Block;
  readonly box: Box;
  readonly align: "left" | "right";
  readonly backed: boolean;
  readonly leader: Segment | null;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Labels keep this distance from one another, in CSS px. */
const air = 2;
/** A label farther from its point than this is joined to it by a leader. */
const nearby = 8;
/** What a label beside its point may cost before it is moved off with a leader. */
const tolerable = 3;

const boxAt = ({ x, y }: Point, { width, height }: Size): Box => ({
  x0: x,
  y0: y,
  x1: x + width,
  y1: y + height,
});

export const overlaps = (a: Box, b: Box, gap = 0): boolean =>
  a.x0 < b.x1 + gap && b.x0 < a.x1 + gap && a.y0 < b.y1 + gap && b.y0 < a.y1 + gap;

const holds = (box: Box, { x, y }: Point): boolean => x > box.x0 && x < box.x1 && y > box.y0 && y < box.y1;

/** Positions beside a point: right, left, above, below, then the corners. */
export function around({ x, y }: Point, { width, height }: Size, gap = 5): Point[] {
  const middle = { x: x - width / 2, y: y - height / 2 };
  const right = x + gap;
  const left = x - gap - width;
  const above = y - gap - height + 2;
  const below = y + gap - 2;
  return [
    { x: right, y: middle.y },
    { x: left, y: middle.y },
    { x: middle.x, y: above },
    { x: middle.x, y: below },
    { x: right, y: above },
    { x: left, y: above },
    { x: right, y: below },
    { x: left, y: below },
  ];
}

/** Positions on rings about a point, nearest first. */
function rings({ x, y }: Point, { width, height }: Size): Point[] {
  const radii = [8, 14, 20, 28, 36, 46, 58, 72];
  const angles = Array.from({ length: 16 }, (_, i) => (i * Math.PI) / 8);
  return radii.flatMap((radius) =>
    angles.map((angle) => ({
      x: x + Math.cos(angle) * (radius + width / 2) - width / 2,
      y: y + Math.sin(angle) * (radius + height / 2) - height / 2,
    })),
  );
}

/** Positions all over the room, nearest to the point first: the last resort. */
function everywhere(anchor: Point, size: Size, { x0, y0, x1, y1 }: Box): Point[] {
  const positions: Point[] = [];
  for (let y = y0; y <= y1 - size.height; y += 4)
    for (let x = x0; x <= x1 - size.width; x += 8) positions.push({ x, y });
  const distance = (p: Point) =>
    Math.hypot(p.x + size.width / 2 - anchor.x, p.y + size.height / 2 - anchor.y);
  return positions.sort((a, b) => distance(a) - distance(b));
}

/** The position moved sideways into the room. */
const shifted = (p: Point, size: Size, within: Box): Point => ({
  x: Math.max(within.x0, Math.min(within.x1 - size.width, p.x)),
  y: p.y,
});

/** The point of a box nearest to a point. */
const nearest = (box: Box, { x, y }: Point): Point => ({
  x: Math.max(box.x0, Math.min(box.x1, x)),
  y: Math.max(box.y0, Math.min(box.y1, y)),
});

/** Points along a segment, at most 3 px apart. */
export function along({ x, y, x2, y2 }: Segment): Point[] {
  const steps = Math.max(1, Math.ceil(Math.hypot(x2 - x, y2 - y) / 3));
  return Array.from({ length: steps + 1 }, (_, i) => ({
    x: x + ((x2 - x) * i) / steps,
    y: y + ((y2 - y) * i) / steps,
  }));
}

/** Marks along the lines through some points, broken where a run ends; thinned to one a pixel. */
export function lineMarks(points: readonly (Point & { readonly run: number })[], weight = 1): Mark[] {
  const thinned = new Map<string, Mark>();
  points.forEach((point, i) => {
    const before = points[i - 1];
    const from = before?.run === point.run ? before : point;
    for (const { x, y } of along({ ...from, x2: point.x, y2: point.y }))
      thinned.set(`${Math.round(x)} ${Math.round(y)}`, { x, y, weight });
  });
  return [...thinned.values()];
}

function leaderOf(box: Box, anchor: Point): Segment | null {
  const end = nearest(box, anchor);
  const far = Math.hypot(end.x - anchor.x, end.y - anchor.y);
  if (far <= nearby) return null;
  const start = 4 / far;
  const stop = (far - 2) / far;
  const at = (t: number) => ({ x: anchor.x + (end.x - anchor.x) * t, y: anchor.y + (end.y - anchor.y) * t });
  return { ...at(start), x2: at(stop).x, y2: at(stop).y };
}

/** A mark that not even a leader should run over: a dot, or another leader. */
const heavy = 10;

/** How much a leader disturbs: its length, the labels that it crosses, the dots and leaders that it runs over. */
function leaderCost(leader: Segment, anchor: Point, room: Room): number {
  const path = along(leader);
  const dotted = room.marks.filter(
    (mark) => mark.weight >= heavy && Math.hypot(mark.x - anchor.x, mark.y - anchor.y) > 6,
  );
  const crossed = path.filter((p) => room.taken.some((other) => holds(other, p))).length;
  const over = dotted.filter((mark) => path.some((p) => Math.hypot(p.x - mark.x, p.y - mark.y) < 2.5)).length;
  return path.length * 0.15 + crossed * 20 + over * 5;
}

/** Weight of the marks that the label would cover, and what its leader costs. */
function cost(box: Box, leader: Segment | null, anchor: Point, room: Room): number {
  const others = room.marks.filter((mark) => mark.of !== anchor && holds(box, mark));
  const own = holds(box, anchor) ? heavy : 0;
  const covered = others.reduce((sum, mark) => sum + mark.weight, own);
  return leader === null ? covered : covered + leaderCost(leader, anchor, room);
}

/** The first position that costs nothing, else the cheapest; null when all touch a label or leave the room. */
function cheapest(positions: readonly Point[], size: Size, anchor: Point, room: Room) {
  let best: { box: Box; cost: number } | null = null;
  for (const position of positions) {
    const box = boxAt(shifted(position, size, room.within), size);
    if (box.y0 < room.within.y0 || box.y1 > room.within.y1) continue;
    if (room.taken.some((other) => overlaps(box, other, air))) continue;
    const price = cost(box, leaderOf(box, anchor), anchor, room);
    if (best === null || price < best.cost) best = { box, cost: price };
    if (price === 0) break;
  }
  return best;
}

/** Whether a label at this box covers marks, and so needs paper behind it. */
const covers = (box: Box, anchor: Point, room: Room): boolean =>
  room.marks.some((mark) => mark.of !== anchor && holds(box, mark));

function placeOne({ block, at, anchor }: Ask, room: Room, words: ChartWords): Placed {
  const size = extent(block, words);
  const near = cheapest(at, size, anchor, room);
  const far =
    near !== null && near.cost <= tolerable ? null : cheapest(rings(anchor, size), size, anchor, room);
  const better = near !== null && (far === null || near.cost <= far.cost + tolerable) ? near : far;
  const found = better ?? cheapest(everywhere(anchor, size, room.within), size, anchor, room);
  const box = found?.box ?? boxAt(shifted(at[0] ?? anchor, size, room.within), size);
  const align = (box.x0 + box.x1) / 2 < anchor.x - size.width / 4 ? "right" : "left";
  return { block, box, align, backed: covers(box, anchor, room), leader: leaderOf(box, anchor) };
}

/** The room that is left beside the labels already placed. */
function left(room: Room, placed: readonly Placed[]): Room {
  const leaders = placed.flatMap(({ leader }) => (leader === null ? [] : along(leader)));
  return {
    within: room.within,
    taken: [...room.taken, ...placed.map(({ box }) => box)],
    marks: [...room.marks, ...leaders.map((point) => ({ ...point, weight: heavy * 2 }))],
  };
}

/** Labels placed one after another; then each has a second and a third choice, knowing where the others stand. */
function settle(asks: readonly Ask[], room: Room, words: ChartWords): Placed[] {
  const placed: Placed[] = [];
  for (const ask of asks) placed.push(placeOne(ask, left(room, placed), words));
  for (const _ of asks.length > 1 ? [1, 2] : [])
    asks.forEach((ask, i) => {
      placed[i] = placeOne(ask, left(room, placed.toSpliced(i, 1)), words);
    });
  return placed;
}

/** What labels cost together, each where it stands among the others. */
const disturbance = (placed: readonly Placed[], asks: readonly Ask[], room: Room): number =>
  placed.reduce((sum, { box, leader }, i) => {
    const others = left(room, placed.toSpliced(i, 1));
    const touching = others.taken.filter((other) => overlaps(box, other)).length;
    return (
      sum + cost(box, leader, asks[i]?.anchor ?? { x: box.x0, y: box.y0 }, others) + touching * heavy * 10
    );
  }, 0);

/** The orders in which labels may choose, each as places among the asks: as asked first. */
function ordersOf(asks: readonly Ask[]): readonly (readonly number[])[] {
  const asked = asks.map((_, i) => i);
  const down = asked.toSorted((a, b) => (asks[a]?.anchor.y ?? 0) - (asks[b]?.anchor.y ?? 0) || a - b);
  return [asked, asked.toReversed(), down, down.toReversed()];
}

/**
 * Where labels stand: each at the first of its positions that touches no other label and covers no mark; failing
 * that, farther off with a leader; failing that, over marks on a ground of paper. Who chooses first matters where
 * points crowd, so that several orders are tried where the first does not come out well. Marks never depend on
 * language, but where a label stands may, since its width does.
 */
export function place(asks: readonly Ask[], room: Room, words: ChartWords): Placed[] {
  let best = settle(asks, room, words);
  let least = disturbance(best, asks, room);
  for (const order of ordersOf(asks).slice(1)) {
    if (least <= tolerable) break;
    const settled = settle(
      order.flatMap((i) => asks[i] ?? []),
      room,
      words,
    );
    const placed = asks.flatMap((_, i) => settled[order.indexOf(i)] ?? []);
    const price = disturbance(placed, asks, room);
    if (price < least) [best, least] = [placed, price];
  }
  return best;
}
