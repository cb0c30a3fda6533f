import { flows } from "#src/sections/flows.ts";
import { hedgeFunds } from "#src/sections/hedge-funds.ts";
import { levels } from "#src/sections/levels.ts";
import { pair } from "#src/sections/pair.ts";
import { regime } from "#src/sections/regime.ts";
import type { Draft, SectionContext } from "#src/sections/section.ts";
import { surface } from "#src/sections/surface.ts";

/** The sections that find something out, by name. `headline` is made from them and `sources` from the panel. */
export const topics: Readonly<Record<string, (context: SectionContext) => Draft>> = {
  levels,
  flows,
  pair,
  surface,
  regime,
  "hedge-funds": hedgeFunds,
};
