import type { CountryConfig } from "#src/config/country-schema.ts";
import { localised } from "#src/config/primitives.ts";
import type { CountryRule } from "#src/domain/country-rules.ts";

/** The rules of a country, every default decided. */
export function resolveCountry(config: CountryConfig): CountryRule {
  const { name, money, index, quote, fixings, earnings, windows, flip, label } = config;
  return {
    name: localised(name),
    money: localised(money),
    index,
    currency: config.currency ?? null,
    quote: quote === "local per dollar" ? "local-per" : "per-local",
    fixings: fixings.map((each) => ({ name: localised(each.name), from: each.from ?? null })),
    world: config.world ?? null,
    dollars: config.dollars ?? null,
    yield: config.yield ?? null,
    target: config.target ?? null,
    earnings: earnings.toSorted((a, b) => a.year - b.year),
    multiple: config.multiple ?? null,
    windows,
    book: config.book ?? null,
    worldBook: config.worldBook ?? null,
    foreign: config.foreign ?? null,
    flip,
    label:
      label === undefined
        ? null
        : {
            effective: label.effective ?? null,
            breakeven: label.breakeven ?? null,
            banks: label.banks ?? null,
            gold: label.gold ?? null,
          },
  };
}
