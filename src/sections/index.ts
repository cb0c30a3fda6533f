import type { SectionName } from "#src/domain/workspace.ts";
import { checks } from "#src/sections/checks.ts";
import { country } from "#src/sections/country.ts";
import { epicentre } from "#src/sections/epicentre.ts";
import { flows } from "#src/sections/flows.ts";
import { grid } from "#src/sections/grid.ts";
import { hedgeFunds } from "#src/sections/hedge-funds.ts";
import { levels } from "#src/sections/levels.ts";
import { narrative } from "#src/sections/narrative.ts";
import { pair } from "#src/sections/pair.ts";
import { regime } from "#src/sections/regime.ts";
import type { Draft, SectionContext } from "#src/sections/section.ts";
import { signals } from "#src/sections/signals.ts";
import { surface } from "#src/sections/surface.ts";

/** Sections that look at facts of others: they are drafted when those have entered theirs, wherever they stand on the page. */
const afterOthers: ReadonlySet<SectionName> = new Set<SectionName>(["checks"]);

/** Sections in the order in which they are drafted. */
export const inOrderOfDrafts = (sections: readonly SectionName[]): readonly SectionName[] =>
  sections.toSorted((a, b) => Number(afterOthers.has(a)) - Number(afterOthers.has(b)));

/** The sections that find something out, by name. `headline` is made from them and `sources` from the panel. */
export const topics: Readonly<Record<string, (context: SectionContext) => Draft>> = {
  narrative,
  epicentre,
  grid,
  levels,
  flows,
  korea: country("korea"),
  japan: country("japan"),
  pair,
  surface,
  signals,
  regime,
  "hedge-funds": hedgeFunds,
  checks,
};
