import type { Basket } from "#src/domain/declared.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { GridRule } from "#src/domain/grid-rules.ts";
import type { Column } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import type { BasketRule } from "#src/domain/workspace.ts";
import type { BasketMember } from "#src/metrics/basket-book.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, ok } from "#src/metrics/result.ts";
import { type ThemeBasket, themeBasket } from "#src/metrics/theme-basket.ts";
import { ageOf, staleAfter, staleness } from "#src/sections/market.ts";
import { without } from "#src/sections/regime-data.ts";
import type { SectionContext } from "#src/sections/section.ts";
import { alignedTo } from "#src/sections/surface-data.ts";

/** A theme's basket (L1) on the sessions of its market, to the last on which it has a level. */
export interface Theme {
  readonly rule: GridRule;
  readonly names: BasketRule;
  readonly declared: Basket;
  readonly market: Column;
  readonly dates: readonly IsoDate[];
  readonly marketLevels: Path;
  readonly members: readonly BasketMember[];
  readonly basket: ThemeBasket;
  /** How its history is to be read: followed as it was from the first session, from a later one, or back-cast as a whole. */
  readonly basis: "live" | "part" | "back-cast";
  /** Ids of all who were ever in it, each once, and of its market. */
  readonly series: readonly string[];
  /** With which names of facts begin. */
  readonly prefix: string;
}

/**
 * The basket by what was known of its members at the cut-off.
 *
 * @returns `insufficient` where its list says nothing (`no-list`), names what the catalogue has no more (`not-in-catalogue`), fewer than
 *   five of its members have prices (`too-few`), or its last level is too old (`stale`)
 */
export function themeOf(context: SectionContext, rule: GridRule): Measured<Theme> {
  const { panel, declared, workspace } = context;
  const [list, names] = [declared.baskets[rule.basket], workspace.baskets[rule.basket]];
  if (list === undefined || names === undefined) return without({ code: "no-list" });
  const known = new Set(panel.columns.map(({ series }) => series.id));
  if (list.memberships.some(({ member }) => !known.has(member))) return without({ code: "not-in-catalogue" });
  const market = panel.column(rule.market);
  const late = staleness(context, market);
  if (late !== null) return without(late);
  const members = list.memberships.map(({ member, from, until }): BasketMember => {
    return { prices: pricesOn(market.dates, panel.column(member)), from, until };
  });
  const whole = themeBasket(market.dates, members);
  if (whole.value === null) return whole;
  const last = whole.value.level.findLastIndex((level) => level !== null) + 1;
  const dates = market.dates.slice(0, last);
  const have = ageOf(context, { ...market, dates });
  if (have > staleAfter) return without({ code: "stale", need: staleAfter, have });
  const ids = [...new Set(list.memberships.map(({ member }) => member))];
  const first = dates[whole.value.inception] ?? "";
  return ok(
    {
      rule,
      names,
      declared: list,
      market,
      dates,
      marketLevels: market.values.slice(0, last).map((value) => (value > 0 ? value : null)),
      members: members.map((each) => ({ ...each, prices: each.prices.slice(0, last) })),
      basket: {
        ...whole.value,
        level: whole.value.level.slice(0, last),
        returns: whole.value.returns.slice(0, last),
      },
      basis: basisOf(list.inception, first, dates.at(-1) ?? ""),
      series: [...ids, rule.market],
      prefix: `grid.${rule.basket}`,
    },
    last,
  );
}

function basisOf(inception: IsoDate | null, first: IsoDate, last: IsoDate): Theme["basis"] {
  if (inception === null || inception > last) return "back-cast";
  return inception <= first ? "live" : "part";
}

/** A member's prices on given days; `null` where it has none. */
const pricesOn = (days: readonly IsoDate[], column: Column): Path =>
  alignedTo(days, column).map((price) => (price > 0 ? price : null));

/** Who is in the basket after the last close, and since when its level is there. */
export function basketFacts({ facts }: SectionContext, { basket, dates, series, prefix, declared }: Theme) {
  const shared = {
    series,
    method: "L1 theme basket, equal weight each month, at most 15 % a name",
    window: {
      start: dates[basket.inception] ?? null,
      end: dates.at(-1) ?? null,
      n: dates.length - basket.inception,
    },
  };
  return {
    names: facts.add({
      ...shared,
      id: `${prefix}.names`,
      value: basket.latest.filter((weight) => weight > 0).length,
      unit: "count",
    }),
    start: facts.add({
      ...shared,
      id: `${prefix}.start`,
      value: dates[basket.inception] ?? null,
      unit: "date",
    }),
    inception: facts.add({
      ...shared,
      id: `${prefix}.inception`,
      value: declared.inception,
      unit: "date",
      ...(declared.inception === null
        ? { status: "undefined" as const, reasons: [{ code: "back-cast" }] }
        : {}),
    }),
  } satisfies Readonly<Record<string, Fact>>;
}
