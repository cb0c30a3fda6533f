import { describe, expect, it } from "vitest";
import { ending } from "#tests/sections/conditions-case.ts";
import type { Row } from "#tests/sections/days.ts";
import type { CaseSeries } from "#tests/sections/market-case.ts";
import { type Drifts, ofIssue, rules, sectors, signalsIssue, zOf } from "#tests/sections/signals-case.ts";

const strong: Drifts = { C1: 1.6e-4, C2: 1.6e-4, D1: 1.4e-4, D2: 1.4e-4, O1: -2e-4, O2: -1e-4, O3: 5e-5 };
const weak: Drifts = { C1: -1.6e-4, C2: -1.6e-4, D1: -1.4e-4, D2: -1.4e-4, O1: 2e-4, O2: 1e-4, O3: -5e-5 };
const issueOf = (drifts: Drifts, more: Parameters<typeof rules>[0] = {}) =>
  signalsIssue(sectors(drifts), rules({ ...(drifts.E === undefined ? {} : { equalWeight: "E" }), ...more }));

/** Prices of a series. */
const pricesOf = (all: Readonly<Record<string, CaseSeries>>, id: string): readonly number[] =>
  (all[id]?.rows ?? []).map(([, v]) => v);
/** What 1 becomes in a basket brought back to equal weights daily. */
function basket(all: Readonly<Record<string, CaseSeries>>, ids: readonly string[]): readonly number[] {
  const members = ids.map((id) => pricesOf(all, id));
  const levels = [1];
  for (let t = 1; t < (members[0]?.length ?? 0); t++) {
    const mean = members.reduce((sum, p) => sum + (p[t] ?? 0) / (p[t - 1] ?? 1) - 1, 0) / members.length;
    levels.push((levels.at(-1) ?? 1) * (1 + mean));
  }
  return levels;
}
/** Relative strength of every session from the twentieth on. */
const strengths = (a: readonly number[], b: readonly number[]): readonly number[] =>
  a
    .map(
      (price, t) =>
        Math.log(price / (a[t - 20] ?? Number.NaN)) - Math.log((b[t] ?? 0) / (b[t - 20] ?? Number.NaN)),
    )
    .filter(Number.isFinite);

