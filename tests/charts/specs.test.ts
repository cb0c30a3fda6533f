import { describe, expect, it } from "vitest";
import { mm, palette } from "#src/charts/theme.ts";
import type { ChartSpec } from "#src/domain/figure.ts";
import type { Locale } from "#src/domain/locale.ts";
import { chartSvg } from "#src/render/chart-svg.ts";
import { samples, wave } from "#tests/charts/samples.ts";
import { collisions, dataLayers, fakeWords, frameOf } from "#tests/charts/words.ts";

const en = fakeWords("en");
const zh = fakeWords("zh-CN");

/** The chart as the pages show it; drawing throws when Vega-Lite or Vega has anything to warn of. */
const drawn = (spec: ChartSpec, locale: Locale = "en") =>
  chartSvg(spec, { locale, expand: (text) => text, idPrefix: "chart" });

const paints = (svg: string): string[] =>
  [...svg.matchAll(/ (?:fill|stroke)="([^"]+)"/g)].flatMap(([, paint]) => paint ?? []);

describe.each(samples)("$name", ({ mm: [width, height], draw }) => {
  it.each([
    ["en", en],
    ["zh-CN", zh],
  ] as const)("compiles and draws in %s without a warning at its size", async (locale, words) => {
    const { svg } = await drawn(draw(words), locale);
    const [, w, h] = svg.match(/width="([\d.]+)" height="([\d.]+)"/) ?? [];
    expect(Number(w)).toBeCloseTo(mm(width), 6);
    expect(Number(h)).toBeCloseTo(mm(height), 6);
  });

  it("paints only in the colours of the theme", async () => {
    const { svg } = await drawn(draw(en));
    const allowed = new Set<string>([...Object.values(palette), "none"]);
    expect(paints(svg).filter((paint) => !allowed.has(paint))).toEqual([]);
  });

  it("keeps its labels apart and inside", () => {
    expect(collisions(draw(en), en)).toEqual([]);
    expect(collisions(draw(zh), zh)).toEqual([]);
  });

  it("has the same geometry, data and order in both editions", () => {
    const [first, second] = [draw(en), draw(zh)];
    expect(dataLayers(second)).toEqual(dataLayers(first));
    const { width, height, padding } = frameOf(first);
    expect(frameOf(second)).toMatchObject({ width, height, padding });
  });
});

describe("time and missing values", () => {
  it("draws days where they are in UTC, whatever the machine's zone, and one path for each unbroken run", async () => {
    const sample = samples.find(({ name }) => name === "index line");
    const spec = sample?.draw(en) ?? {};
    const { svg } = await drawn(spec);
    const paths = [...svg.matchAll(/<path d="(M[^"]+)" stroke="#14202B"/g)].map(([, d]) => d ?? "");
    const line = dataLayers(spec).find(({ mark }) => mark.type === "line");
    expect(line?.encoding.x?.scale).toMatchObject({ type: "utc" });
    expect(paths).toHaveLength(3);
    expect(paths[0]).toMatch(/^M0,/);
    const end = Number(paths[2]?.split(/[ML]/).at(-1)?.split(",")[0]);
    expect(end).toBeCloseTo(frameOf(spec).width, 2);
  });

  it("leaves out missing values instead of bridging them", () => {
    const line = dataLayers(samples.find(({ name }) => name === "index line")?.draw(en) ?? {}).find(
      ({ mark }) => mark.type === "line",
    );
    const values = line?.data.values ?? [];
    expect(values).toHaveLength(wave(700, 100).filter(({ value }) => value !== null).length);
    expect(new Set(values.map(({ run }) => run)).size).toBe(3);
    expect(line?.encoding.detail?.field).toBe("run");
  });

  it("quotes a family whose name has a word that begins with a digit", async () => {
    const { svg } = await drawn(samples.find(({ name }) => name === "ranked bars")?.draw(en) ?? {});
    expect(svg).toContain(`font-family="'Source Sans 3'"`);
  });
});
