import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { cutoffOf } from "#src/calendar/cutoff.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import { exponents, type Gathered } from "#src/domain/series.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import { givenOf } from "#src/gather-declared.ts";
import { type Computed, compute } from "#src/publish.ts";
import { readDeclared } from "#src/sources/declared-list.ts";
import { bentMarket } from "#tests/truth/bent.ts";
import { otherQuestions } from "#tests/truth/configurations.ts";
import { type Crisis, type Lists, type RawSeries, type World, worldOf } from "#tests/truth/world.ts";
import { filesOf } from "../../examples/sample/csv.ts";
import { simulate } from "../../examples/sample/market.ts";
import { seed } from "../../examples/sample/parameters.ts";
import { publishedScenario } from "../../examples/sample/scenario.ts";

const root = join(import.meta.dirname, "../..");
const workspace = await loadWorkspace(root, {});
const declared = (await readDeclared(workspace.declared, workspace)).map(givenOf);
const crises: readonly Crisis[] = (
  parse(readFileSync(join(root, "data/crises.yaml"), "utf8")) as readonly { from: string; until?: string }[]
).map(({ from, until }) => ({ from, until: until ?? null }));

/** Rows of a list, by the names of its columns; none of the names holds a comma. */
function rowsOf(path: string): readonly ReadonlyMap<string, string>[] {
  const lines = readFileSync(join(root, path), "utf8").trimEnd().split("\n");
  const [head = [], ...rows] = lines.map((line) => line.split(","));
  return rows.map((row) => new Map(head.map((name, i) => [name, row[i] ?? ""])));
}

const lists: Lists = {
  crises,
  events: rowsOf("data/events.csv").map((row) => ({
    date: row.get("date") ?? "",
    kind: row.get("kind") ?? "",
    name: { en: row.get("name.en") ?? "", "zh-CN": row.get("name.zh-CN") ?? "" },
    series: row.get("series") ?? "",
    knownAt: Date.parse(row.get("known_at") ?? ""),
  })),
  members: rowsOf("data/baskets.csv").map((row) => ({
    basket: row.get("basket") ?? "",
    member: row.get("member") ?? "",
    from: row.get("from") ?? "",
    until: row.get("until") || null,
    knownAt: Date.parse(row.get("known_at") ?? ""),
  })),
};

/** An ordinary market that the sample's generator makes of another seed; with `scenarioMarket` the only seam to the generator. */
export const marketOf = (of: number): RawSeries => seriesOf(filesOf(simulate(of, null)));

/** The market of the sample itself, with the scenario. */
export const scenarioMarket = (): RawSeries => seriesOf(filesOf(simulate(seed, publishedScenario())));

/** A value as its file writes it. */
interface Written {
  readonly id: string;
  readonly day: string;
  readonly text: string;
}

/** Every series of the catalogue, in the unit of facts. */
function seriesOf(files: Readonly<Record<string, string>>): RawSeries {
  const values = Object.entries(files).flatMap(([name, text]) => valuesOf(name, text));
  const bySeries = Map.groupBy(values, ({ id }) => id);
  return new Map(
    [...bySeries].map(([id, all]) => [id, all.map(({ day, text }) => ({ day, value: numberOf(id, text) }))]),
  );
}

function valuesOf(name: string, file: string): readonly Written[] {
  if (name === "events.csv") return [];
  if (name.endsWith(".yaml")) {
    const entries = parse(file) as readonly { series: string; date: string; value: number }[];
    return entries.map(({ series, date, value }) => ({ id: series, day: date, text: String(value) }));
  }
  const [head = [], ...rows] = file
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  if (name === "flows.csv") return rows.map(([day = "", id = "", text = ""]) => ({ id, day, text }));
  return rows.flatMap(([day = "", ...cells]) =>
    cells.flatMap((text, i) => (text === "" ? [] : [{ id: head[i + 1] ?? "", day, text }])),
  );
}

const units = new Map(workspace.catalogue.map(({ id, unit }) => [id, unit]));

const numberOf = (id: string, text: string): number =>
  Number(`${text}e${exponents[units.get(id) ?? "unit"]}`);

/** An issue of such a market, and the world that it is of. */
export interface OtherIssue {
  readonly world: World;
  readonly computed: Computed;
}

/** The sample's own questions, or others, of a market as of a day. */
export function issueOf(raw: RawSeries, asOf: string, of: Workspace = workspace): OtherIssue {
  const publication = of.publications.weekly;
  if (publication === undefined) throw new RangeError("the sample has a weekly");
  // An ordinary market has nothing that a scenario quotes.
  const given = of.catalogue.map(({ id: series }): Gathered => {
    const observations = (raw.get(series) ?? []).map(({ day, value }) => ({
      date: day,
      value,
      knownAt: null,
    }));
    return { series, observations, gap: observations.length === 0 ? "no-rows" : null };
  });
  const cutoff = cutoffOf(publication, calendarOf(of.calendars, publication), asOf);
  const inputs = { given, declared, knowledge: null, last: null, remembered: [] };
  return {
    world: worldOf(of, publication, raw, asOf, lists),
    computed: compute({ workspace: of, publication, asOf: cutoff }, inputs),
  };
}

/** An ordinary market that is bent so that words are reached which others hardly reach, and its issue. */
export const bentIssueOf = (of: number, asOf: string): OtherIssue =>
  issueOf(bentMarket(marketOf(of), of, asOf, lists.events), asOf);

/** An issue of other questions that a seed makes. */
export function otherIssueOf(raw: RawSeries, seed: number): OtherIssue {
  const { asOf, workspace: of } = otherQuestions(workspace, raw, seed);
  return issueOf(raw, asOf, of);
}
