import { type Attempt, type Desk, sendAll, type Watch } from "#src/deliver/deliver.ts";

/** Sends what is due, of one issue where one is named, after what dead processes have left behind is put in order. */
export async function sendDue(desk: Desk, issue?: number, watch: Watch = {}): Promise<readonly Attempt[]> {
  const { ledger } = desk.store;
  await ledger.sweepDeliveries(desk.now());
  const pending = await ledger.deliveries({ states: ["pending"], ...(issue === undefined ? {} : { issue }) });
  const due = pending.filter(({ nextAt }) => nextAt <= desk.now());
  return sendAll(desk, due, watch);
}
