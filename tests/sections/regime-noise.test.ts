import { describe, expect, it } from "vitest";
import { type Crisis, noiseOf } from "#src/sections/regime-noise.ts";
import { turbulenceOf } from "#src/sections/regime-turbulence.ts";
import { speak } from "#src/statements/speak.ts";
import { noisePanel } from "#tests/metrics/panels.ts";
import { ending, friday, names, regimeOf, type Shape, seriesOf } from "#tests/sections/conditions-case.ts";
import { weekdaysTo } from "#tests/sections/days.ts";
import { contextOf } from "#tests/sections/market-case.ts";

const n = 2300;
const ids = names(10);
const panel = noisePanel(10, n, 5);
const conditions = { turbulence: ids, universe: ids };

/**
 * Forty sessions, begun so many ago: an order of names, which then turns round while each goes to and fro and ends where it
 * began, two of them against the others and never the same two for long.
 */
const stir =
  (ago: number, size: number): ((name: number) => Shape) =>
  (name) =>
  (r, t, left) => {
    if (left >= ago || left < ago - 40) return r;
    const drift = 0.0009 * (name - 4.5);
    if (left >= ago - 20) return r / 4 + drift;
    const side = (name + (t >> 1) * 3) % 10 < 2 ? -1 : 1;
    return r / 4 - drift + (t % 2 === 0 ? 1 : -1) * side * size;
  };
const usual = seriesOf(ids, panel);
const stirred = seriesOf(ids, panel, stir(40, 0.02));
/** The same, but for a last session that is not the highest of them. */
const stirredMore = seriesOf(ids, panel, stir(40, 0.03));
/** The same, and as much of it and more two hundred and forty sessions before. */
const twice = seriesOf(
  ids,
  panel,
  (name) => (r, t, left) => stir(40, 0.06)(name)(stir(280, 0.09)(name)(r, t, left), t, left),
);

describe("noise and velocity", () => {
  const found = regimeOf({ series: stirred, conditions });

  it("are said to be high where both are, with the components below the table", () => {
    const [said] = found.composed.facts.statements.filter(({ id }) =>
      /^regime\.noise\.(high|extreme)$/u.test(id),
    );
    expect(said).toMatchObject({ gate: { rule: "Q10 noise and velocity" }, proof: "regime.episodes" });
    for (const each of ["noise", "velocity"])
      expect(Number(found.fact(`regime.conditions.${each}`).value), each).toBeGreaterThanOrEqual(80);
    const notes = found.section("regime").tables.at(-1)?.notes ?? [];
    expect(notes.map(({ key }) => key)).toEqual([
      "regime.conditions.turbulence-note",
      "regime.conditions.noise-note",
      "regime.conditions.velocity-note",
    ]);
    expect(notes[2]?.places).toMatchObject({
      rankChurn: { fact: "regime.conditions.velocity.rank-churn" },
      factorRotation: { fact: "regime.conditions.velocity.factor-rotation" },
    });
    expect(found.fact("regime.conditions.velocity.factor-rotation").value).toBeNull();
  });

  it("are the means of their components, and of both the mean", () => {
    const mean = (composite: string, ...parts: readonly string[]) => {
      const values = parts.map((part) => Number(found.fact(`regime.conditions.${composite}.${part}`).value));
      return values.reduce((sum, v) => sum + v, 0) / values.length;
    };
    const noise = mean(
      "noise",
      "inefficiency",
      "volatility-of-volatility",
      "variance-ratio",
      "correlation-surprise",
    );
    const velocity = mean("velocity", "rank-churn", "leadership-turnover", "turbulence");
    expect(found.fact("regime.conditions.noise").value).toBeCloseTo(noise, 9);
    expect(found.fact("regime.conditions.velocity").value).toBeCloseTo(velocity, 9);
    expect(found.fact("regime.conditions.noise-and-velocity").value).toBeCloseTo((noise + velocity) / 2, 9);
  });

  it("are drawn through the years, where they stand out and only there", () => {
    expect(found.figures).toEqual(["regime.episodes"]);
    const calm = regimeOf({ series: usual, conditions });
    expect(calm.statement("regime.noise.usual").stance).toBe("noise:usual");
    expect([calm.figures, calm.sentences]).toEqual([[], ["regime.conditions.nothing"]]);
    expect(calm.said).not.toContain("regime.noise-episodes.as-high");
  });

  it("leave a gap where fewer than ten names count, or their history is below five years", () => {
    const few = regimeOf({ series: { ...usual, s3: ending(usual.s3, 4) }, conditions });
    expect(few.gaps).toEqual(["regime.conditions.gap.noise", "regime.conditions.without"]);
    expect(few.refusal("regime.noise.usual").reasons).toEqual([{ code: "coverage", need: 10, have: 9 }]);
    const young = seriesOf(ids, noisePanel(10, 1500, 5));
    expect(regimeOf({ series: young, conditions }).gaps).toEqual(["regime.conditions.gap.noise"]);
  });
});

