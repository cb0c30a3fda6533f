import { describe, expect, it } from "vitest";
import { canSay } from "#src/statements/can-say.ts";

const place = { fact: "x" };
const claim = (key: string, ...places: readonly string[]) => ({
  section: key.split(".")[0] ?? "",
  claim: { key, places: Object.fromEntries(places.map((name) => [name, place])) },
});

describe("a claim of an earlier issue", () => {
  it.each([
    claim("levels.best-on-record.claim", "week", "close", "since"),
    claim("regime.claim.up.calm", "average", "volatility", "percentile", "since", "n"),
    claim("flows.mixed.claim", "gainer", "loser", "name", "v", "w", "share", "due"),
    // Countries are told by one ladder, each in its own section.
    { ...claim("country.foreign.claim", "share", "percentile", "n", "date", "country"), section: "japan" },
  ])("can be said where a rule has its message and its places: $claim.key", (statement) => {
    expect(canSay(statement)).toBe(true);
  });

  it.each([
    ["a message that has gone", claim("levels.bestest.claim", "week", "close", "since")],
    ["a place that it lacks", claim("levels.best-on-record.claim", "week", "close")],
    ["a longer key", claim("levels.best-on-record.claim.more", "week", "close", "since")],
    ["a section that does not ask", { ...claim("country.foreign.claim", "share"), section: "pair" }],
    ["another section", { ...claim("levels.best.claim", "week", "close", "since"), section: "pair" }],
  ])("cannot with %s", (_, statement) => {
    expect(canSay(statement)).toBe(false);
  });
});
