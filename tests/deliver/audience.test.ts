import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { audienceOf, deliveryTo, leftOut } from "#src/deliver/audience.ts";
import type { Recipient } from "#src/domain/mail.ts";
import { rules } from "#tests/deliver/mailed-issue.ts";

const ann: Recipient = {
  name: "Ann",
  address: "ann@example.org",
  language: "en",
  groups: ["clients"],
  from: null,
  until: null,
};
const publication = { to: ["clients", "desk"], languages: ["en"] } as const;
const issue = { publication: "weekly", asOf: "2026-02-13", revision: 1 };
const day = "2026-02-14";
const token = () => "t";

describe("an issue", () => {
  it.each([
    ["of another group", { groups: ["sales"] }, "group"],
    ["of no group of its own", { groups: [] }, "group"],
    ["of another language", { language: "zh-CN" }, "language"],
    ["whose days have not begun", { from: "2026-02-15" }, "not yet"],
    ["whose days are over", { until: "2026-02-13" }, "no longer"],
    ["whose first day it is", { from: day }, null],
    ["whose last day it is", { until: day }, null],
    ["with one of the groups", { groups: ["sales", "desk"] }, null],
  ] as const)("goes to a recipient %s: %j", (_, own, expected) => {
    const recipient = { ...ann, ...own } as Recipient;
    expect(leftOut(recipient, publication, day)).toBe(expected);
    const audience = { publication, recipients: [recipient], day };
    expect(audienceOf(audience, issue, rules, token)).toHaveLength(expected === null ? 1 : 0);
  });

  it("is sent to nobody by a publication that names no group", () => {
    expect(leftOut(ann, { ...publication, to: [] }, day)).toBe("group");
  });
});

describe("a delivery", () => {
  it("carries what the recipient gets, a token, and an id that is of the sender's domain", () => {
    expect(deliveryTo(ann, issue, rules, token)).toEqual({
      locale: "en",
      name: "Ann",
      address: "ann@example.org",
      messageId: expect.stringMatching(/^<[0-9a-f]{40}@example\.org>$/),
      token: "t",
    });
  });

  it("has the same id for the same issue and inbox, and another for any other", () => {
    const word = fc.stringMatching(/^[a-z]{1,4}$/);
    const named = fc.record({
      publication: word,
      asOf: fc.constantFrom("2026-02-13", "2026-02-20"),
      revision: fc.integer({ min: 1, max: 12 }),
      who: word,
    });
    const idOf = ({ who, ...key }: { who: string; publication: string; asOf: string; revision: number }) =>
      deliveryTo({ ...ann, address: `${who}@Example.org` }, key, rules, token).messageId;
    fc.assert(
      fc.property(named, named, (a, b) => {
        expect(idOf(a) === idOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
        expect(idOf({ ...a, who: a.who.toUpperCase() })).toBe(idOf(a));
      }),
    );
  });
});
