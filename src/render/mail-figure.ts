import type { Figure } from "#src/domain/figure.ts";
import type { BrowserHandle } from "#src/render/browser.ts";
import { onClosedPage } from "#src/render/closed-page.ts";
import type { Composed } from "#src/sections/compose.ts";

/** Width of the picture in a mail, in CSS px; its file has twice as many pixels. */
export const figureWidth = 552;

/**
 * The one figure of a mail: that which proves the most surprising statement that has a narrow one, whose labels can be read on a
 * phone; otherwise the first of page one; `null` where the issue shows none.
 */
export function mailFigure({ sections, facts }: Composed): Figure | null {
  const shown = sections.filter(({ name }) => name !== "sources").flatMap((section) => section.figures);
  const narrow = shown.filter(({ size }) => size === "beside");
  const proofs = facts.statements.map(({ proof }) => narrow.find(({ id }) => id === proof));
  return proofs.find((figure) => figure !== undefined) ?? narrow[0] ?? shown[0] ?? null;
}

/**
 * Takes a picture of a chart's SVG at twice its width in the mail, as PNG on white. The same SVG and fonts give the same bytes.
 *
 * @throws {TidelineError} `RENDER_FAILED` as `onClosedPage`
 */
export function paintFigure(
  browser: BrowserHandle,
  svg: string,
  lang: string,
  fontCss: string,
): Promise<Uint8Array> {
  const style = `${fontCss}\nbody{margin:0;background:#fff}svg{display:block;width:${figureWidth}px;height:auto;text-autospace:no-autospace}`;
  const html = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><style>${style}</style><body>${scalable(svg)}</body></html>`;
  return onClosedPage(browser, html, 60_000, async (page) => {
    const height = heightOf(svg);
    await page.setViewport({ width: figureWidth, height, deviceScaleFactor: 2 });
    // A face is loaded when a layout first asks for it.
    await page.evaluate("document.body.getBoundingClientRect(), document.fonts.ready.then(() => null)");
    return page.screenshot({ type: "png", clip: { x: 0, y: 0, width: figureWidth, height } });
  });
}

const sizeOf = (svg: string): readonly [width: number, height: number] => {
  const [, width, height] = /<svg[^>]*?\bviewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  if (width === undefined || height === undefined) throw new RangeError("a chart without a viewBox");
  return [Number(width), Number(height)];
};

const heightOf = (svg: string): number => {
  const [width, height] = sizeOf(svg);
  return Math.ceil((height * figureWidth) / width);
};

/** Without its own width and height, which the style gives. */
const scalable = (svg: string): string =>
  svg.replace(/^(<svg[^>]*?) width="[^"]*"/, "$1").replace(/^(<svg[^>]*?) height="[^"]*"/, "$1");
