import { ticks } from "d3-array";
import type { TextMark } from "#src/charts/text.ts";
import type { Frame } from "#src/charts/theme.ts";
import { palette, textHeight } from "#src/charts/theme.ts";
import type { Unit } from "#src/domain/quantity.ts";
import { isCurrency, quantumOf } from "#src/domain/quantity.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { addDays, daysBetween } from "#src/domain/time.ts";

/** The values of an axis: its ends, and three to five lines within them. */
export interface ValueAxis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

const fewest = 3;
const most = 5;

/** The finest step that an axis up to this value may have: its labels can tell it apart. */
function finest(largest: number, unit: Unit): number {
  if (isCurrency(unit)) return 0;
  return unit === "points" ? finestPoints(largest) : quantumOf(largest, unit);
}

/** The finest step of a price that is printed. */
const smallestPoints = 1e-6;

/** Whole points from 100 on; below, such as for exchange rates, the third digit of the largest value. */
function finestPoints(largest: number): number {
  if (largest === 0) return 1;
  return Math.min(1, Math.max(smallestPoints, 10 ** (Math.floor(Math.log10(largest)) - 2)));
}

function stepOf(values: readonly number[]): number {
  const [first, second] = values;
  return first === undefined || second === undefined ? 0 : Math.abs(second - first);
}

/** Ends of the axis: the values' ends with a little air, and zero where asked for. */
function ends(values: readonly number[], zero: boolean, least: number): [number, number] {
  const all = zero ? [...values, 0] : values;
  const low = Math.min(...all);
  const high = Math.max(...all);
  if (all.length === 0) return [0, 1];
  const air = Math.max((high - low) * 0.04, least, high === low ? Math.max(Math.abs(high) * 0.01, 1e-9) : 0);
  return [zero && low === 0 ? 0 : low - air, zero && high === 0 ? 0 : high + air];
}

/**
 * The value axis of a line chart. The domain is the data's, so that lines fill the plot; where fewer
 * than three round values fall inside, it is widened to the next one. Decided without any language.
 */
export function valueAxis(values: readonly number[], unit: Unit, zero = false): ValueAxis {
  const largest = Math.max(0, ...values.map(Math.abs));
  const least = finest(largest, unit);
  const domain = ends(values, zero, least);
  const candidates = [4, 5, 3, 6, 2, 7, 8].map((n) => ticks(domain[0], domain[1], n));
  const distinct = candidates.filter((some) => stepOf(some) >= least * (1 - 1e-9));
  const fit = distinct.find((some) => some.length >= fewest && some.length <= most);
  return fit === undefined ? widened(domain, distinct) : { domain, ticks: fit };
}

/** The axis with the values next beyond its ends, until there are three. */
function widened(domain: readonly [number, number], candidates: readonly number[][]): ValueAxis {
  const some = candidates.find((each) => each.length === 2);
  if (some === undefined) return { domain, ticks: ticks(domain[0], domain[1], fewest).slice(0, most) };
  const [low = 0, high = 0] = some;
  const step = high - low;
  const below = domain[0] - (low - step) <= high + step - domain[1];
  const lines = below ? [low - step, low, high] : [low, high, high + step];
  return {
    domain: [Math.min(domain[0], lines[0] ?? 0), Math.max(domain[1], lines.at(-1) ?? 0)],
    ticks: lines,
  };
}

/** A tick of a time axis, and which part of its date it shows. */
export interface DayTick {
  readonly day: IsoDate;
  readonly part: "year-month" | "month" | "year" | "day";
}

/** Least distance of two ticks, and of a first tick with its year from January's, in CSS px. */
const tickPitch = 50;
const yearPitch = 78;

const monthIndex = (day: IsoDate): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const firstOf = (index: number): IsoDate =>
  `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}-01`;

function monthStarts(from: IsoDate, to: IsoDate, step: number): IsoDate[] {
  const starts: IsoDate[] = [];
  const first = Math.ceil((monthIndex(from) + (from.endsWith("-01") ? 0 : 1)) / step) * step;
  for (let index = first; index <= monthIndex(to); index += step) starts.push(firstOf(index));
  return starts;
}

/** Days at whole weeks before the last one. */
function weeks(from: IsoDate, to: IsoDate, pitch: (days: number) => number): DayTick[] {
  const step = [1, 2, 7, 14, 28].find((days) => pitch(days) >= tickPitch) ?? 28;
  const days: IsoDate[] = [];
  for (let day = to; day >= from; day = addDays(day, -step)) days.unshift(day);
  return days.map((day) => ({ day, part: "day" }));
}

/** The year once, then months: a month stands with its year where the axis begins and in January. */
function monthParts(days: readonly IsoDate[], distance: (a: IsoDate, b: IsoDate) => number): DayTick[] {
  const second = days[1];
  const crowded =
    second?.slice(5, 7) === "01" && days[0] !== undefined && distance(days[0], second) < yearPitch;
  return days.map((day, i) => {
    const yeared = day.slice(5, 7) === "01" || (i === 0 && !crowded);
    return { day, part: yeared ? "year-month" : "month" };
  });
}

/** Ticks of a time axis `width` px long: days for a few weeks, months, or years. The same in both editions. */
export function dayTicks(from: IsoDate, to: IsoDate, width: number): DayTick[] {
  const span = Math.max(1, daysBetween(from, to));
  const pitch = (days: number) => (days * width) / span;
  if (monthStarts(from, to, 1).length < fewest) return weeks(from, to, pitch);
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 240].find((months) => pitch(months * 28) >= tickPitch) ?? 240;
  const days = monthStarts(from, to, step);
  if (step >= 12) return days.map((day) => ({ day, part: "year" }));
  return monthParts(days, (a, b) => pitch(daysBetween(a, b)));
}

/** Labels of a value axis, at the left of the plot. */
export const valueLabels = (
  at: readonly number[],
  y: (value: number) => number,
  label: (value: number) => string,
): TextMark[] =>
  at.map((value) => ({
    text: label(value),
    x: -5,
    y: y(value),
    align: "right",
    weight: 400,
    colour: palette.ink3,
  }));

/** A label below the plot, and the room that it may take, in CSS px: enough in either edition. */
interface Spread {
  readonly text: string;
  readonly x: number;
  readonly room: number;
}

/** Room of the labels of days, by the part of the date that they show, and of values. */
export const dayRoom: Readonly<Record<DayTick["part"], number>> = {
  "year-month": 52,
  month: 26,
  year: 26,
  day: 42,
};
export const valueRoom = 34;

/**
 * Labels below the plot. The first begins at its tick where it would otherwise leave the plot, and the last ends at its own
 * where it would leave the picture: below the names of lines there is room; one that would touch its neighbour is left out
 * (its tick stays). Decided by the room of a label, not by its own width, so that both editions leave out the same.
 */
export function belowLabels(labels: readonly Spread[], within: Frame): TextMark[] {
  const marks: TextMark[] = [];
  let free = within.outer.x0;
  for (const { text, x, room } of labels) {
    const align = x - room / 2 < -2 ? "left" : x + room / 2 > within.outer.x1 ? "right" : "center";
    const left = { left: x, center: x - room / 2, right: x - room }[align];
    if (left < free || left + room > within.outer.x1) continue;
    free = left + room + 4;
    marks.push({
      text,
      x,
      y: within.height + 4 + textHeight / 2 + 2,
      align,
      weight: 400,
      colour: palette.ink3,
    });
  }
  return marks;
}