describe("earlier times of as much", () => {
  const day = weekdaysTo(friday, n);
  const crisis = (from: number, until: number | null): Crisis => ({
    name: { en: "panic", "zh-CN": "恐慌" },
    from: day.at(-from) ?? "",
    until: until === null ? null : (day.at(-until) ?? ""),
  });
  /** What is said of a market with these crises. */
  const said = (series: typeof usual, ...crises: readonly Crisis[]) => {
    const context = contextOf({ series, conditions, sections: ["regime"] }, friday);
    const { questions, figures, ...rest } = noiseOf(context, turbulenceOf(context).paths, crises);
    const answers = questions.map(({ ladder, subject }) => speak(ladder, subject));
    const [drawn] = figures(
      (question) => answers[questions.indexOf(question)] ?? { statement: null, refusals: [] },
    );
    return { ...rest, drawn, episodes: answers[1]?.statement, refusals: answers[1]?.refusals };
  };

  it("are none where it was never so high", () => {
    expect(said(stirred).episodes).toMatchObject({
      id: "regime.noise-episodes.highest",
      tail: { record: true },
      gate: { found: { episodes: 0, isHighest: true } },
    });
  });

  it("are none either where only the sessions before today were as high", () => {
    const { episodes, refusals } = said(stirredMore);
    expect(episodes).toMatchObject({
      id: "regime.noise-episodes.only-now",
      gate: { found: { episodes: 0 } },
    });
    expect(refusals).toMatchObject([{ reasons: [{ code: "as-high-before" }] }]);
  });

  it("are counted, and compared with nothing where no crisis is declared", () => {
    const { episodes, refusals, drawn } = said(twice);
    expect(episodes?.id).toBe("regime.noise-episodes.as-high");
    expect(episodes?.text.map(({ key }) => key)).toEqual([
      "regime.episodes.text.as-high",
      "regime.episodes.undeclared",
    ]);
    expect(refusals?.at(-1)?.reasons.map(({ code }) => code)).toEqual([
      "no-crisis-declared",
      "outside-crises",
    ]);
    expect(drawn?.notes).toMatchObject([{ key: "regime.figure.episodes.undeclared" }]);
  });

  it("are of crises alone only where each lies wholly inside one", () => {
    const inside = said(twice, crisis(300, 200));
    expect(inside.episodes?.id).toBe("regime.noise-episodes.only-crises");
    expect(inside.drawn?.notes).toMatchObject([{ key: "regime.figure.episodes.declared" }]);
    expect(said(twice, crisis(300, null)).episodes?.id).toBe("regime.noise-episodes.only-crises");
    const outlasted = said(twice, crisis(300, 255));
    expect(outlasted.episodes?.id).toBe("regime.noise-episodes.as-high");
    expect(outlasted.episodes?.text.map(({ key }) => key)).toEqual(["regime.episodes.text.as-high"]);
  });
});
