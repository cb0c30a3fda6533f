import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { cutoffOf } from "#src/calendar/cutoff.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Gathered } from "#src/domain/series.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import { givenOf } from "#src/gather-declared.ts";
import { type Computed, compute } from "#src/publish.ts";
import { readDeclared } from "#src/sources/declared-list.ts";
import { otherQuestions } from "#tests/truth/configurations.ts";
import { type Crisis, type Point, type RawSeries, type World, worldOf } from "#tests/truth/world.ts";
import { simulate } from "../../examples/sample/market.ts";
import { seed } from "../../examples/sample/parameters.ts";

const root = join(import.meta.dirname, "../..");
const workspace = await loadWorkspace(root, {});
const declared = (await readDeclared(workspace.declared, workspace)).map(givenOf);
const crises: readonly Crisis[] = (
  parse(readFileSync(join(root, "data/crises.yaml"), "utf8")) as readonly { from: string; until?: string }[]
).map(({ from, until }) => ({ from, until: until ?? null }));

/** Whether markets of other seeds are made without the scenario; the generator of today leads each through its levels. */
export const isWithoutScenario: boolean = false;

/** A market that the sample's generator makes of another seed, as its files would write it: with `scenarioMarket` the only seam to the generator. */
export function marketOf(of: number): RawSeries {
  const { dates, prices, flows } = simulate(of);
  const percent = new Set(workspace.catalogue.filter(({ unit }) => unit === "percent").map(({ id }) => id));
  const columns = [...prices].map(([id, values]): readonly [string, readonly Point[]] => [
    id,
    values.flatMap((text, t) =>
      text === null ? [] : [{ day: dates[t] ?? "", value: Number(percent.has(id) ? `${text}e-2` : text) }],
    ),
  ]);
  const funds = Map.groupBy(flows, ({ fund }) => fund);
  return new Map([
    ...columns,
    ...[...funds].map(([id, rows]): readonly [string, readonly Point[]] => [
      id,
      rows.map(({ date, usd }) => ({ day: date, value: usd })),
    ]),
  ]);
}

/** The market of the sample itself, with the scenario. */
export const scenarioMarket = (): RawSeries => marketOf(seed);

/** An issue of such a market, and the world that it is of. */
export interface OtherIssue {
  readonly world: World;
  readonly computed: Computed;
}

/** The sample's own questions, or others, of a market as of a day. */
export function issueOf(raw: RawSeries, asOf: string, of: Workspace = workspace): OtherIssue {
  const publication = of.publications.weekly;
  if (publication === undefined) throw new RangeError("the sample has a weekly");
  const given = [...raw].map(
    ([series, points]): Gathered => ({
      series,
      observations: points.map(({ day, value }) => ({ date: day, value, knownAt: null })),
      gap: null,
    }),
  );
  const cutoff = cutoffOf(publication, calendarOf(of.calendars, publication), asOf);
  const inputs = { given, declared, knowledge: null, last: null, remembered: [] };
  return {
    world: worldOf(of, publication, raw, asOf, crises),
    computed: compute({ workspace: of, publication, asOf: cutoff }, inputs),
  };
}

/** The same of other questions that a seed makes. */
export function otherIssueOf(raw: RawSeries, seed: number): OtherIssue {
  const { asOf, workspace: of } = otherQuestions(workspace, raw, seed);
  return issueOf(raw, asOf, of);
}
