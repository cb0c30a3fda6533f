import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { ChartSpec } from "#src/domain/figure.ts";
import type { Locale } from "#src/domain/locale.ts";
import { facesOf } from "#src/render/faces.ts";
import { textWidth } from "#src/render/text-width.ts";

/** How one chart is set. */
export interface ChartOptions {
  readonly locale: Locale;
  /** What a reader sees of a text that may hold tokens; only measuring uses it. */
  readonly expand: (text: string) => string;
  /** Keeps the ids of several charts in one page apart. */
  readonly idPrefix: string;
}

interface MeasuredItem {
  readonly text?: unknown;
  readonly fontSize?: number;
  readonly font?: string;
  readonly fontWeight?: number | string;
}

/** Vega exports its text measure, but its types do not say so. */
const { textMetrics } = vega as unknown as {
  readonly textMetrics: { width: (item: MeasuredItem, text?: string) => number };
};

/** Vega asks for widths through one function for the whole process: the chart being drawn, and its edition. */
let measuring: ChartOptions | null = null;

textMetrics.width = (item: MeasuredItem, text?: string): number => {
  if (measuring === null) throw new RangeError("text can be measured only while a chart is drawn");
  const { locale, expand } = measuring;
  const shown = expand(String(text ?? item.text ?? ""));
  const sans = facesOf(locale)[2]?.family ?? "";
  const weight =
    item.fontWeight === 600 || item.fontWeight === "bold" || item.fontWeight === "600" ? 600 : 400;
  return textWidth(locale, shown, { family: sans, size: item.fontSize ?? 11, weight });
};

let queue: Promise<unknown> = Promise.resolve();

/**
 * Draws a Vega-Lite specification as an SVG that may stand inside a page: no style attributes, no aria text of Vega's
 * own, ids of its own. Text is measured from the font files of the edition. Charts are drawn one after the other.
 *
 * @throws when Vega-Lite or Vega has anything to warn of
 */
export function chartSvg(spec: ChartSpec, options: ChartOptions): Promise<{ readonly svg: string }> {
  const drawn = queue.then(() => draw(spec, options));
  queue = drawn.catch(() => {});
  return drawn;
}

async function draw(spec: ChartSpec, options: ChartOptions): Promise<{ readonly svg: string }> {
  const { spec: vegaSpec } = compile(spec as unknown as TopLevelSpec, { logger: strictLogger });
  const view = new vega.View(vega.parse(vegaSpec), {
    renderer: "none",
    logger: strictLogger,
    loader: vega.loader(),
  });
  measuring = options;
  try {
    return { svg: inline(await view.toSVG(), options.idPrefix) };
  } finally {
    measuring = null;
    view.finalize();
  }
}

const refuse = (...messages: readonly unknown[]): never => {
  throw new RangeError(`a chart's specification is not clean: ${messages.join(" ")}`);
};

const strictLogger = {
  level: () => strictLogger,
  error: refuse,
  warn: refuse,
  info: () => strictLogger,
  debug: () => strictLogger,
} as unknown as NonNullable<NonNullable<Parameters<typeof compile>[1]>["logger"]> & vega.LoggerInterface;

/**
 * Attributes in place of styles, own ids, no aria: inside of tags only, for the words between them may look like
 * attributes. Ids are counted anew, because Vega counts on through the life of the process.
 */
function inline(svg: string, prefix: string): string {
  const ids = new Map<string, string>();
  const own = (id: string): string => {
    const known = ids.get(id) ?? `${prefix}-${ids.size + 1}`;
    ids.set(id, known);
    return known;
  };
  return svg.replace(/<[^>]*>/g, (tag) =>
    tag
      .replace(/ (?:aria-[\w-]+|role)="[^"]*"/g, "")
      .replace(/ style="([^"]*)"/g, (_, style: string) => attributes(style))
      .replace(/\b(id="|url\(#|href="#)([\w-]+)/g, (_, before: string, id: string) => before + own(id)),
  );
}

const attributes = (style: string): string =>
  style
    .split(";")
    .filter((part) => part.trim() !== "")
    .map(attribute)
    .join("");

function attribute(declaration: string): string {
  const [name = "", value = ""] = declaration.split(":").map((part) => part.trim());
  return ` ${name}="${value}"`;
}
