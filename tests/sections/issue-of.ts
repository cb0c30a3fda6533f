import { expect } from "vitest";
import type { Fact } from "#src/domain/fact.ts";
import type { RankedStatement, Refusal } from "#src/domain/statement.ts";
import type { SectionName } from "#src/domain/workspace.ts";
import { type Composed, compose } from "#src/sections/compose.ts";
import type { Section } from "#src/sections/section.ts";
import { gatheredOf, inputOf, type MarketCase, workspaceOf } from "#tests/sections/market-case.ts";
import { cellFacts, figureFaults, sayFaults, saysIn } from "#tests/sections/says.ts";

/** A composed issue, and what a test asks of it. Asking for what is not there fails the test. */
export interface Issue {
  readonly composed: Composed;
  /** `facts.json`. */
  readonly json: string;
  fact(id: string): Fact;
  statement(id: string): RankedStatement;
  refusal(id: string): Refusal;
  section(name: SectionName): Section;
  /** Ids of what is said, of what is refused, and of all facts. */
  readonly said: readonly string[];
  readonly refused: readonly string[];
  readonly factIds: readonly string[];
}

/** The issue of a small market, checked for what every issue must keep. */
export function issueOf(market: MarketCase, asOf: string): Issue {
  const workspace = workspaceOf(market);
  return checked(
    compose(inputOf(workspace, gatheredOf(market), asOf, market.declared)),
    Object.keys(market.series),
  );
}

/** The issue, once it is known to keep what every issue must. */
export function checked(composed: Composed, series: readonly string[]): Issue {
  expect(faultsOf(composed, series)).toEqual([]);
  const { facts, statements, refusals } = composed.facts;
  const find = <T extends { readonly id: string }>(all: readonly T[], id: string): T => {
    const found = all.find((each) => each.id === id);
    if (found === undefined) throw new RangeError(`no ${id} among ${all.map((each) => each.id).join(" ")}`);
    return found;
  };
  return {
    composed,
    json: JSON.stringify(composed.facts),
    fact: (id) => find(facts, id),
    statement: (id) => find(statements, id),
    refusal: (id) => find(refusals, id),
    section: (name) => {
      const found = composed.sections.find((section) => section.name === name);
      if (found === undefined) throw new RangeError(`no section ${name}`);
      return found;
    },
    said: statements.map(({ id }) => id),
    refused: refusals.map(({ id }) => id),
    factIds: facts.map(({ id }) => id),
  };
}

/** What is wrong with an issue, whatever it is about; nothing in a sound one. */
export function faultsOf(composed: Composed, series: readonly string[]): readonly string[] {
  const { facts, statements, refusals } = composed.facts;
  const ids = new Set(facts.map(({ id }) => id));
  const has = (id: string): boolean => ids.has(id);
  const said = new Set(statements.map(({ id }) => id));
  const figures = composed.sections.flatMap((section) => section.figures);
  const tables = composed.sections.flatMap((section) => section.tables);
  const shown = [...figures, ...tables];
  return [
    ...saysIn([composed.sections, statements]).flatMap((message) => sayFaults(message, has)),
    ...figures.flatMap((figure) => figureFaults(figure, has)),
    ...cellFacts(tables)
      .filter((id) => !has(id))
      .map((id) => `a cell without fact: ${id}`),
    ...facts
      .filter(({ value }) => typeof value === "number" && !Number.isFinite(value))
      .map(({ id }) => `not finite: ${id}`),
    ...facts
      .filter(({ value, status }) => (status === "ok" || status === "warn") !== (value !== null))
      .map(({ id, status }) => `${id} is ${status}`),
    ...missingWithoutReason(composed).map((id) => `missing without a reason: ${id}`),
    ...repeated(statements.map(({ id }) => id)).map((id) => `said twice: ${id}`),
    ...repeated(shown.map(({ id }) => id)).map((id) => `shown twice: ${id}`),
    ...refusals
      .filter(({ reasons }) => reasons.length === 0)
      .map(({ id }) => `refused without a reason: ${id}`),
    ...refusals
      .filter(({ instead }) => instead !== null && !said.has(instead))
      .map(({ id, instead }) => `${id} points to ${instead}, which is not said`),
    ...statements.filter(({ text }) => text.length === 0).map(({ id }) => `without a sentence: ${id}`),
    ...shown.flatMap(({ id, series: of }) =>
      of.filter((each) => !series.includes(each)).map((each) => `${id} credits ${each}`),
    ),
    ...figures.filter(({ series: of }) => of.length === 0).map(({ id }) => `without a source: ${id}`),
  ];
}

/** Facts without a value that do not say why. */
export const missingWithoutReason = ({ facts }: Composed): readonly string[] =>
  facts.facts.filter(({ value, reasons }) => value === null && reasons.length === 0).map(({ id }) => id);

const repeated = (ids: readonly string[]): readonly string[] => ids.filter((id, i) => ids.indexOf(id) !== i);
