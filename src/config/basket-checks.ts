import { entriesOf, type Finding, shown, valueAt } from "#src/config/finding.ts";
import { placesOf } from "#src/config/references.ts";

/** What must hold between baskets, their list, and the legs of pairs. Names that nothing bears are told elsewhere. */
export const basketFindings = (raw: unknown): readonly Finding[] => [
  ...withoutList(raw),
  ...["long", "shorts"].flatMap((leg) =>
    placesOf(raw, ["pairs", "*", leg]).flatMap(({ path, value }) => legFindings(path, value)),
  ),
  ...placesOf(raw, ["pairs", "*"]).flatMap(({ path, value }) => pairFindings(path, value)),
];

/** A basket whose members nobody lists. */
function withoutList(raw: unknown): readonly Finding[] {
  if (valueAt(raw, ["declared", "baskets"]) !== undefined) return [];
  return entriesOf(valueAt(raw, ["baskets"])).map(([id]): Finding => {
    const expected = "declared.baskets: the file that lists the members of baskets with their days";
    return { path: ["baskets", id], at: "key", found: `basket ${id} without it`, expected };
  });
}

/** A leg has either members, and then a name, or a basket. */
function legFindings(path: readonly PropertyKey[], leg: unknown): readonly Finding[] {
  if (typeof leg !== "object" || leg === null) return [];
  const [name, members, basket] = ["name", "members", "basket"].map((key) => valueAt(leg, [key]));
  const missing = (expected: string): Finding => ({ path, at: "key", found: "no such key", expected });
  if (members === undefined && basket === undefined)
    return [missing("members: series of the leg, or basket: the id of one")];
  if (members !== undefined && basket !== undefined) {
    const expected = "either members or a basket, which has its own";
    return [{ path: [...path, "basket"], at: "key", found: "basket beside members", expected }];
  }
  return name === undefined && basket === undefined ? [missing("name: Name of the leg.")] : [];
}

function pairFindings(path: readonly PropertyKey[], pair: unknown): readonly Finding[] {
  const [long, shorts] = ["long", "shorts"].map((leg) => valueAt(pair, [leg, "basket"]));
  if (long === undefined || shorts === undefined) return [];
  const inception = valueAt(pair, ["inception"]) ?? null;
  const fault = (place: readonly string[], found: string, expected: string): Finding => ({
    path: [...path, ...place],
    at: "value",
    found,
    expected,
  });
  return [
    ...(long === shorts
      ? [fault(["shorts", "basket"], shown(shorts), "a basket that is not held long as well")]
      : []),
    ...(inception === null
      ? []
      : [fault(["inception"], shown(inception), "no such key: when baskets were begun, their list tells")]),
  ];
}
