import { entriesOf, type Finding, shown, valueAt } from "#src/config/finding.ts";
import { placesOf } from "#src/config/references.ts";

/** A setting of a series: its own, or its file's default. */
type Setting = (id: string, name: string) => unknown;

/** What must hold in the rules on the data's quality. Names that nothing bears are told elsewhere. */
export const qualityFindings = (raw: unknown, setting: Setting): readonly Finding[] => [
  ...unlike(raw, setting),
  ...sumsOfThemselves(raw),
  ...backwards(raw),
];

/** Two series that measure the same, or are summed, are of one kind and one currency, and are not one series. */
function unlike(raw: unknown, setting: Setting): readonly Finding[] {
  const agreements = placesOf(raw, ["quality", "agree", "*"]).map(({ path, value }) => {
    return { of: valueAt(value, ["series"]), place: [...path, "with"], id: valueAt(value, ["with"]) };
  });
  const sums = placesOf(raw, ["quality", "identities", "*"]).flatMap(({ path, value }) =>
    entriesOf(valueAt(value, ["parts"])).map(([i, id]) => {
      return { of: valueAt(value, ["total"]), place: [...path, "parts", i], id };
    }),
  );
  return [
    ...agreements
      .filter(({ of, id }) => typeof id === "string" && of === id)
      .map(({ place, id }) => fault(place, shown(id), "another series, to compare with")),
    ...[...agreements, ...sums].flatMap(({ of, place, id }) =>
      typeof of !== "string" || typeof id !== "string"
        ? []
        : ["kind", "currency"].flatMap((name) => {
            const [wanted, found] = [setting(of, name), setting(id, name)];
            if (wanted === undefined || found === undefined || wanted === found) return [];
            return [
              fault(place, `${shown(id)} of ${name} ${shown(found)}`, `${name} ${shown(wanted)}, as ${of}`),
            ];
          }),
    ),
  ];
}

function sumsOfThemselves(raw: unknown): readonly Finding[] {
  return placesOf(raw, ["quality", "identities", "*"]).flatMap(({ path, value }) => {
    const total = valueAt(value, ["total"]);
    return entriesOf(valueAt(value, ["parts"]))
      .filter(([, part]) => part === total)
      .map(([i, part]) => fault([...path, "parts", i], shown(part), "a series that is not the total itself"));
  });
}

function backwards(raw: unknown): readonly Finding[] {
  return placesOf(raw, ["quality", "accept", "*"]).flatMap(({ path, value }) => {
    const [from, to] = [valueAt(value, ["from"]), valueAt(value, ["to"])];
    if (typeof from !== "string" || typeof to !== "string" || from <= to) return [];
    return [fault([...path, "to"], shown(to), `a day from ${from} on`)];
  });
}

const fault = (path: readonly PropertyKey[], found: string, expected: string): Finding => ({
  path,
  at: "value",
  found,
  expected,
});
