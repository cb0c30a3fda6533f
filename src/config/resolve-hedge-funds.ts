import { localised } from "#src/config/primitives.ts";
import type { WorkspaceConfig } from "#src/config/schema.ts";
import type { HedgeFundRules, LiquidityRule } from "#src/domain/hedge-fund-rules.ts";

type Config = NonNullable<WorkspaceConfig["hedgeFunds"]>;

export function resolveHedgeFunds({ hedgeFunds }: WorkspaceConfig): HedgeFundRules | null {
  if (hedgeFunds === undefined) return null;
  const { market, cash, strategies, adaptive = null } = hedgeFunds;
  return {
    benchmark: market === undefined || cash === undefined ? null : { market, cash },
    strategies: Object.fromEntries(
      Object.entries(strategies).map(([id, { name, prose = name, series }]) => [
        id,
        { name: localised(name), prose: localised(prose), series },
      ]),
    ),
    liquidity: resolveLiquidity(hedgeFunds),
    adaptive,
  };
}

function resolveLiquidity({ liquidity }: Config): LiquidityRule | null {
  if (liquidity === undefined) return null;
  const { liquid, illiquid, volumes } = liquidity;
  if (volumes !== undefined) return { volumes };
  if (liquid === undefined || illiquid === undefined)
    throw new RangeError("what is liquid and what is not was not checked");
  return { liquid, illiquid };
}
