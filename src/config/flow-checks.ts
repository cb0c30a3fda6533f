import { entriesOf, type Finding, shown, valueAt } from "#src/config/finding.ts";
import { placesOf } from "#src/config/references.ts";
import { frequencies } from "#src/domain/series.ts";

/** A setting of a series: its own, or its file's default. */
type SettingOf = (series: string, name: string) => unknown;

/** What must hold between the parts of `flows`. */
export const flowFindings = (raw: unknown, settingOf: SettingOf): readonly Finding[] => [
  ...mixedMoney(raw, settingOf),
  ...mixedFrequencies(raw, settingOf),
  ...repeatedGroups(raw),
  ...lonelyNames(raw),
];

/** Groups are summed and compared, which needs one currency. */
function mixedMoney(raw: unknown, settingOf: SettingOf): readonly Finding[] {
  const funds = placesOf(raw, ["flows", "groups", "*", "members", "*"]);
  const currencyOf = (value: unknown) =>
    typeof value === "string" ? settingOf(value, "currency") : undefined;
  const first = funds.map(({ value }) => currencyOf(value)).find((currency) => currency !== undefined);
  return funds.flatMap(({ path, value }): readonly Finding[] => {
    const currency = currencyOf(value);
    if (currency === undefined || currency === first) return [];
    const expected = `a flow in ${String(first)}, as the others`;
    return [{ path, at: "value", found: `${shown(value)}, in ${String(currency)}`, expected }];
  });
}

/** Groups that are compared among themselves, each with the place where it is named. */
const comparisonsOf = (raw: unknown) => {
  const lists = placesOf(raw, ["flows", "compare", "*"]).filter(({ value }) => Array.isArray(value));
  const only = placesOf(raw, ["flows", "compare"]);
  const all = lists.length > 0 ? lists : only;
  return all.map(({ path, value }) =>
    entriesOf(value).map(([i, group]) => ({ path: [...path, i], group: String(group) })),
  );
};

const isFrequency = (value: unknown): boolean => frequencies.some((known) => known === value);

/** What is summed or compared counts over one span: sessions or weeks. */
function mixedFrequencies(raw: unknown, settingOf: SettingOf): readonly Finding[] {
  const groups = entriesOf(valueAt(raw, ["flows", "groups"])).map(([id]) => [String(id)]);
  const compared = comparisonsOf(raw).map((each) => each.map(({ group }) => group));
  const found = [...groups, ...compared].flatMap((ids) => {
    const members = ids.flatMap((id) => placesOf(raw, ["flows", "groups", id, "members", "*"]));
    const rates = members.map(({ value }) => settingOf(String(value), "frequency") ?? "daily");
    return members.flatMap(({ path, value }, i): readonly Finding[] => {
      // A frequency that does not exist is the schema's to report.
      if (rates[i] === rates[0] || !rates.every(isFrequency)) return [];
      const expected = `a flow that is ${String(rates[0])}, as those it is summed or compared with`;
      return [{ path, at: "value", found: `${shown(value)}, ${String(rates[i])}`, expected }];
    });
  });
  return [...new Map(found.map((each) => [each.path.join(), each])).values()];
}

/** Facts are named by the group: it is compared once, and its crowding measured once. */
function repeatedGroups(raw: unknown): readonly Finding[] {
  const crowded = placesOf(raw, ["flows", "crowding", "*", "group"]).map(({ path, value }) => ({
    path,
    group: String(value),
  }));
  const compared = comparisonsOf(raw);
  // One list that names a group twice is the schema's to report.
  const once = compared.length > 1 ? [compared.flat(), crowded] : [crowded];
  return once.flatMap((places) =>
    places.flatMap(({ path, group }, i): readonly Finding[] =>
      places.findIndex((each) => each.group === group) === i
        ? []
        : [{ path, at: "value", found: `${shown(group)} a second time`, expected: "each group once" }],
    ),
  );
}

/** How names move together beyond the market needs the market. */
function lonelyNames(raw: unknown): readonly Finding[] {
  return placesOf(raw, ["flows", "crowding", "*"]).flatMap(({ path, value }): readonly Finding[] => {
    const names = entriesOf(valueAt(value, ["members"])).length;
    const isBare = names > 0 && valueAt(value, ["market"]) === undefined;
    const expected = "market, beyond which they move together";
    return isBare ? [{ path, at: "key", found: "members without it", expected }] : [];
  });
}
