import { describe, expect, it } from "vitest";
import {
  type JointGroups,
  jointRules,
  jointStrength,
  jointStrengthPath,
} from "#src/metrics/joint-strength.ts";
import reference from "#tests/fixtures/reference/contradictions.json" with { type: "json" };
import { normals } from "#tests/metrics/normals.ts";
import { pathGap } from "#tests/metrics/panels.ts";
import { series } from "#tests/metrics/returns-reference.ts";

const { equalWeight, ...groups } = reference.groups;
const until = (n: number, of: JointGroups = groups): JointGroups => ({
  cyclical: Object.freeze(of.cyclical.slice(0, n)),
  defensive: Object.freeze(of.defensive.slice(0, n)),
  index: Object.freeze(of.index.slice(0, n)),
});
/** Few resamples, where the interval does not matter. */
const quick = { replicates: 20 };
const path = jointStrengthPath(groups);
const gap = (a: number | null | undefined, b: number | null) =>
  a == null || b === null ? Number(a !== b) : Math.abs(a - b);

describe("jointStrength against the reference", () => {
  it.each(reference.joint)("at session $t: $joint", ({ t, others, n, ...row }) => {
    const context = {
      others: reference.others.map((sector) => sector.slice(0, t + 1)),
      equalWeight: equalWeight.slice(0, t + 1),
    };
    const found = jointStrength(until(t + 1), context, quick);
    const { value } = found;
    expect(found.n).toBe(n);
    expect(gap(value?.cyclical, row.cyclical)).toBeLessThan(1e-10);
    expect(gap(value?.defensive, row.defensive)).toBeLessThan(1e-10);
    expect(gap(value?.joint, row.joint)).toBeLessThan(1e-10);
    expect(gap(value?.equalWeight, row.equalWeight)).toBeLessThan(1e-10);
    expect(gap(value?.correlation, row.correlation)).toBeLessThan(1e-10);
    expect(gap(value?.rarity?.share ?? null, row.share)).toBeLessThan(1e-12);
    expect(value?.others.map((each) => each.value?.value ?? 9)).toEqual(
      others.map((strength) => expect.closeTo(strength, 12)),
    );
    expect(value?.isJoint).toBe(Math.abs(row.joint ?? 0) >= 1);
  });

  it("meets groups that are both strong, both weak and neither there", () => {
    const signs = new Set(reference.joint.map(({ joint }) => Math.sign(joint ?? 0)));
    expect([...signs].toSorted((a, b) => a - b)).toEqual([-1, 0, 1]);
  });
});

