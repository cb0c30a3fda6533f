import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import { mailServer } from "#tests/deliver/mail-server.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { type Clock, scheduledWorkspace, serveWith } from "#tests/serve/services.ts";
import { engines } from "#tests/store/places.ts";

const base = temporaryFolder();
const hour = 3_600_000;
const start = Date.parse("2026-01-09T12:00:00Z");
const end = Date.parse("2026-02-13T23:30:00Z");
/** New York met on all of these Fridays. */
const weeks = ["2026-01-09", "2026-01-16", "2026-01-23", "2026-01-30", "2026-02-06", "2026-02-13"];
let folders = 0;

describe.each(engines)("two processes on one store on %s, through a simulated month", (_, place) => {
  it.skipIf(place === null)(
    "make each issue once and mail it once to each recipient, whatever the mail server does",
    async () => {
      if (place === null) return;
      const where = await place();
      const dir = scheduledWorkspace(join(base, String(++folders)), {
        due: "last session of the week",
        late: "make",
        catchUp: "all",
      });
      // Some attempts meet a server that is busy, and some a mailbox that is not there for a while.
      const random = fc.sample(fc.integer({ min: 0, max: 9 }), { numRuns: 500, seed: 4 });
      let n = 0;
      await using mail = await mailServer({
        at: (moment) => {
          if (moment !== "rcpt") return undefined;
          const chance = random[n++ % random.length] ?? 0;
          return chance < 2 ? "451 4.7.1 try again later" : chance === 2 ? "drop" : undefined;
        },
      });
      await using stack = new AsyncDisposableStack();
      const clock: Clock = { now: start };
      const served = [];
      for (const owner of ["one", "two"]) {
        const store = stack.use(await openStore(where));
        served.push(await serveWith({ dir, store, clock, owner, smtp: mail.at }));
      }
      // At any time one of them may be away, or both; of two that are there either may be first.
      const presence = fc.sample(fc.integer({ min: 0, max: 7 }), { numRuns: 500, seed: 7 });
      for (let i = 0; clock.now <= end; clock.now += 3 * hour, i++) {
        const bits = presence[i] ?? 7;
        const there = served.filter((_each, k) => ((bits >> k) & 1) === 1);
        const inOrder = bits < 4 ? there : there.toReversed();
        await Promise.all(inOrder.map(({ round }) => round()));
      }
      // What was deferred has its hours.
      for (let i = 0; i < 12; i++) {
        clock.now += hour;
        await Promise.all(served.map(({ round }) => round()));
      }
      const { store } = served[0]?.service ?? {};
      const slots = (await store?.ledger.slots())?.toReversed() ?? [];
      expect(slots.map(({ asOf, state }) => `${asOf} ${state}`)).toEqual(weeks.map((day) => `${day} made`));
      expect((await store?.issues())?.map(({ asOf, revision }) => `${asOf} ${revision}`)).toEqual(
        weeks.toReversed().map((day) => `${day} 1`),
      );
      const ends = (await store?.ledger.deliveries())?.map(({ state }) => state) ?? [];
      expect(ends).toEqual(weeks.flatMap(() => ["sent", "sent"]));
      const got = mail.received.flatMap(({ to }) => to).toSorted();
      expect(got).toEqual([...weeks.map(() => "ada@example.com"), ...weeks.map(() => "li@example.cn")]);
      // Neither process was idle: the law is one of both.
      const makers = new Set(
        served.flatMap(({ logged, service }) =>
          logged().some(({ msg }) => msg === "making") ? [service.owner] : [],
        ),
      );
      expect(makers.size).toBe(2);
      expect(n).toBeGreaterThan(ends.length);
    },
    600_000,
  );
});
