import { type Finding, shown, valueAt } from "#src/config/finding.ts";
import { placesOf } from "#src/config/references.ts";

/** A setting of a series: its own, or its file's default. */
type SettingOf = (series: string, name: string) => unknown;

/** What must hold between the numbers of one relation of `checks`. */
export const quotedFindings = (raw: unknown, settingOf: SettingOf): readonly Finding[] => [
  ...growths.flatMap((place) => wrongKinds(raw, settingOf, place)),
  ...alike.flatMap((places) => mixedMoney(raw, settingOf, places)),
];

/** Numbers that are fractions: growths, returns, shares. */
const growths = [
  "share.stated",
  "compound.growths.*",
  "compound.stated",
  ...["local", "currency", "dollars"].map((part) => `fx.${part}`),
  "upside.stated",
  ...["price", "earnings", "multiple"].map((part) => `pe.${part}`),
];
const fractions: readonly unknown[] = ["return", "yield", "ratio"];

/** Numbers that are added up or compared need one kind and one currency. */
const alike: readonly (readonly string[])[] = [
  ["share.part", "share.others.*"],
  ["sum.parts.*", "sum.stated"],
  ["ratio.of", "ratio.over"],
  ["upside.from", "upside.to"],
];

const seriesAt = (raw: unknown, rule: PropertyKey, place: string) =>
  placesOf(raw, ["checks", String(rule), ...place.split("."), "series"]).filter(
    ({ value }) => typeof value === "string",
  );

function wrongKinds(raw: unknown, settingOf: SettingOf, place: string): readonly Finding[] {
  return rulesOf(raw).flatMap((rule) =>
    seriesAt(raw, rule, place).flatMap(({ path, value }): readonly Finding[] => {
      const kind = settingOf(String(value), "kind");
      if (kind === undefined || fractions.includes(kind)) return [];
      const expected = `a series of kind ${fractions.join(", ")}`;
      return [{ path, at: "value", found: `${shown(value)} of kind ${String(kind)}`, expected }];
    }),
  );
}

const rulesOf = (raw: unknown): readonly PropertyKey[] =>
  Object.keys((valueAt(raw, ["checks"]) as object | null | undefined) ?? {});

function mixedMoney(raw: unknown, settingOf: SettingOf, places: readonly string[]): readonly Finding[] {
  return rulesOf(raw).flatMap((rule) => {
    const numbers = places.flatMap((place) => seriesAt(raw, rule, place));
    const [first] = numbers;
    const of = (value: unknown) =>
      ["kind", "currency"].map((name) => settingOf(String(value), name)).filter((each) => each !== undefined);
    const wanted = of(first?.value).join(" in ");
    return numbers.flatMap(({ path, value }): readonly Finding[] => {
      const own = of(value).join(" in ");
      // A series without a kind is told as that.
      if (own === wanted || own === "" || wanted === "") return [];
      const expected = `a number of kind ${wanted}, as ${shown(first?.value)}`;
      return [{ path, at: "value", found: `${shown(value)} of kind ${own}`, expected }];
    });
  });
}
