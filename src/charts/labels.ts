import type { Segment } from "#src/charts/layers.ts";
import { boxes, segments, texts } from "#src/charts/layers.ts";
import type { Placed } from "#src/charts/place.ts";
import { pushApart } from "#src/charts/push.ts";
import type { Block, TextMark } from "#src/charts/text.ts";
import { extent, setBlock } from "#src/charts/text.ts";
import type { Colour, Frame, Layer } from "#src/charts/theme.ts";
import { labelGap, palette } from "#src/charts/theme.ts";
import type { ChartWords } from "#src/domain/figure.ts";

/** The layers of placed labels: paper behind those that cover marks, leaders, and the texts. */
export function placedLayers(placed: readonly Placed[], words: ChartWords): (Layer | null)[] {
  const backed = placed.filter((label) => label.backed).map(({ box }) => box);
  const leaders = placed.flatMap(({ leader }) =>
    leader === null ? [] : [{ ...leader, colour: palette.ink3 as Colour }],
  );
  const marks = placed.flatMap(({ block, box, align }) => setBlock(block, box, align, words));
  return [boxes(backed, palette.paper), segments(leaders), texts(marks)];
}

/** A label at the end of a line: the end's position, and the colour of its leader. */
export interface EndLabel {
  readonly block: Block;
  readonly x: number;
  readonly y: number;
  readonly colour: Colour;
}

/** Labels beside the right edge: their texts, and leaders for those that were moved or whose line ends early. */
export interface EndLabels {
  readonly marks: readonly TextMark[];
  readonly leaders: readonly (Segment & { readonly colour: Colour })[];
}

/** Distance of end labels from the plot's right edge, in CSS px. */
export const endGap = 9;

/** Sets labels at the right edge, each at its line's end or as near as the distance between labels allows. */
export function endLabels(labels: readonly EndLabel[], within: Frame, words: ChartWords): EndLabels {
  const sizes = labels.map(({ block }) => extent(block, words));
  const wishes = labels.map(({ y }, i) => ({ at: y, height: (sizes[i]?.height ?? 0) - 2 }));
  const middles = pushApart(wishes, labelGap, within.outer.y0, within.height + 5);
  const left = within.width + endGap;
  const boxes = sizes.map(({ width, height }, i) => {
    const y0 = (middles[i] ?? 0) - height / 2;
    return { x0: left, y0, x1: left + width, y1: y0 + height };
  });
  const leaders = labels.flatMap(({ x, y, colour }, i) => {
    const to = middles[i] ?? y;
    const moved = Math.abs(to - y) > 2 || x < within.width - 4;
    return moved ? [{ x: x + 3, y, x2: left - 2, y2: to, colour }] : [];
  });
  const marks = labels.flatMap(({ block }, i) => {
    const box = boxes[i];
    return box === undefined ? [] : setBlock(block, box, "left", words);
  });
  return { marks, leaders };
}
