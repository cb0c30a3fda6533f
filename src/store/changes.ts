/** A value of one day, as it was given: with the known-at that came with it, or `notGiven`. */
export interface Given {
  readonly day: number;
  readonly vintage: number;
  readonly value: number;
}

/** The last that is remembered of a day and known-at; without a value, it was withdrawn. */
export interface Known {
  readonly day: number;
  readonly vintage: number;
  readonly value: number | null;
}

/** A row to be remembered. A first value counts from its known-at; what takes the place of an earlier one, from now on. */
export interface Change extends Known {
  readonly kind: "added" | "revised" | "withdrawn";
}

/**
 * What must be written down for a series of which `known` is remembered and that now gives `given`.
 *
 * A key, day and known-at, that was never there is added; one with another value, or one that comes back, is revised;
 * one that is missing is withdrawn. A value without a known-at is the first of its day only where nothing is known of
 * that day: beside another it is revised.
 *
 * @param known  the last record of each key
 * @param given  each key once
 * @param notGiven  what stands for a known-at that did not come with the value
 * @returns revised and added rows in the order given, withdrawn ones after them
 */
export function changes(known: readonly Known[], given: readonly Given[], notGiven: number): Change[] {
  const byDay = Map.groupBy(known, ({ day }) => day);
  const seen = new Set<Known>();
  const found = given.flatMap((each): readonly Change[] => {
    const sameDay = byDay.get(each.day);
    const before = sameDay?.find(({ vintage }) => vintage === each.vintage);
    if (before === undefined) {
      const isFirst = sameDay === undefined || each.vintage !== notGiven;
      return [{ ...each, kind: isFirst ? "added" : "revised" }];
    }
    seen.add(before);
    return before.value === each.value ? [] : [{ ...each, kind: "revised" }];
  });
  const gone = known.filter((each) => each.value !== null && !seen.has(each));
  return [...found, ...gone.map((each): Change => ({ ...each, value: null, kind: "withdrawn" }))];
}
