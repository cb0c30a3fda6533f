import { sessionClose } from "#src/calendar/sessions.ts";
import type { Fact, Reason } from "#src/domain/fact.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { withShares } from "#src/metrics/leg-attribution.ts";
import { betaWindows } from "#src/metrics/market-beta.ts";
import { type MarketSplit, marketSplit } from "#src/metrics/market-split.ts";
import { type PairReturns, pairReturns } from "#src/metrics/pair-return.ts";
import { type RealisedBeta, realisedBeta } from "#src/metrics/realised-beta.ts";
import { insufficient, type Measured, mapMeasured } from "#src/metrics/result.ts";
import { simpleReturns } from "#src/metrics/returns.ts";
import { grade, proseName, staleness } from "#src/sections/market.ts";
import {
  calendarsOf,
  membersOf,
  type Pair,
  type PairData,
  pairData,
  thinness,
} from "#src/sections/pair-data.ts";
import { presentMembers } from "#src/sections/pair-legs.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import type { Found, Piece } from "#src/statements/rule.ts";
import { pairBeta, pairSplit } from "#src/statements/rules/pair-market.ts";

/** What the market had to do with a pair. */
export interface MarketOfPair {
  /** Contributions to the week: the market's, and what the legs did by themselves. */
  readonly market: Fact;
  readonly own: Fact;
  readonly days: Fact;
  readonly beta: Fact;
  readonly t: Fact;
  readonly sessions: Fact;
  readonly questions: Readonly<Record<"split" | "beta", Question>>;
}

/** Sessions of the realised beta. */
const betaWindow = 252;
/** Where closes lie farther apart, returns of one date are not of the same day (G7). */
const closesApart = 3_600_000;

/** Returns of the pair and of the market on the days that both have, through the week, since its members are the same. */
interface Together extends Pick<PairData, "pieces"> {
  readonly dates: readonly IsoDate[];
  readonly returns: PairReturns;
  readonly market: readonly number[];
}

/** How much of a pair's week the market made, and the beta that the pair had. */
export function marketOfPair(context: SectionContext, pair: Pair, id: string, week: Fact): MarketOfPair {
  const together = joined(context, pair, id);
  const split = splitOf(pair, together);
  const beta = betaOf(context, id, together);
  const splits = splitFacts(context, pair, id, split);
  const betas = betaFacts(context, pair, id, beta, together);
  const subject = {
    id: pair.id,
    name: pair.name,
    prose: pair.prose,
    places: {
      marketName: proseName(context.panel.column(id).series),
      marketPart: { fact: splits.market.id, signed: true },
      ownPart: { fact: splits.own.id, signed: true },
    },
  };
  const size = (of: (value: RealisedBeta) => number): Found =>
    mapMeasured(beta, (value) => Math.abs(of(value)));
  return {
    ...splits,
    ...betas,
    questions: {
      split: {
        ladder: pairSplit,
        subject: {
          ...subject,
          evidence: {
            week,
            market: splits.market,
            own: splits.own,
            ...partOf(context, splits, pair, split),
          },
        },
      },
      beta: {
        ladder: pairBeta,
        subject: {
          ...subject,
          evidence: {
            beta: betas.beta,
            betaSize: size((value) => value.beta),
            t: betas.t,
            tSize: size((value) => value.t),
            n: betas.sessions,
          },
        },
      },
    },
  };
}

/** The pair and the market on their common days, or why they do not belong together. */
function joined(context: SectionContext, pair: Pair, id: string): Measured<Together> {
  const why = staleness(context, context.panel.column(id)) ?? apart(context, pair, id);
  const data = why === null ? pairData(context.panel, pair.rule, [id]) : null;
  const days = data?.dates.length ?? 0;
  const reason = why ?? (data === null || !isOfWeek(pair, [data.start, ...data.dates]) ? noSession : null);
  if (data === null || reason !== null) return insufficient(days, reason ?? noSession);
  return unchanged(pair, data);
}

/** What is of the present members alone: the betas of those who left are not theirs. */
function unchanged({ from, to }: Pair, { dates, returns, pieces }: PairData): Measured<Together> {
  const last = pieces.slice(-1);
  const n = (last[0]?.dates.length ?? 1) - 1;
  const need = betaWindows.daily.min + to - from;
  if (pieces.length > 1 && n < need) return insufficient(n, { code: "members-changed", need, have: n });
  const { long, short } = returns;
  const own = pairReturns(long.slice(-n), short.slice(-n));
  if (own.value === null) return own;
  const { value } = own;
  return mapMeasured(simpleReturns(last[0]?.beside[0] ?? []), (market) => ({
    dates: dates.slice(-n),
    returns: value,
    market,
    pieces: last,
  }));
}

const noSession: Reason = { code: "market-lacks-session" };