describe("jointStrength by the length of the history", () => {
  it("needs 777 prices for a z, and 756 more sessions for a rarity", () => {
    expect(jointStrength(until(776))).toEqual({
      status: "insufficient",
      value: null,
      n: 776,
      reasons: [{ code: "too-few", need: 777, have: 776 }],
    });
    expect(jointStrength(until(777))).toMatchObject({ status: "warn", n: 0, value: { rarity: null } });
    // At sessions 1,531 and 1,532 both groups are strong.
    expect(jointStrength(until(1532)).value?.joint).toBeGreaterThan(0);
    expect(jointStrength(until(1532))).toMatchObject({ n: 755, value: { rarity: null } });
    expect(jointStrength(until(1533))).toMatchObject({
      status: "warn",
      n: 756,
      reasons: [{ code: "short-history", need: 2520, have: 756 }],
    });
    expect(jointStrength(until(1533)).value?.rarity).not.toBeNull();
  });

  it("has no caveat from what is preferred on", () => {
    const rarityHistory = { min: 60, preferred: 400 };
    expect(jointStrength(until(777 + 399), {}, { rarityHistory })).toMatchObject({ status: "warn", n: 399 });
    expect(jointStrength(until(777 + 400), {}, { rarityHistory })).toMatchObject({ status: "ok", n: 400 });
    expect(jointStrength(until(777 + 500), {}, { rarityHistory })).toMatchObject({ status: "ok", n: 400 });
  });

  it("does not exist for a price that is not positive, or groups that are the index", () => {
    const { index } = until(900);
    const broken = { ...until(900), cyclical: groups.cyclical.slice(0, 900).with(880, 0) };
    expect(jointStrength(broken)).toMatchObject({ status: "undefined", reasons: [{ code: "not-positive" }] });
    expect(jointStrength({ index, cyclical: index, defensive: index })).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(jointStrength(until(0))).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("refuses prices of other days, what is no number and what is no horizon", () => {
    const bad = [Number.NaN, Number.POSITIVE_INFINITY];
    for (const price of bad)
      expect(() => jointStrength({ ...groups, index: groups.index.with(3, price) })).toThrow(RangeError);
    expect(() => jointStrength({ ...groups, index: groups.index.slice(1) })).toThrow(RangeError);
    expect(() => jointStrength(groups, { equalWeight: equalWeight.slice(1) })).toThrow(RangeError);
    expect(() => jointStrength(groups, { others: [[1, 2]] })).toThrow(RangeError);
    expect(() => jointStrength(groups, {}, { horizon: 0 })).toThrow(RangeError);
  });

  it("has the rules of the definition", () => {
    expect(jointRules).toEqual({
      horizon: 20,
      gate: 1,
      history: { min: 756, preferred: 756 },
      rarityHistory: { min: 756, preferred: 2520 },
    });
  });
});

/** Groups whose relative strength is noise until the last 20 sessions, in which each gains so much on the index. */
function made(cyclical: number, defensive: number, equal = 0) {
  const n = 400;
  const noise = (seed: number, gain: number): readonly number[] => {
    let level = 0;
    return normals(n, seed).map((e, t) => {
      level += t < n - 20 ? 0.002 * e : gain / 20;
      return 100 * Math.exp(level);
    });
  };
  const index = series(n, 100);
  const heavy = series(n, (t) => 100 * Math.exp(t < n - 20 ? 0 : (equal * (t - n + 21)) / 20));
  const options = {
    history: { min: 60, preferred: 252 },
    rarityHistory: { min: 60, preferred: 60 },
    ...quick,
  };
  return jointStrength(
    { cyclical: noise(1, cyclical), defensive: noise(2, defensive), index },
    { equalWeight: heavy },
    options,
  ).value;
}

describe("jointStrength by sign", () => {
  it("is the smaller of two strengths, the smaller of two weaknesses, and 0 otherwise", () => {
    const strong = made(0.06, 0.04);
    expect(strong?.joint).toBe(Math.min(strong?.cyclical ?? 0, strong?.defensive ?? 0));
    expect(strong?.joint).toBeGreaterThan(2);
    const weak = made(-0.06, -0.04);
    expect(weak?.joint).toBe(Math.max(weak?.cyclical ?? 0, weak?.defensive ?? 0));
    expect(weak?.joint).toBeLessThan(-2);
    expect(made(0.06, -0.04)).toMatchObject({
      joint: 0,
      isJoint: false,
      rarity: null,
      againstEqualWeight: null,
    });
    expect(made(-0.06, 0.04)).toMatchObject({ joint: 0 });
  });

  it("is said to be joint from a z of 1 on both sides", () => {
    // Both z rise with the gain of the last 20 sessions, so there is a gain at which the smaller passes 1.
    let [low, high] = [0, 0.06];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if ((made(middle, middle)?.joint ?? 0) < 1) low = middle;
      else high = middle;
    }
    expect(made(low, low)?.isJoint).toBe(false);
    expect(made(high, high)?.isJoint).toBe(true);
    expect(made(low, low)?.joint).toBeCloseTo(1, 9);
  });

  it("tells whether it is but the mirror image of a heavy sector", () => {
    expect(made(0.06, 0.06, 0)?.againstEqualWeight).toBe("survives");
    expect(made(0.06, 0.06, 0.08)?.againstEqualWeight).toBe("vanishes");
    expect(made(-0.06, -0.06, -0.08)?.againstEqualWeight).toBe("vanishes");
    // One of the two does not beat the equal-weight index.
    const half = made(0.06, 0.03, 0.045);
    expect(half?.joint).toBeGreaterThan(0);
    expect(half).toMatchObject({ equalWeight: 0, againstEqualWeight: "vanishes" });
    const between = made(0.06, 0.06, 0.055);
    expect(between?.equalWeight).toBeGreaterThan(0);
    expect(between?.equalWeight).toBeLessThan(1);
    expect(between?.againstEqualWeight).toBe("weakens");
    expect(jointStrength(until(777)).value).toMatchObject({ equalWeight: null, againstEqualWeight: null });
  });

  it("turns over with the groups, and does not see the unit of prices", () => {
    const swapped = jointStrengthPath({ ...groups, cyclical: groups.defensive, defensive: groups.cyclical });
    expect(swapped.joint).toEqual(path.joint);
    const scaled = jointStrengthPath({ ...groups, index: groups.index.map((price) => price * 8) });
    expect(pathGap(scaled.joint, path.joint)).toBeLessThan(1e-9);
    const split = groups.index.map((price, t) => (t < 1690 ? price : price * 2));
    expect(jointStrengthPath({ ...groups, index: split }).joint[1695]).not.toBe(path.joint[1695]);
  });
});

describe("jointStrengthPath", () => {
  it("uses nothing after a session, and what is before it", () => {
    for (const n of [500, 777, 1300]) {
      const short = jointStrengthPath(until(n));
      expect(path.joint.slice(0, n)).toEqual(short.joint);
      expect(path.cyclical.slice(0, n)).toEqual(short.cyclical);
      expect(path.defensive.slice(0, n)).toEqual(short.defensive);
    }
    const changed = jointStrengthPath({ ...groups, cyclical: groups.cyclical.with(1500, 500) });
    expect(changed.cyclical.slice(0, 1500)).toEqual(path.cyclical.slice(0, 1500));
    expect(changed.cyclical[1500]).not.toBe(path.cyclical[1500]);
    expect(changed.cyclical[1600]).not.toBe(path.cyclical[1600]);
  });

  it("ends with what is told of the latest session", () => {
    const { joint, cyclical, defensive } = jointStrength(groups).value ?? {};
    expect(path.joint.at(-1)).toBe(joint);
    expect(path.cyclical.at(-1)).toBe(cyclical);
    expect(path.defensive.at(-1)).toBe(defensive);
  });
});
