import { writeSync } from "node:fs";
import { TidelineError } from "#src/domain/errors.ts";
import { openStore, type StorePlace } from "#src/store/open.ts";
import { basisOf, batchOf, issueOf } from "#tests/store/rows.ts";

/**
 * A process of its own that uses a store: `child.ts PLACE WORK NAME COUNT`, the place as JSON. What a method has answered
 * it says at once, as a line of JSON; what the store refuses is its last.
 */
const [place = "{}", work = "", name = "", count = "0"] = process.argv.slice(2);
const times = Number(count);

/** Synchronously: what was said is out, whatever happens next. */
const say = (what: unknown): void => {
  writeSync(1, `${JSON.stringify(what)}\n`);
};

try {
  await using store = await openStore(JSON.parse(place) as StorePlace);
  say({ opened: await store.lastBatch() });
  if (work === "load") {
    const { batch, added } = await store.load(batchOf(name, times, 1));
    say({ batch, added });
  }
  if (work === "backup") say(await store.backup(name));
  if (work === "keep") {
    const bytes = new Uint8Array(times).map((_, i) => i * i);
    const { revision } = await store.keepIssue(
      issueOf("2026-02-13", name, { files: new Map([["x", bytes]]) }),
    );
    say({ revision });
  }
  // Each writer a series of its own, and all one that each changes, and issues of one day.
  if (work === "mix") {
    for (let i = 1; i <= times; i++) {
      const { batch } = await store.load(batchOf(name, 40, i));
      const { batch: shared } = await store.load(batchOf("shared", 40, i));
      const { id, revision } = await store.keepIssue(
        issueOf("2026-02-13", `${name} ${i}`, { basis: basisOf(batch) }),
      );
      say({ batch, shared, id, revision, text: `${name} ${i}` });
    }
  }
  // One batch and one issue after the other, large enough for a signal to fall into them.
  if (work === "loop") {
    for (let i = 1; i <= times; i++) {
      const { batch } = await store.load(batchOf(name, 500, i));
      say({ batch });
      const { id } = await store.keepIssue(
        issueOf("2026-02-13", `${name} ${i}`.repeat(9000), { basis: basisOf(batch) }),
      );
      say({ issue: id, text: `${name} ${i}` });
    }
  }
  // What a mailer does; saying it stands for the message itself.
  if (work === "deliver") {
    await using queue = await store.queue();
    const leaseMs = 1000;
    for (;;) {
      await queue.refill(times);
      const works = await queue.take("delivery", 5, times);
      if (works.length === 0) break;
      for (const each of works) {
        const id = each.delivery ?? 0;
        const taken = await store.ledger.takeDelivery(id, name, times, leaseMs);
        if (taken !== null && (await store.ledger.markData(id, name, times, leaseMs))) {
          say({ sent: id });
          await store.ledger.endDelivery(id, name, { state: "sent", response: "250" }, times);
        }
        await queue.done(each);
      }
    }
  }
} catch (error) {
  const code = error instanceof TidelineError ? error.code : "bug";
  say({ code, message: error instanceof Error ? error.message : String(error) });
}
