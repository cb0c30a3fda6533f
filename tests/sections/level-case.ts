import type { LevelRule } from "#src/domain/workspace.ts";
import { closesTo, type Row, times } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";

const friday = "2026-02-13";
/** Weekdays from 1 January to 13 February 2026. */
export const thisYear = 32;
/** 100 from below, this year. */
export const rule: LevelRule = { series: "A", level: 100, from: "year" };

/** The issue of one index against its levels. */
export const issue = (rows: readonly Row[], rules: readonly LevelRule[] = [rule], asOf = friday) =>
  issueOf({ series: { A: { rows } }, levels: rules, sections: ["levels", "sources"] }, asOf);

/** 300 sessions: the year before at one price, then this year at another with these last closes. */
export const closes = (last: readonly number[], rest = 90, before = rest): Row[] =>
  closesTo(friday, [...times(300 - thisYear, before), ...times(thisYear - last.length, rest), ...last]);

/** An approach that is turned away and ends: within 1 % of the level, then more than 2 % below it. */
export const turnedAway = [99.5, 97];
