import type { Fact } from "#src/domain/fact.ts";
import type { Gathered } from "#src/domain/series.ts";
import type { DeliveryToWrite } from "#src/store/ledger.ts";
import type { Basis, IssueToKeep, Load } from "#src/store/store.ts";
import { factOf as plainFact } from "#tests/statements/evidence.ts";

/** A batch of a series: so many days, each with a value of the batch. */
export const batchOf = (series: string, days: number, value: number): Load => ({
  source: series,
  digest: `${series} ${days} ${value}`,
  gathered: [gathered(series, days, value)],
  now: 1000 + value,
});

const gathered = (series: string, days: number, value: number): Gathered => ({
  series,
  observations: Array.from({ length: days }, (_, i) => ({
    date: new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10),
    knownAt: null,
    value: value + i / 8,
  })),
  gap: null,
});

/** A fact of which only its value matters. */
export const factOf = (id: string, value: Fact["value"]): Fact =>
  plainFact(id, value, typeof value === "string" ? "date" : "return", { quantum: null, state: "none" });

/** What an issue was made from that saw a batch, with something in each column. */
export const basisOf = (batch: number | null, last: number | null = null): Basis => ({
  batch: batch ?? 0,
  knowledge: batch,
  readings: "r",
  gaps: { A: "no-rows" },
  last,
});

/** An issue of a day: one file of its own, one that all share, and a fact of each kind. */
export const issueOf = (asOf: string, text: string, own: Partial<IssueToKeep> = {}): IssueToKeep => ({
  publication: "weekly",
  asOf,
  instant: `${asOf}T23:00:00Z`,
  basis: basisOf(0),
  files: new Map([
    ["facts.json", new TextEncoder().encode(text)],
    ["font", new Uint8Array([0, 255, 7])],
  ]),
  facts: [factOf("a", 1 / 3), factOf("b", "2026-02-12"), factOf("c", null)],
  now: 1_700_000_000_000,
  ...own,
});

/** A delivery to somebody of that name. */
export const deliveryOf = (name: string, own: Partial<DeliveryToWrite> = {}): DeliveryToWrite => ({
  locale: "en",
  name,
  address: `${name}@example.com`,
  messageId: `<${name}@tideline>`,
  token: `token-${name}`,
  ...own,
});
