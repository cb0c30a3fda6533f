import type { Box, Colour } from "#src/charts/theme.ts";
import { lineHeight, palette } from "#src/charts/theme.ts";
import type { ChartWords } from "#src/domain/figure.ts";

/** One piece of text in one weight and colour. */
export interface Run {
  readonly text: string;
  readonly weight: 400 | 600;
  readonly colour: Colour;
}

/** Lines of a label; each line's runs follow one another with a small gap. */
export type Block = readonly (readonly Run[])[];

/** A text as it is drawn: its anchor, and what stands there. `y` is the middle of the line. */
export interface TextMark {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly align: "left" | "center" | "right";
  readonly weight: 400 | 600;
  readonly colour: Colour;
}

const runGap = 4;

export const plain = (text: string, colour: Colour = palette.ink2): Run => ({ text, weight: 400, colour });
export const bold = (text: string, colour: Colour = palette.ink): Run => ({ text, weight: 600, colour });

const lineWidth = (line: readonly Run[], words: ChartWords): number =>
  line.reduce((sum, run) => sum + words.width(run.text, run.weight), 0) +
  runGap * Math.max(0, line.length - 1);

/** The extent of a block, in CSS px. */
export const extent = (block: Block, words: ChartWords) => ({
  width: Math.max(0, ...block.map((line) => lineWidth(line, words))),
  height: block.length * lineHeight,
});

/** The widest of some texts. */
export const widest = (texts: readonly string[], weight: 400 | 600, words: ChartWords): number =>
  Math.max(0, ...texts.map((text) => words.width(text, weight)));

/**
 * A margin that is `fixed` unless the texts need more; then it grows in steps of 10 px. Fixed margins
 * keep both editions' geometry equal; a step is taken only where a label would otherwise be cut.
 */
export const margin = (fixed: number, needed: number): number =>
  needed <= fixed ? fixed : Math.ceil(needed / 10) * 10;

/** The marks of a block set in a box, its lines flush left or right. */
export function setBlock(block: Block, box: Box, align: "left" | "right", words: ChartWords): TextMark[] {
  return block.flatMap((line, row) => {
    const y = box.y0 + (row + 0.5) * lineHeight;
    let x = align === "left" ? box.x0 : box.x1 - lineWidth(line, words);
    return line.map((run) => {
      const mark: TextMark = { ...run, x, y, align: "left" };
      x += words.width(run.text, run.weight) + runGap;
      return mark;
    });
  });
}