describe("cyclicals and defensives", () => {
  it("that beat the index at once as seldom before are extremely rare, and the page says who paid", () => {
    const found = issueOf({ ...strong, E: 0.0 });
    expect(found.said).toEqual(["signals.joint.extremely-rare-strong"]);
    const said = found.statement("signals.joint.extremely-rare-strong");
    expect(said).toMatchObject({
      gate: { rule: "E1 joint relative strength" },
      stance: "joint:strong",
      earned: true,
    });
    expect(said.text.map(({ key }) => key)).toEqual([
      "signals.joint.text.strong",
      "signals.joint.paid.strong.some",
      "signals.joint.rare.strong.text.never",
      "signals.joint.equal.strong.survives",
    ]);
    expect(said.text[1]?.places).toMatchObject({ payerName: { name: { en: "the O1" } } });
    expect(found.fact("signals.joint.payers").value).toBe(2);
    expect(found.fact("signals.joint.others").value).toBe(3);
    expect(Number(found.fact("signals.joint.share").value)).toBeLessThanOrEqual(0.05);
    expect(Number(found.fact("signals.joint.share-high").value)).toBeLessThanOrEqual(0.1);
    expect(found.part.claim.key).toBe("signals.joint.rare.strong.claim.tested");
    // Without an equal-weight index the headline says what was not tested.
    expect(issueOf(strong).part.claim.key).toBe("signals.joint.rare.strong.claim.untested");
    expect(found.part.figures.map(({ id }) => id)).toEqual(["signals.sectors"]);
  });

  it("are measured as groups of equal weight brought back daily", () => {
    const all = sectors(strong);
    const found = signalsIssue(all, rules());
    const [c, d, index] = [basket(all, ["C1", "C2"]), basket(all, ["D1", "D2"]), pricesOf(all, "I")];
    const [rc, rd] = [strengths(c, index), strengths(d, index)];
    const [zc, zd] = [zOf(rc.slice(-757)), zOf(rd.slice(-757))];
    expect(found.fact("signals.joint.cyclical-z").value).toBeCloseTo(zc, 8);
    expect(found.fact("signals.joint.defensive-z").value).toBeCloseTo(zd, 8);
    expect(found.fact("signals.joint.j").value).toBeCloseTo(Math.min(zc, zd), 8);
    expect(found.fact("signals.joint.cyclical").value).toBeCloseTo(Math.expm1(rc.at(-1) ?? 0), 10);
    expect(found.fact("signals.sector.O1").value).toBeCloseTo(
      Math.expm1(strengths(pricesOf(all, "O1"), index).at(-1) ?? 0),
      10,
    );
    // The share of earlier sessions on which both were as far out.
    const earlier = rc.slice(0, -1).flatMap((_, t) => {
      if (t < 756) return [];
      const [a, b] = [rc, rd].map((path) => zOf(path.slice(t - 756, t + 1)));
      return [Math.min(a ?? 0, b ?? 0) >= Math.min(zc, zd)];
    });
    expect(found.fact("signals.joint.history").value).toBe(earlier.length);
    expect(found.fact("signals.joint.share").value).toBeCloseTo(
      earlier.filter(Boolean).length / earlier.length,
      10,
    );
  });

  it("that lag it at once are told the other way round", () => {
    const found = issueOf(weak);
    expect(ofIssue(found, "signals.joint.extremely-rare-weak")).toEqual([
      "signals.joint.text.weak",
      "signals.joint.paid.weak.some",
      "signals.joint.rare.weak.text.never",
      "signals.joint.equal.weak.none",
    ]);
    expect(found.fact("signals.joint.j").state).toBe("down");
  });

  it("mirror heavy sectors where nothing of it remains against the equal-weight index", () => {
    const found = issueOf({ ...strong, E: 3e-4 });
    expect(found.said).toEqual(["signals.joint.mirror-strong"]);
    expect(ofIssue(found, "signals.joint.mirror-strong")).toEqual([
      "signals.joint.text.strong",
      "signals.joint.mirror.strong.text",
      "signals.joint.paid.strong.some",
    ]);
    for (const refused of ["extremely-rare-strong", "both-strong"])
      expect(found.refusal(`signals.joint.${refused}`).reasons).toContainEqual({
        code: "vanishes-against-equal-weight",
      });
    expect(issueOf({ ...weak, E: -3e-4 }).said).toEqual(["signals.joint.mirror-weak"]);
  });

  it("are not rare where they were as strong before on too many sessions", () => {
    // Every hundred sessions twenty like the last.
    const often =
      (id: string) =>
      (rows: readonly Row[] = []) => {
        let lift = 1;
        return rows.map(([day, v], t): Row => {
          const left = rows.length - 1 - t;
          if (/[CD]/.test(id) && left >= 20 && left % 100 < 20) lift *= 1.0002;
          return [day, v * lift];
        });
      };
    const all = Object.fromEntries(
      Object.entries(sectors(strong)).map(([id, each]) => [id, { rows: often(id)(each.rows) }]),
    );
    const found = signalsIssue(all, rules());
    expect(found.said).toEqual(["signals.joint.both-strong"]);
    expect(found.refusal("signals.joint.extremely-rare-strong").reasons.map(({ code }) => code)).toContain(
      "interval-too-wide",
    );
    expect(ofIssue(found, "signals.joint.both-strong")[2]).toBe("signals.joint.often.strong.some");
  });

  it("are at odds where one group is strong and the other weak", () => {
    expect(issueOf({ C1: 1.6e-4, C2: 1.6e-4, D1: -1.6e-4, D2: -1.6e-4 }).said).toEqual([
      "signals.joint.cyclical-lead",
    ]);
    expect(issueOf({ C1: -1.6e-4, C2: -1.6e-4, D1: 1.6e-4, D2: 1.6e-4 }).said).toEqual([
      "signals.joint.defensive-lead",
    ]);
  });

  it("are told plainly where neither is far out", () => {
    const found = issueOf({ C1: 1.6e-4, C2: 1.6e-4 });
    expect(found.said).toEqual(["signals.joint.plain"]);
    expect(found.statement("signals.joint.plain").earned).toBe(false);
    expect(found.sentences[0]).toBe("signals.joint.cyclical.up");
  });
});

