import { alertChannels } from "#src/deliver/alert-mail.ts";
import { type Attempt, type Desk, sendAll } from "#src/deliver/deliver.ts";
import { sendAlerts } from "#src/deliver/send-alerts.ts";
import { slotNamed, tell } from "#src/scheduler.ts";
import type { Service } from "#src/service.ts";
import type { KeptDelivery } from "#src/store/ledger.ts";
import { nameOf } from "#src/store/store.ts";

/** Issues of which this process has told already that they did not reach everybody. */
export type Told = Set<number>;

/** Sends what waits: issues to their recipients, then alerts to the operator. */
export async function postDue(service: Service, told: Told): Promise<void> {
  const { store, workspace, secrets, owner, now, log } = service;
  const desk = deskOf(service);
  if (desk !== null) await sendWaiting(service, desk);
  await tellUndelivered(service, told);
  const channels = alertChannels({ rules: workspace.mail, ...secrets });
  const { sent, waiting, givenUp } = await sendAlerts(store.ledger, channels, owner, now());
  if (sent + waiting + givenUp > 0) log.info({ sent, waiting, givenUp }, "alerts");
}

/** What mails are sent with; `null` where no server or sender is configured: deliveries wait. */
function deskOf({ workspace, store, secrets, owner, now }: Service): Desk | null {
  const { mail: rules, publications } = workspace;
  const { smtp, dkimKey } = secrets;
  return rules === null || smtp === null ? null : { store, publications, rules, dkimKey, smtp, owner, now };
}

/** Deliveries that are taken from the queue at a time. */
const atOnce = 50;

/** Until none is due, the process is to stop, or the server takes no more. */
async function sendWaiting(service: Service, desk: Desk): Promise<void> {
  const { workspace, queue, store, now, stopping, log } = service;
  const known = Object.keys(workspace.publications);
  while (!stopping.aborted) {
    const works = await queue.take("delivery", atOnce, now(), known);
    const found = await Promise.all(works.map(({ delivery }) => store.ledger.deliveryById(delivery ?? 0)));
    const deliveries = found.filter((each) => each !== null);
    const attempts = await sendAll(desk, deliveries, {
      signal: stopping,
      tell: ({ delivery: { id, issue }, class: kind, end, isNoted }) =>
        isNoted
          ? log.info({ delivery: id, issue, state: end.state, class: kind }, "delivery")
          : log.warn(
              { delivery: id, issue, class: kind, isNoted },
              "the delivery had been given up before its answer",
            ),
    });
    for (const work of works) await queue.done(work);
    const refusal = attempts.find((attempt) => attempt.class === "server");
    if (refusal !== undefined) await tellRefused(service, refusal);
    const isOver = attempts.some((attempt) => attempt.class === "server" || attempt.class === "busy");
    if (attempts.length === 0 || isOver) return;
  }
}

/** That the server takes nothing from us: everybody waits, and only the operator can mend it. */
async function tellRefused(service: Service, { delivery, end }: Attempt): Promise<void> {
  const { ledger } = service.store;
  const pending = await ledger.deliveries({ issue: delivery.issue, states: ["pending"] });
  await tellOf(service, delivery.issue, (issue) => ({
    what: "mail-refused",
    since: service.now(),
    issue,
    waiting: pending.length,
    response: end.response,
  }));
}

/** That somebody did not get an issue of which nothing is on its way any more: an alert an issue, whoever raises it. */
async function tellUndelivered(service: Service, told: Told): Promise<void> {
  const { ledger } = service.store;
  const lost = await ledger.deliveries({ states: ["failed", "unknown"] });
  for (const [issue, deliveries] of Map.groupBy(lost, (each) => each.issue)) {
    if (told.has(issue)) continue;
    const open = await ledger.deliveries({ issue, states: ["pending", "sending"], limit: 1 });
    if (open.length > 0) continue;
    told.add(issue);
    await tellOf(service, issue, (name) => ({
      what: "not-delivered",
      since: Math.max(...deliveries.map(({ updatedAt }) => updatedAt)),
      issue: name,
      failed: count(deliveries, "failed"),
      unknown: count(deliveries, "unknown"),
      responses: [...new Set(deliveries.flatMap(({ response }) => response ?? []))],
    }));
  }
}

const count = (deliveries: readonly KeptDelivery[], state: KeptDelivery["state"]): number =>
  deliveries.filter((each) => each.state === state).length;

async function tellOf(
  service: Service,
  id: number,
  eventOf: (issue: string) => Parameters<typeof tell>[3],
): Promise<void> {
  const issue = await service.store.issueById(id);
  const publication = service.workspace.publications[issue?.publication ?? ""];
  // A publication that the configuration no longer knows has nobody who waits for it.
  if (issue === null || publication === undefined) return;
  await tell(service, publication, slotNamed(issue), eventOf(nameOf(issue)));
}
