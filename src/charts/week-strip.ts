import type { Segment } from "#src/charts/layers.ts";
import { linear, quantity, segments, texts, uprights } from "#src/charts/layers.ts";
import type { Run, TextMark } from "#src/charts/text.ts";
import { bold } from "#src/charts/text.ts";
import type { Colour, Frame } from "#src/charts/theme.ts";
import { chart, frame, lineHeight, palette, stroke } from "#src/charts/theme.ts";
import { belowLabels, valueAxis, valueRoom } from "#src/charts/ticks.ts";
import type { ChartSpec, ChartWords } from "#src/domain/figure.ts";

/** A week that is named: its return, and its printed value or date. */
export interface NamedWeek {
  readonly value: number;
  readonly label: string;
}

export interface WeekStripData {
  /** Returns of all weeks of the history; order does not matter, missing ones are left out. */
  readonly weeks: readonly (number | null)[];
  readonly current: NamedWeek;
  /** The last week that was at least as good (or as bad). */
  readonly match?: NamedWeek;
}

const heightMm = 20;
const margins = { left: 6, right: 6, top: 32, bottom: 18 };

/** How far the marks of the named weeks rise above the strip to a label on the lower and the upper row. */
const rises = { lower: 5, upper: 5 + lineHeight } as const;
/** Distance of a label from another flag's mark, in CSS px. */
const besideMark = 4;
/** Marks nearer than this have their labels on two rows, however short the labels are. */
const sameRow = 190;

/** A named week where it stands on the axis. */
interface Flag {
  readonly x: number;
  readonly run: Run;
  readonly colour: Colour;
}

/** A flag's label and the mark that rises to it. */
interface Raised {
  readonly text: TextMark;
  readonly mark: Segment & { readonly colour: Colour };
}

/** Raises a flag; a label that would leave the picture is moved back into it. */
function raise(
  flag: Flag,
  row: keyof typeof rises,
  align: TextMark["align"],
  within: Frame,
  words: ChartWords,
): Raised {
  const { x, run, colour } = flag;
  const width = words.width(run.text, run.weight);
  const half = width / 2;
  const { x0, x1 } = within.outer;
  const middle = Math.max(x0 + half, Math.min(x1 - half, x));
  const at = { left: Math.min(x - 1, x1 - width), center: middle, right: Math.max(x + 1, x0 + width) }[align];
  return {
    text: { ...run, x: at, y: -rises[row] - 1 - lineHeight / 2, align },
    mark: { x, x2: x, y: -rises[row], y2: within.height, colour },
  };
}

/**
 * Labels of both flags: on one row when they are far apart. Otherwise the flag on the side with more
 * room takes the lower row, its label turned away from the other flag, which rises past it.
 */
function raisePair(a: Flag, b: Flag, within: Frame, words: ChartWords): Raised[] {
  const half = (flag: Flag) => words.width(flag.run.text, flag.run.weight) / 2;
  const centred = [a, b].map((flag) => raise(flag, "lower", "center", within, words));
  const apart = Math.abs((centred[0]?.text.x ?? 0) - (centred[1]?.text.x ?? 0));
  if (Math.abs(a.x - b.x) >= sameRow && apart > half(a) + half(b) + 6) return centred;
  const [left, right] = a.x <= b.x ? [a, b] : [b, a];
  const rightward = (left.x + right.x) / 2 < within.width / 2;
  const [lower, upper] = rightward ? [right, left] : [left, right];
  const side = rightward ? 1 : -1;
  const label = raise(lower, "lower", rightward ? "left" : "right", within, words);
  // Marks may all but touch: the lower label then also keeps clear of the mark that rises past it.
  const lack = Math.max(0, besideMark - side * (label.text.x - upper.x));
  return [
    { ...label, text: { ...label.text, x: label.text.x + side * lack } },
    raise(upper, "upper", "center", within, words),
  ];
}

/** This week's flag, and that of the last one like it. */
function flags({ current, match }: WeekStripData, xOf: (value: number) => number): [Flag, Flag?] {
  const now = { x: xOf(current.value), run: bold(current.label, palette.deep), colour: palette.deep };
  if (match === undefined) return [now];
  return [now, { x: xOf(match.value), run: bold(match.label, palette.ochreInk), colour: palette.ochre }];
}

/** Marks in a CSS pixel that can be told apart. */
const marksAPixel = 5;

/** Of weeks that would be one mark, one: thirty years of them would be a tenth of the page's bytes. */
const apart = (weeks: readonly number[], xOf: (value: number) => number): readonly number[] => [
  ...new Map(weeks.map((value) => [Math.round(marksAPixel * xOf(value)), value])).values(),
];

/** All weeks of a history as thin ticks on one axis, this week marked, and the last one like it. */
export function weekStrip(data: WeekStripData, words: ChartWords): ChartSpec {
  const { current, match } = data;
  const weeks = data.weeks.flatMap((value) => value ?? []);
  const within = frame("wide", heightMm, words, margins);
  const axis = valueAxis(
    [...weeks, current.value, ...(match === undefined ? [] : [match.value])],
    "return",
    true,
  );
  const xOf = linear(axis.domain, [0, within.width]);
  const x = quantity("value", axis.domain, axis.ticks);
  const [now, then] = flags(data, xOf);
  const alone = () => [raise(now, "lower", "center", within, words)];
  const raised = then === undefined ? alone() : raisePair(now, then, within, words);
  const rug = {
    data: { values: apart(weeks, xOf).map((value) => ({ value })) },
    mark: {
      type: "tick",
      // Opaque and thin: each translucent mark would be an object of its own in the PDF.
      color: palette.rule,
      opacity: 1,
      thickness: stroke.rug,
      size: within.height,
    },
    encoding: { x, y: { value: within.height / 2 } },
  };
  const below = axis.ticks.map((tick) => ({
    text: words.tick(tick, "return"),
    x: xOf(tick),
    room: valueRoom,
  }));
  const marks = raised.map(({ mark }) => mark);
  return chart(within, [
    weeks.length === 0 ? null : rug,
    uprights([0], x, palette.ink, stroke.zero),
    segments(marks, stroke.focus),
    texts([...raised.map(({ text }) => text), ...belowLabels(below, within)]),
  ]);
}
