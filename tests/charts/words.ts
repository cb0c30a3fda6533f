import type { ChartSpec, ChartWords } from "#src/domain/figure.ts";
import type { Locale } from "#src/domain/locale.ts";

/** Words whose widths are proportional to their characters: Han one em, others a little over half. */
export function fakeWords(locale: Locale): ChartWords {
  const chinese = locale === "zh-CN";
  const type = chinese ? { family: "Noto Sans SC", size: 9.47 } : { family: "Source Sans 3", size: 9.73 };
  const ems = (text: string) => [...text].reduce((sum, c) => sum + (c > "\u2e80" ? 1 : 0.52), 0);
  return {
    type,
    changes: chinese ? "east-asia" : "west",
    fact: (id) => id,
    say: ({ key }) => key,
    name: (name) => name[locale],
    tick: (value) => String(Number(value.toPrecision(3))),
    day: (day, part) => {
      const [year = "", month = ""] = day.split("-");
      if (part === "year") return year;
      if (part === "day") return chinese ? `${month}月${day.slice(8)}日` : `${day.slice(8)} Feb`;
      const name = chinese ? `${Number(month)}月` : "Feb";
      if (part === "month") return name;
      return chinese ? `${year}年${name}` : `${name} ${year}`;
    },
    width: (text, weight) => ems(text) * type.size * (weight === 600 ? 1.05 : 1),
  };
}

export interface SpecLayer {
  readonly data: { readonly values: readonly Record<string, unknown>[] };
  readonly mark: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly encoding: Readonly<Record<string, { readonly scale?: unknown; readonly field?: string }>>;
}

interface SpecFrame {
  readonly width: number;
  readonly height: number;
  readonly padding: Readonly<Record<"left" | "right" | "top" | "bottom", number>>;
}

export const layersOf = (spec: ChartSpec) => spec.layer as readonly SpecLayer[];
export const frameOf = (spec: ChartSpec) => spec as unknown as SpecFrame;

/** Layers whose positions the data decide: not texts, nor what the layout put beside them. */
export const dataLayers = (spec: ChartSpec): SpecLayer[] =>
  layersOf(spec).filter(({ encoding }) =>
    ["x", "y"].some((channel) => encoding[channel]?.scale !== null && encoding[channel]?.field !== undefined),
  );

export interface TextBox {
  readonly text: string;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Boxes of all texts of a chart, as its own words measure them. */
export function textBoxes(spec: ChartSpec, words: ChartWords): TextBox[] {
  const marks = layersOf(spec)
    .filter(({ mark }) => mark.type === "text")
    .flatMap(({ data }) => data.values);
  return marks.map((mark) => {
    const text = String(mark.text);
    const width = words.width(text, mark.weight as 400 | 600);
    const shift = { left: 0, center: width / 2, right: width }[String(mark.align)] ?? Number.NaN;
    const x0 = Number(mark.x) - shift;
    const y = Number(mark.y);
    return { text, x0, x1: x0 + width, y0: y - 5, y1: y + 5 };
  });
}

const tiny = 1e-6;

/** Texts that touch one another or leave the picture, described; none in a good chart. */
export function collisions(spec: ChartSpec, words: ChartWords): string[] {
  const boxes = textBoxes(spec, words).filter(({ text }) => text !== "");
  const { width, height, padding } = frameOf(spec);
  const outside = boxes.filter(
    ({ x0, x1, y0, y1 }) =>
      x0 < -padding.left - tiny ||
      x1 > width + padding.right + tiny ||
      y0 < -padding.top - tiny ||
      y1 > height + padding.bottom + tiny,
  );
  const pairs = boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => a.x0 < b.x1 - tiny && b.x0 < a.x1 - tiny && a.y0 < b.y1 - tiny && b.y0 < a.y1 - tiny)
      .map((b) => `${a.text} × ${b.text}`),
  );
  return [...outside.map((box) => `outside: ${JSON.stringify(box)}`), ...pairs];
}
