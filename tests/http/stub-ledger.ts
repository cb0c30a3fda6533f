import type { Found, KeptDelivery, Ledger, Sentence } from "#src/store/ledger.ts";
import type { Store } from "#src/store/store.ts";

type Stub = Pick<Ledger, "search" | "unindexed" | "index" | "deliveryByToken" | "unsubscribe" | "suppressed">;

/** What the archive asks of a ledger, in memory. */
export function stubLedger(store: Store, deliveries: readonly KeptDelivery[]): Stub {
  const indexed = new Map<number, readonly Sentence[]>();
  const off: string[] = [];
  return {
    unindexed: async () => (await store.issues()).filter(({ id }) => !indexed.has(id)),
    index: async (issue, sentences) => void indexed.set(issue, sentences),
    search: async ({ words, locale, limit }) => {
      const found: Found[] = [];
      for (const issue of await store.issues())
        for (const each of indexed.get(issue.id) ?? [])
          if (
            words.every((word) => each.text.normalize("NFKC").toLowerCase().includes(word)) &&
            (locale === null || each.locale === locale)
          )
            found.push({ ...each, issue });
      return found.slice(0, limit);
    },
    deliveryByToken: async (token) => deliveries.find((each) => each.token === token) ?? null,
    unsubscribe: async (token) => {
      const found = deliveries.find((each) => each.token === token);
      if (found === undefined) return null;
      off.push(found.address);
      return { publication: "weekly", address: found.address };
    },
    suppressed: async () => off,
  };
}
