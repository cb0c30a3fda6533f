import type { Ladder } from "#src/statements/rule.ts";
import { quotedNumbers } from "#src/statements/rules/checks.ts";
import {
  appetiteState,
  noiseEpisodes,
  noiseState,
  turbulenceState,
} from "#src/statements/rules/conditions.ts";
import { flowCrowding, flowPace, flowRotation, flowShare, flowSize } from "#src/statements/rules/flows.ts";
import { hedgeFundLadders } from "#src/statements/rules/hedge-funds.ts";
import { marketWeek, milestoneWords, roundNumber } from "#src/statements/rules/levels.ts";
import { pairRecord, pairWeek } from "#src/statements/rules/pair.ts";
import { pairCost } from "#src/statements/rules/pair-costs.ts";
import { pairHalfLife, pairHedge, pairRelation, pairStretch } from "#src/statements/rules/pair-levels.ts";
import { pairBeta, pairSplit } from "#src/statements/rules/pair-market.ts";
import { marketRegime } from "#src/statements/rules/regime.ts";
import { hiddenOpinion, volatilityBreak } from "#src/statements/rules/second-opinion.ts";
import { surfaceLadders } from "#src/statements/rules/surface.ts";

/** All that the product may say by rule, in the order of its sections. */
export const ladders: readonly Ladder[] = [
  marketWeek,
  roundNumber,
  milestoneWords,
  flowShare,
  flowRotation,
  flowPace,
  flowSize,
  flowCrowding,
  pairWeek,
  pairRecord,
  pairSplit,
  pairBeta,
  pairRelation,
  pairHalfLife,
  pairStretch,
  pairHedge,
  pairCost,
  ...surfaceLadders,
  marketRegime,
  turbulenceState,
  appetiteState,
  noiseState,
  noiseEpisodes,
  volatilityBreak,
  hiddenOpinion,
  ...hedgeFundLadders,
  quotedNumbers,
];
