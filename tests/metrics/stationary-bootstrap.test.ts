import { describe, expect, it } from "vitest";
import { bootstrapInterval, stationaryResamples } from "#src/metrics/stationary-bootstrap.ts";
import byR from "#tests/fixtures/reference/inference-r.json" with { type: "json" };
import { series } from "#tests/metrics/returns-reference.ts";

const all = (n: number, block: number, replicates = 400, seed = 1) => [
  ...stationaryResamples(n, { block, replicates, seed }),
];

const meanOf = (x: readonly number[]) => (at: Int32Array) =>
  at.reduce((sum, i) => sum + (x[i] ?? Number.NaN), 0) / at.length;
const deviationOf = (x: readonly number[]) => (at: Int32Array) => {
  const mean = meanOf(x)(at);
  return Math.sqrt(at.reduce((sum, i) => sum + ((x[i] ?? 0) - mean) ** 2, 0) / (at.length - 1));
};

describe("stationaryResamples", () => {
  it("are positions of the observations, an array of them a replicate", () => {
    const resamples = all(30, 4);
    expect(resamples).toHaveLength(400);
    for (const at of resamples) {
      expect(at).toHaveLength(30);
      expect(at.every((i) => Number.isInteger(i) && i >= 0 && i < 30)).toBe(true);
    }
    expect(new Set(resamples).size).toBe(400);
    expect([...stationaryResamples(5, { block: 2 })]).toHaveLength(2000);
  });

  it("draw the same from the same seed, and other ones from another", () => {
    expect(all(30, 4)).toEqual(all(30, 4));
    expect(all(30, 4, 400, 2)).not.toEqual(all(30, 4));
    // Fewer replicates are the first of more.
    expect(all(30, 4, 10)).toEqual(all(30, 4).slice(0, 10));
  });

  it("draw every observation equally often", () => {
    const counts = new Array<number>(40).fill(0);
    for (const at of all(40, 5, 4000)) for (const i of at) counts[i] = (counts[i] ?? 0) + 1;
    // 4,000 of each are expected; blocks of 5 make the variance some 9 times that of single draws.
    for (const count of counts) expect(Math.abs(count - 4000)).toBeLessThan(5 * 3 * Math.sqrt(4000));
  });

  // A step that is not to the next observation begins a block: its share is 1/b, less those that land on the next by chance.
  it.each([1, 1.5, 4, 20])("begin a new block with probability 1/%d", (block) => {
    const n = 50;
    let [breaks, steps] = [0, 0];
    for (const at of all(n, block, 1000))
      for (let t = 1; t < n; t++) {
        steps++;
        if (at[t] !== ((at[t - 1] ?? 0) + 1) % n) breaks++;
      }
    const expected = (1 / block) * (1 - 1 / n);
    expect(Math.abs(breaks / steps - expected)).toBeLessThan(
      5 * Math.sqrt((expected * (1 - expected)) / steps),
    );
  });

  it("have geometric lengths: of those that end, a share (1 − 1/b)² goes on for three", () => {
    const n = 200;
    const lengths: number[] = [];
    for (const at of all(n, 3, 500)) {
      let length = 1;
      for (let t = 1; t < n; t++) {
        if (at[t] === ((at[t - 1] ?? 0) + 1) % n) length++;
        else {
          lengths.push(length);
          length = 1;
        }
      }
    }
    // The chance to land on the next observation joins two blocks: 1/b becomes 1/b · (1 − 1/n).
    const go = 1 - (1 / 3) * (1 - 1 / n);
    for (const least of [2, 3, 6]) {
      const share = lengths.filter((length) => length >= least).length / lengths.length;
      expect(Math.abs(share - go ** (least - 1))).toBeLessThan(0.015);
    }
  });

  it("go on with the first observation after the last", () => {
    const passes = all(10, 8).filter((at) => at.some((i, t) => i === 9 && at[t + 1] === 0));
    expect(passes.length).toBeGreaterThan(100);
  });

  it("refuse counts that are none", () => {
    const draw = (n: number, options: object) => () => [...stationaryResamples(n, { block: 2, ...options })];
    for (const bad of [0, 2.5, Number.NaN]) {
      expect(draw(bad, {})).toThrow(/requires n/);
      expect(draw(5, { replicates: bad })).toThrow(/requires replicates/);
    }
    for (const block of [0.99, Number.NaN, Number.POSITIVE_INFINITY])
      expect(draw(5, { block })).toThrow(RangeError);
    expect(draw(5, { seed: 0.5 })).toThrow(/seed/);
    expect(draw(1, { block: 1 })).not.toThrow();
  });
});