/** Why daily returns of the market and of the members do not belong together: their exchanges close at different hours. */
function apart(context: SectionContext, { rule, data, to }: Pair, id: string): Reason | null {
  const day = data.dates[to - 1] ?? data.start;
  const closes = calendarsOf(context, [...presentMembers(rule, context.week), id]).map((calendar) =>
    sessionClose(calendar, day),
  );
  return Math.max(...closes) - Math.min(...closes) > closesApart ? { code: "closes-apart" } : null;
}

/** Whether the market has all sessions of the pair's week, and the one before it. */
function isOfWeek({ data, from, to }: Pair, days: readonly IsoDate[]): boolean {
  const week = [data.dates[from - 1] ?? data.start, ...data.dates.slice(from, to)];
  return week.join() === days.slice(-week.length).join();
}

const splitOf = ({ from, to }: Pair, together: Measured<Together>): Measured<MarketSplit> =>
  together.value === null ? together : marketSplit(together.value.returns, together.value.market, to - from);

/** The larger part, and its share where both parts went the way of the whole. */
function partOf(
  { facts }: SectionContext,
  { market }: Pick<MarketOfPair, "market">,
  pair: Pair,
  split: Measured<MarketSplit>,
): Readonly<Record<"part" | "share", Piece>> {
  if (split.value === null) return { part: null, share: { value: null, reasons: split.reasons } };
  const { total, long, short } = split.value;
  const shares = withShares(total, split.value.market, long + short);
  const part = (shares.longShare ?? 0) > (shares.shortShare ?? 0) ? "market" : "own";
  const share = part === "market" ? shares.longShare : shares.shortShare;
  if (share === null) return { part, share: { value: null, reasons: [{ code: "mixed-parts" }] } };
  const { series, window, method } = market;
  const id = `pair.${pair.id}.${part}-share.week`;
  return { part, share: facts.add({ series, window, method, id, value: share, unit: "share" }) };
}

function splitFacts(
  { facts }: SectionContext,
  { id, rule, data, from, to }: Pair,
  market: string,
  split: Measured<MarketSplit>,
): Pick<MarketOfPair, "market" | "own" | "days"> {
  const window = { start: data.dates[from] ?? null, end: data.dates[to - 1] ?? null, n: to - from };
  const shared = {
    series: [...membersOf(rule), market],
    window,
    method: "P2 market and own part, betas to the day before, Carino linked",
  };
  const part = (measure: string, of: (value: MarketSplit) => number): Fact =>
    facts.add({
      ...shared,
      ...grade(split),
      id: `pair.${id}.${measure}.week`,
      value: split.value && of(split.value),
      unit: "pp",
    });
  part("own-long", ({ long }) => long);
  part("own-short", ({ short }) => short);
  return {
    market: part("market", (value) => value.market),
    own: part("own", ({ long, short }) => long + short),
    days: facts.add({ ...shared, id: `pair.${id}.week.sessions`, value: to - from, unit: "count" }),
  };
}

/** The pair's beta over the last year of common sessions, the week included. */
function betaOf(
  context: SectionContext,
  id: string,
  { value, ...rest }: Measured<Together>,
): Measured<RealisedBeta> {
  if (value === null) return { ...rest, status: "insufficient", value };
  const thin = thinness(context, value, value.dates.slice(-betaWindow), [id]);
  if (thin !== null) return insufficient(rest.n, thin);
  return realisedBeta(value.returns.pair.slice(-betaWindow), value.market.slice(-betaWindow));
}

/** Near its limit of 2 a t-value is given with another decimal, so that 2.04 is not printed as the limit. */
const quantumOfT = (t: number): number => (Math.abs(t) < 3 ? 0.01 : 0.1);

function betaFacts(
  { facts }: SectionContext,
  { id, rule }: Pair,
  market: string,
  beta: Measured<RealisedBeta>,
  { value: together }: Measured<Together>,
): Pick<MarketOfPair, "beta" | "t" | "sessions"> {
  const days = together?.dates.slice(-betaWindow) ?? [];
  const shared = {
    series: [...membersOf(rule), market],
    window: { start: days[0] ?? null, end: days.at(-1) ?? null, n: days.length },
    method: "P1 realised beta of the pair, Newey-West errors",
  };
  const { value } = beta;
  // Without a p-value: no word is earned by a beta that there is, and a test that rejects as a rule would make the others of
  // the issue look better than they are.
  const add = (measure: string, rest: Pick<Parameters<typeof facts.add>[0], "value" | "unit" | "quantum">) =>
    facts.add({ ...shared, ...grade(beta), id: `pair.${id}.${measure}`, ...rest });
  return {
    beta: add("beta", { value: value?.beta ?? null, unit: "ratio" }),
    t: add("beta.t", { value: value?.t ?? null, unit: "z", quantum: quantumOfT(value?.t ?? 0) }),
    sessions: facts.add({
      ...shared,
      id: `pair.${id}.beta.sessions`,
      value: days.length,
      unit: "count",
    }),
  };
}
