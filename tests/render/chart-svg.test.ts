import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { ChartSpec } from "#src/domain/figure.ts";
import { factToken, nameToken } from "#src/locale/tokens.ts";
import { type ChartOptions, chartSvg } from "#src/render/chart-svg.ts";
import { drawDays } from "#tests/render/draw-days.ts";
import { elementsOf, pageOf, textOf } from "#tests/render/svg-geometry.ts";

const options: ChartOptions = { locale: "en", expand: (text) => text, idPrefix: "fig" };
const draw = async (spec: ChartSpec, over: Partial<ChartOptions> = {}): Promise<string> =>
  (await chartSvg(spec, { ...options, ...over })).svg;

/** A line over two days, with what else a test needs. */
const line = (more: object = {}): ChartSpec => ({
  $schema: "https://vega.github.io/schema/vega-lite/v6.json",
  width: 100,
  height: 40,
  data: {
    values: [
      { day: "2026-02-12", value: 1 },
      { day: "2026-02-13", value: 2 },
    ],
  },
  mark: { type: "line", clip: true },
  encoding: {
    x: { field: "day", type: "temporal", scale: { type: "utc" } },
    y: { field: "value", type: "quantitative" },
  },
  ...more,
});
/** A chart whose width follows from its longest label: the labels stand outside the plot. */
const labelled = (labels: readonly string[]): ChartSpec => ({
  width: 50,
  height: 40,
  autosize: "pad",
  data: { values: labels.map((label) => ({ label, value: 1 })) },
  mark: "bar",
  encoding: {
    y: { field: "label", type: "nominal", title: null, axis: { labelLimit: 0 } },
    x: { field: "value", type: "quantitative", axis: null },
  },
});
const words = (text: string): ChartSpec => ({
  width: 200,
  height: 20,
  autosize: "none",
  data: { values: [{ text, x: 0, y: 10 }] },
  mark: { type: "text", align: "left" },
  encoding: {
    x: { field: "x", type: "quantitative", scale: null, axis: null },
    y: { field: "y", type: "quantitative", scale: null, axis: null },
    text: { field: "text", type: "nominal" },
  },
});
const textsOf = (svg: string) =>
  elementsOf(pageOf(svg))
    .filter(({ tagName }) => tagName === "text")
    .map(textOf);
const widthOf = (svg: string) => Number(/ width="([\d.]+)"/.exec(svg)?.[1]);

