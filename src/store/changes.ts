/** A value of one key (a day, an entry of a list), as it was given: with the known-at that came with it, or `notGiven`. */
export interface Given<Key = number, Value = number> {
  readonly key: Key;
  readonly vintage: number;
  readonly value: Value;
}

/** The last that is remembered of a key and known-at; without a value, it was withdrawn. */
export interface Known<Key = number, Value = number> {
  readonly key: Key;
  readonly vintage: number;
  readonly value: Value | null;
}

/** A row to be remembered. A first value counts from its known-at; what takes the place of an earlier one, from now on. */
export interface Change<Key = number, Value = number> extends Known<Key, Value> {
  readonly kind: "added" | "revised" | "withdrawn";
}

/**
 * What must be written down where `known` is remembered and `given` is given now: of a series by its days, of a list by its
 * entries.
 *
 * A key and known-at that was never there is added; one with another value, or one that comes back, is revised; one that
 * is missing is withdrawn. A value without a known-at is the first of its key only where nothing is known of that key:
 * beside another it is revised.
 *
 * @param known  the last record of each key and known-at
 * @param given  each key and known-at once
 * @param notGiven  what stands for a known-at that did not come with the value
 * @returns revised and added rows in the order given, withdrawn ones after them
 */
export function changes<Key, Value>(
  known: readonly Known<Key, Value>[],
  given: readonly Given<Key, Value>[],
  notGiven: number,
): Change<Key, Value>[] {
  const byKey = Map.groupBy(known, ({ key }) => key);
  const seen = new Set<Known<Key, Value>>();
  const found = given.flatMap((each): readonly Change<Key, Value>[] => {
    const same = byKey.get(each.key);
    const before = same?.find(({ vintage }) => vintage === each.vintage);
    if (before === undefined) {
      const isFirst = same === undefined || each.vintage !== notGiven;
      return [{ ...each, kind: isFirst ? "added" : "revised" }];
    }
    seen.add(before);
    return before.value === each.value ? [] : [{ ...each, kind: "revised" }];
  });
  const gone = known.filter((each) => each.value !== null && !seen.has(each));
  return [...found, ...gone.map((each): Change<Key, Value> => ({ ...each, value: null, kind: "withdrawn" }))];
}
