import type { Ladder } from "#src/statements/rule.ts";
import { quotedNumbers } from "#src/statements/rules/checks.ts";
import {
  appetiteState,
  noiseEpisodes,
  noiseState,
  turbulenceState,
} from "#src/statements/rules/conditions.ts";
import { countryLadders } from "#src/statements/rules/country.ts";
import { epicentreLadders } from "#src/statements/rules/epicentre.ts";
import { marketsAbroad, marketsHaven } from "#src/statements/rules/flow-markets.ts";
import { flowCrowding, flowPace, flowRotation, flowShare, flowSize } from "#src/statements/rules/flows.ts";
import { gridLadders } from "#src/statements/rules/grid.ts";
import { hedgeFundLadders } from "#src/statements/rules/hedge-funds.ts";
import { marketWeek, milestoneWords, roundNumber } from "#src/statements/rules/levels.ts";
import { narrativeLadders } from "#src/statements/rules/narrative.ts";
import { pairRecord, pairWeek } from "#src/statements/rules/pair.ts";
import { pairCost } from "#src/statements/rules/pair-costs.ts";
import { pairHalfLife, pairHedge, pairRelation, pairStretch } from "#src/statements/rules/pair-levels.ts";
import { pairBeta, pairSplit } from "#src/statements/rules/pair-market.ts";
import { marketRegime } from "#src/statements/rules/regime.ts";
import { hiddenOpinion, volatilityBreak } from "#src/statements/rules/second-opinion.ts";
import { signalsLadders } from "#src/statements/rules/signals.ts";
import { surfaceLadders } from "#src/statements/rules/surface.ts";

/** All that the product may say by rule, in the order of its sections. */
export const ladders: readonly Ladder[] = [
  ...narrativeLadders,
  ...epicentreLadders,
  ...gridLadders,
  marketWeek,
  roundNumber,
  milestoneWords,
  flowShare,
  flowRotation,
  flowPace,
  flowSize,
  flowCrowding,
  marketsAbroad,
  marketsHaven,
  ...countryLadders,
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
  ...signalsLadders,
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
