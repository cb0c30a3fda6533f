import { country } from "#src/sections/country.ts";
import { epicentre } from "#src/sections/epicentre.ts";
import { flows } from "#src/sections/flows.ts";
import { grid } from "#src/sections/grid.ts";
import { levels } from "#src/sections/levels.ts";
import { narrative } from "#src/sections/narrative.ts";
import { pair } from "#src/sections/pair.ts";
import { regime } from "#src/sections/regime.ts";
import type { Draft, SectionContext } from "#src/sections/section.ts";
import { signals } from "#src/sections/signals.ts";
import { surface } from "#src/sections/surface.ts";

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
};