describe("of the sectors", () => {
  const all = sectors(strong);

  it("nobody paid where no other lagged, one alone or all did", () => {
    const paid = (drifts: Drifts) =>
      ofIssue(issueOf({ ...strong, ...drifts }), "signals.joint.extremely-rare-strong")[1];
    expect(paid({ O1: 2e-4, O2: 2e-4, O3: 2e-4 })).toBe("signals.joint.paid.strong.none");
    expect(paid({ O1: -2e-4, O2: 2e-4, O3: 2e-4 })).toBe("signals.joint.paid.strong.one");
    expect(paid({ O1: -2e-4, O2: -2e-4, O3: -2e-4 })).toBe("signals.joint.paid.strong.all");
  });

  it("one of a group that ends early leaves nothing to say, and that is one line", () => {
    const found = signalsIssue({ ...all, C2: ending(all.C2, 4) }, rules());
    expect([found.said, found.gaps, found.part.figures]).toEqual([[], ["signals.gap.strength"], []]);
    expect(found.refusal("signals.joint.plain").reasons).toEqual([{ code: "stale", need: 3, have: 4 }]);
    expect(found.part.claim.key).toBe("signals.none.claim");
  });

  it("another that is missing is named, and the rest pay", () => {
    const found = signalsIssue({ ...all, O1: { gap: "file-missing" } }, rules());
    expect(found.gaps).toEqual(["signals.gap.without"]);
    expect(found.fact("signals.joint.others").value).toBe(2);
    expect(found.said).toEqual(["signals.joint.extremely-rare-strong"]);
  });

  it("without any other nothing is said of both at once, since nobody can be named who paid", () => {
    const gone = Object.fromEntries(["O1", "O2", "O3"].map((id) => [id, { gap: "file-missing" as const }]));
    const found = signalsIssue({ ...all, ...gone }, rules());
    expect(found.said).toEqual(["signals.joint.plain"]);
  });

  it("an equal-weight index that ends early counts as none", () => {
    const own = sectors({ ...strong, E: 0 });
    const found = signalsIssue({ ...own, E: ending(own.E, 1) }, rules({ equalWeight: "E" }));
    expect(ofIssue(found, "signals.joint.extremely-rare-strong").at(-1)).toBe(
      "signals.joint.equal.strong.none",
    );
    expect(found.gaps).toEqual(["signals.gap.without"]);
  });

  it("a history of 777 closes has a z and no rarity, of 776 none", () => {
    const cut = (n: number) =>
      signalsIssue(
        Object.fromEntries(Object.entries(all).map(([id, { rows = [] }]) => [id, { rows: rows.slice(-n) }])),
        rules(),
      );
    const found = cut(777);
    expect(found.said).toEqual(["signals.joint.both-strong"]);
    expect(ofIssue(found, "signals.joint.both-strong")).not.toContain("signals.joint.often.strong.some");
    expect(cut(776).gaps).toEqual(["signals.gap.strength"]);
  });

  it("a holiday of one is left out of all, and no value after the cut-off counts", () => {
    const before = signalsIssue(all, rules());
    const later = Object.fromEntries(
      Object.entries(all).map(([id, { rows = [] }]) => [id, { rows: [...rows, ["2026-02-16", 999] as Row] }]),
    );
    expect(signalsIssue(later, rules()).fact("signals.joint.j").value).toBe(
      before.fact("signals.joint.j").value,
    );
    const changed = {
      ...all,
      C1: { rows: (all.C1?.rows ?? []).map(([d, v], i, of): Row => [d, i === of.length - 1 ? v * 1.01 : v]) },
    };
    expect(signalsIssue(changed, rules()).fact("signals.joint.cyclical-z").value).not.toBe(
      before.fact("signals.joint.cyclical-z").value,
    );
    const holiday = { ...all, C1: { rows: (all.C1?.rows ?? []).filter((_, i, of) => i !== of.length - 10) } };
    const found = signalsIssue(holiday, rules());
    expect(found.fact("signals.joint.cyclical").window.n).toBe(
      before.fact("signals.joint.cyclical").window.n - 1,
    );
  });
});