describe("bootstrapInterval", () => {
  // The ends of one run may miss the mean of R's runs by three standard deviations of a run.
  it.each(
    byR.bootstrap.flatMap(({ x, block, mean, sd }) => [
      { name: "mean", statistic: meanOf(x), x, block, ...mean },
      { name: "deviation", statistic: deviationOf(x), x, block, ...sd },
    ]),
  )(
    "of a $name, blocks of $block, is that of boot and of tseries",
    ({ statistic, x, block, boot, tseries }) => {
      const { value } = bootstrapInterval(x.length, statistic, { block });
      for (const other of [boot, tseries]) {
        expect(Math.abs((value?.low ?? 9) - other.low)).toBeLessThan(3 * other.lowError);
        expect(Math.abs((value?.high ?? 9) - other.high)).toBeLessThan(3 * other.highError);
      }
    },
  );

  it("and would not be with blocks of another length", () => {
    const [{ x, mean } = { x: [], mean: null }] = byR.bootstrap;
    const { value } = bootstrapInterval(x.length, meanOf(x), { block: 1 });
    expect(Math.abs((value?.low ?? 0) - (mean?.boot.low ?? 0))).toBeGreaterThan(
      3 * (mean?.boot.lowError ?? 9),
    );
  });

  const x = series(40, (t) => Math.sin(t * t));

  it("says how it was made", () => {
    expect(bootstrapInterval(40, meanOf(x), { block: 3, replicates: 100, seed: 7 })).toMatchObject({
      status: "ok",
      n: 40,
      value: { level: 0.95, block: 3, replicates: 100, seed: 7 },
    });
    expect(bootstrapInterval(40, meanOf(x), { block: 3 }).value).toMatchObject({ replicates: 2000 });
  });

  it("is the quantiles of type 7 of the replicates", () => {
    const options = { block: 3, replicates: 21, seed: 7 };
    const sorted = all(40, 3, 21, 7)
      .map(meanOf(x))
      .sort((a, b) => a - b);
    // 21 values: the quantile 0.25 is the sixth, 0.75 the sixteenth.
    const { value } = bootstrapInterval(40, meanOf(x), { ...options, level: 0.5 });
    expect(value).toMatchObject({ low: sorted[5], high: sorted[15] });
  });

  it("is narrower the lower its level, and is a point where nothing differs", () => {
    const width = (level: number) => {
      const { value } = bootstrapInterval(40, meanOf(x), { block: 3, level });
      return (value?.high ?? 0) - (value?.low ?? 0);
    };
    expect(width(0.8)).toBeLessThan(width(0.95));
    expect(bootstrapInterval(40, () => 3, { block: 3 }).value).toMatchObject({ low: 3, high: 3 });
  });

  it("leaves out replicates without the statistic, a tenth of them at most", () => {
    const lost = (count: number) => {
      let replicate = 0;
      return bootstrapInterval(40, () => (replicate++ < count ? Number.NaN : replicate), {
        block: 3,
        replicates: 100,
      });
    };
    expect(lost(10)).toMatchObject({
      status: "warn",
      reasons: [{ code: "lost-replicates", need: 100, have: 90 }],
    });
    expect(lost(11)).toEqual({
      status: "undefined",
      value: null,
      n: 40,
      reasons: [{ code: "lost-replicates" }],
    });
  });

  it("needs 10 observations", () => {
    expect(bootstrapInterval(10, meanOf(x), { block: 2 }).status).toBe("ok");
    expect(bootstrapInterval(9, meanOf(x), { block: 2 })).toEqual({
      status: "insufficient",
      value: null,
      n: 9,
      reasons: [{ code: "too-few", need: 10, have: 9 }],
    });
  });

  it("refuses levels that are none", () => {
    for (const level of [0, 1, -0.5, Number.NaN])
      expect(() => bootstrapInterval(40, meanOf(x), { block: 2, level })).toThrow(RangeError);
  });
});
