import { describe, expect, it } from "vitest";
import type { Locale } from "#src/domain/locale.ts";
import type { Store } from "#src/store/store.ts";
import { engines } from "#tests/store/places.ts";
import { issueOf } from "#tests/store/rows.ts";
import { usingStores } from "#tests/store/using.ts";

const keep = async (store: Store, asOf: string, text: string, ...sentences: readonly string[]) => {
  const issue = await store.keepIssue(issueOf(asOf, text));
  const rows = sentences.map((each, i) => ({
    locale: (/\p{Script=Han}/u.test(each) ? "zh-CN" : "en") as Locale,
    section: `s${i}`,
    text: each,
  }));
  await store.ledger.index(issue.id, rows);
  return issue;
};
const found = async ({ ledger }: Store, words: string, locale: Locale | null = null, limit = 99) =>
  (await ledger.search({ words: words.split(" "), locale, limit })).map(({ text }) => text);

describe.each(engines)("the search of a store on %s", (_, place) => {
  const run = it.skipIf(place === null);
  const using = usingStores(place);

  run("finds sentences that hold all words, English from a word's beginning, Chinese anywhere", () =>
    using(async (store) => {
      const english = "The S&P 500 fell 3.5% on heavy outflows; Korea's KRX_200 did not.";
      const chinese = "沪深300指数本周上涨2.1%，资金流入韩国（ＫＲＸ）。";
      const plain = "Volatility rose 35 points, nothing more.";
      const issue = await keep(store, "2026-02-13", "a", english, chinese, plain);
      for (const words of ["s&p", "S&P 500", "outflow", "HEAVY 3.5%", "500 fell", "krx_200", "korea's"])
        expect([words, await found(store, words, "en")]).toEqual([words, [english]]);
      for (const words of ["沪深", "指数", "深300", "涨", "资金流入 韩国", "krx", "2.1", "沪深300指数"])
        expect([words, await found(store, words, "zh-CN")]).toEqual([words, [chinese]]);
      for (const words of ["ell", "utflow", "3.4", "沪 债券", "heavy 沪深", "流入资金", "500 missing"])
        expect([words, await found(store, words)]).toEqual([words, []]);
      // Signs that `like` would take for any text are none.
      for (const words of ["%", "_", "\\", "%%%", "", " ", "_olatility", "f%l"])
        expect([words, await found(store, words)]).toEqual([words, []]);
      expect(await found(store, "KRX")).toEqual([english, chinese]);
      expect(await store.ledger.search({ words: ["沪深"], locale: null, limit: 1 })).toEqual([
        { locale: "zh-CN", section: "s1", text: chinese, issue },
      ]);
    }),
  );

  run("finds the newest issue first, so many sentences, in one language or both", () =>
    using(async (store) => {
      await keep(store, "2026-02-13", "a", "gold rose", "gold fell", "黄金 gold");
      await keep(store, "2026-02-20", "b", "gold stood");
      expect(await found(store, "gold")).toEqual(["gold stood", "gold rose", "gold fell", "黄金 gold"]);
      expect(await found(store, "gold", null, 2)).toEqual(["gold stood", "gold rose"]);
      expect(await found(store, "gold", "zh-CN")).toEqual(["黄金 gold"]);
    }),
  );

  run("leaves out revisions that another has followed, and issues that are held", () =>
    using(async (store) => {
      const first = await keep(store, "2026-02-13", "a", "gold rose");
      const second = await keep(store, "2026-02-13", "b", "gold fell");
      expect(await found(store, "gold")).toEqual(["gold fell"]);
      await store.ledger.noteGate(second.id, ["late"], 100);
      expect(await found(store, "gold")).toEqual(["gold rose"]);
      await store.ledger.noteGate(first.id, ["late"], 100);
      expect(await found(store, "gold")).toEqual([]);
      await store.ledger.release(second.id, "Ada", "fine", [], 100);
      expect(await found(store, "gold")).toEqual(["gold fell"]);
    }),
  );

  run("knows which issues have not been entered, and an issue entered again has its new sentences only", () =>
    using(async (store) => {
      const [one, two] = [
        await store.keepIssue(issueOf("2026-02-13", "a")),
        await store.keepIssue(issueOf("2026-02-20", "b")),
      ];
      expect(await store.ledger.unindexed()).toEqual([one, two]);
      await store.ledger.index(two.id, []);
      expect(await store.ledger.unindexed()).toEqual([one]);
      const sentence = (text: string) => ({ locale: "en" as const, section: "s", text });
      await store.ledger.index(two.id, [sentence("gold rose"), sentence("oil fell")]);
      await store.ledger.index(two.id, [sentence("gold stood")]);
      expect([await found(store, "gold"), await found(store, "oil")]).toEqual([["gold stood"], []]);
    }),
  );
});
