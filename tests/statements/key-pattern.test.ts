import { describe, expect, it } from "vitest";
import { keyPattern } from "#src/statements/key-pattern.ts";
import type { Ladder } from "#src/statements/rule.ts";

const ladder: Ladder = {
  id: "levels.week",
  section: "levels",
  about: "a market's week",
  standard: "B2 superlative",
  evidence: {
    side: { means: "which way", oneOf: ["best", "worst"] },
    rotation: { means: "its state", oneOf: ["in-gaining.net", "in-losing.net"] },
    week: { means: "the week's return", unit: "return" },
    group: { means: "the name of a group" },
  },
  rules: [],
};
const matches = (template: string, key: string): boolean => keyPattern(ladder, template).test(key);

describe("the keys that a template may be filled to", () => {
  it.each([
    ["levels.claim", "levels.claim"],
    ["levels.{side}.claim", "levels.worst.claim"],
    ["levels.{side}-{side}", "levels.best-worst"],
    ["flows.{rotation}.text", "flows.in-losing.net.text"],
    ["levels.{week.state}.claim", "levels.up.claim"],
    ["levels.{week.state}.claim", "levels.down.claim"],
    ["levels.{week.state}.claim", "levels.flat.claim"],
    ["levels.{week.state}.claim", "levels.na.claim"],
    ["levels.{group}.claim", "levels.asia-ex_japan2.claim"],
    // A trait that is no direction, and a name that is no evidence, may be any word.
    ["levels.{week.status}.claim", "levels.warn.claim"],
    ["levels.{other}.claim", "levels.anything.claim"],
  ])("of %s hold %s", (template, key) => {
    expect(matches(template, key)).toBe(true);
  });

  it.each([
    ["levels.claim", "levelsXclaim"],
    ["levels.claim", "levels.claim.more"],
    ["levels.claim", "my.levels.claim"],
    ["levels.{side}.claim", "levels.middling.claim"],
    ["levels.{side}.claim", "levels.bestworst.claim"],
    ["levels.{side}.claim", "levels..claim"],
    ["flows.{rotation}.text", "flows.out-losing.net.text"],
    ["flows.{rotation}.text", "flows.in-losing-net.text"],
    ["levels.{week.state}.claim", "levels.sideways.claim"],
    ["levels.{week.state}.claim", "levels..claim"],
    ["levels.{group}.claim", "levels..claim"],
    ["levels.{group}.claim", "levels.two.words.claim"],
  ])("of %s do not hold %s", (template, key) => {
    expect(matches(template, key)).toBe(false);
  });
});
