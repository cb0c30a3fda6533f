import type * as z from "zod";
import { localised } from "#src/config/primitives.ts";
import type { signals } from "#src/config/signals-schema.ts";
import type { SignalRules } from "#src/domain/signals-rules.ts";

/** What the section `signals` measures; `null` where nothing is asked for. */
export function resolveSignals(config: z.output<typeof signals> | undefined): SignalRules | null {
  if (config === undefined) return null;
  const {
    index,
    equalWeight = null,
    cyclical,
    defensive,
    others,
    growth,
    curve = null,
    clock = null,
  } = config;
  return {
    index,
    equalWeight,
    cyclical: { name: localised(cyclical.name), members: cyclical.members },
    defensive: { name: localised(defensive.name), members: defensive.members },
    others,
    growth: growth.map(({ series, over = null, less = null, means, name }) => ({
      series,
      over,
      less,
      means,
      name: name === undefined ? null : localised(name),
    })),
    curve,
    clock,
  };
}