describe("chartSvg", () => {
  it("draws attributes and no styles, with no aria text and no role", async () => {
    for (const svg of [await draw(line()), await draw(labelled(["a", "b"])), await draw(words("a"))]) {
      expect(svg).toMatch(/^<svg[^>]* width="[\d.]+" height="[\d.]+"/);
      const names = elementsOf(pageOf(svg)).flatMap((each) => each.attrs.map(({ name }) => name));
      expect(names.filter((name) => name === "style" || name === "role" || name.startsWith("aria"))).toEqual(
        [],
      );
      expect(
        elementsOf(pageOf(svg)).filter(({ tagName }) => /^(title|desc|script|style)$/.test(tagName)),
      ).toEqual([]);
    }
  });

  it.each([
    [
      "an encoding without a field",
      line({ encoding: { x: { type: "quantitative", bin: true }, colour: {} } }),
    ],
    ["a mark that does not exist", line({ mark: "line2" })],
    [
      "a scale that does not fit",
      line({ encoding: { y: { field: "value", type: "nominal", scale: { type: "log" } } } }),
    ],
  ])("throws on %s, and then draws the next chart", async (_, spec) => {
    await expect(draw(spec)).rejects.toThrow();
    await expect(draw(line())).resolves.toContain("<svg");
  });

  it("names what Vega-Lite warns of", async () => {
    const warned = line({ encoding: { y: { field: "value", type: "nominal", scale: { type: "log" } } } });
    await expect(draw(warned)).rejects.toThrow(/not clean: .*log/);
  });

  it("gives ids of its own, so that two charts can stand in one page", async () => {
    const gradient = {
      mark: {
        type: "area",
        clip: true,
        color: {
          gradient: "linear",
          stops: [
            { offset: 0, color: "white" },
            { offset: 1, color: "black" },
          ],
        },
      },
    };
    const svgs = [
      await draw(line(gradient), { idPrefix: "a" }),
      await draw(line(gradient), { idPrefix: "b" }),
    ];
    const ids = svgs.map((svg) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? ""));
    const used = svgs.map((svg) => [...svg.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id ?? ""));
    expect(ids[0]?.length).toBeGreaterThan(1);
    expect(used[0]?.length).toBeGreaterThan(1);
    for (const [i, prefix] of ["a", "b"].entries()) {
      expect(ids[i]?.filter((id) => !id.startsWith(`${prefix}-`))).toEqual([]);
      expect(used[i]?.filter((id) => !ids[i]?.includes(id))).toEqual([]);
    }
    expect(new Set(ids.flat()).size).toBe(ids.flat().length);
  });

  it("draws the same spec to the same bytes again", async () => {
    const open = line({ mark: "line" });
    const first = await draw(open);
    await draw(line());
    expect(await draw(open)).toBe(first);
  });

  // Vega itself counts its clip paths through the life of the process.
  it("draws a clipped chart to the same bytes again", async () => {
    const first = await draw(line());
    expect(await draw(line())).toBe(first);
  });

  // Left alone, Vega only writes to the terminal.
  it("throws on what Vega itself warns of", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    try {
      await expect(draw(line({ data: { values: [] } }))).rejects.toThrow(/extent/);
    } finally {
      warned.mockRestore();
    }
  });

  it("measures from the edition's face: a Han label takes a whole em where Vega assumes 0.8", async () => {
    // Axis labels are 10 px by default: six more Han are 60 px.
    const widths = await Promise.all(
      ["模拟", "模拟韩国指数周报"].map((label) => draw(labelled([label]), { locale: "zh-CN" })),
    );
    expect(widthOf(widths[1] ?? "") - widthOf(widths[0] ?? "")).toBeCloseTo(60, 6);
  });

  it("measures what a reader sees of a token, not the token", async () => {
    const seen = "1,234,567,890";
    const token = factToken("flows.nonus.ytd");
    const expand = (text: string) => (text === token ? seen : text);
    expect(widthOf(await draw(labelled([token]), { expand }))).toBe(widthOf(await draw(labelled([seen]))));
    expect(widthOf(await draw(labelled([token])))).not.toBe(widthOf(await draw(labelled([seen]))));
  });

  it("keeps editions apart when charts are asked for at once", async () => {
    const asked = [
      ["en", "Korea"],
      ["zh-CN", "韩国指数"],
      ["en", "Sim Japan Index"],
      ["zh-CN", "模拟"],
    ] as const;
    const one = ([locale, label]: (typeof asked)[number]) => draw(labelled([label]), { locale });
    const together = await Promise.all(asked.map(one));
    for (const [i, each] of asked.entries()) expect(together[i]).toBe(await one(each));
  });

  it.each(["<script>alert(1)</script>", 'a "b" & <c>', "</text></svg><img src=x>", "]]>", "&amp;"])(
    "keeps %s as text",
    async (text) => {
      const svg = await draw(words(text));
      expect(textsOf(svg)).toEqual([text]);
      expect(elementsOf(pageOf(svg)).map(({ tagName }) => tagName)).not.toContain("script");
      expect(elementsOf(pageOf(svg)).map(({ tagName }) => tagName)).not.toContain("img");
    },
  );

  it("keeps the words of a name", async () => {
    expect(textsOf(await draw(words(nameToken("the Korea fund: A=B"))))).toEqual([
      nameToken("the Korea fund: A=B"),
    ]);
  });

  // Attributes are rewritten; words that look like them are not.
  it.each([' style="color:red" x', 'the role="alert" fund', 'A aria-label="x" B', 'an id="x" fund'])(
    "keeps words that look like an attribute: %s",
    async (text) => {
      expect(textsOf(await draw(words(nameToken(text))))).toEqual([nameToken(text)]);
    },
  );
});

describe("a chart's picture", () => {
  it("is the same in three time zones", async () => {
    const drawn = ["UTC", "Pacific/Kiritimati"].map((TZ) => {
      const script = join(import.meta.dirname, "draw-days.ts");
      const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
        env: { ...process.env, TZ, NODE_OPTIONS: "--disable-warning=ExperimentalWarning" },
        encoding: "utf8",
      });
      expect([status, stderr]).toEqual([0, ""]);
      return JSON.parse(stdout) as Awaited<ReturnType<typeof drawDays>>;
    });
    const all = [await drawDays(), ...drawn];
    // St John's, in which these tests run, lies three and a half hours behind; Kiritimati fourteen ahead.
    expect(all.map(({ zone }) => zone)).toEqual([210, 0, -840]);
    expect(all[0]?.svgs.length).toBeGreaterThan(5);
    expect(all[1]?.svgs).toEqual(all[0]?.svgs);
    expect(all[2]?.svgs).toEqual(all[0]?.svgs);
  });
});
