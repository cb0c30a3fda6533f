import { endAlert, raise, takeAlerts } from "#src/store/alerts.ts";
import { endDelivery, markData, resendDelivery, sweepDeliveries, takeDelivery } from "#src/store/attempts.ts";
import { addDeliveries, deliveries, deliveryById, deliveryByToken, eventsOf } from "#src/store/deliveries.ts";
import type { Engine } from "#src/store/engine.ts";
import { noteGate, release } from "#src/store/gates.ts";
import type { Ledger } from "#src/store/ledger.ts";
import { index, search, unindexed } from "#src/store/search.ts";
import { endSlot, extendSlot, planSlots, seenUntilOf, slots, takeSlot } from "#src/store/slots.ts";
import { liftSuppression, suppress, suppressed, suppressions, unsubscribe } from "#src/store/suppressions.ts";

/** The ledger on an engine. */
export const ledgerOn = (engine: Engine): Ledger => ({
  planSlots: (...args) => planSlots(engine, ...args),
  seenUntil: (publication) => seenUntilOf(engine.db, publication),
  slots: (of) => slots(engine.db, of),
  takeSlot: (...args) => takeSlot(engine, ...args),
  extendSlot: (...args) => extendSlot(engine, ...args),
  endSlot: (...args) => endSlot(engine, ...args),
  noteGate: (...args) => noteGate(engine, ...args),
  release: (...args) => release(engine, ...args),
  addDeliveries: (...args) => addDeliveries(engine, ...args),
  deliveries: (of) => deliveries(engine.db, of),
  deliveryById: (id) => deliveryById(engine.db, id),
  deliveryByToken: (token) => deliveryByToken(engine.db, token),
  eventsOf: (delivery) => eventsOf(engine.db, delivery),
  takeDelivery: (...args) => takeDelivery(engine, ...args),
  markData: (...args) => markData(engine, ...args),
  endDelivery: (...args) => endDelivery(engine, ...args),
  sweepDeliveries: (now) => sweepDeliveries(engine, now),
  resendDelivery: (...args) => resendDelivery(engine, ...args),
  unsubscribe: (...args) => unsubscribe(engine, ...args),
  suppress: (...args) => suppress(engine, ...args),
  suppressed: (publication) => suppressed(engine.db, publication),
  suppressions: (of) => suppressions(engine.db, of),
  liftSuppression: (publication, address, lift) => liftSuppression(engine, publication, address, lift),
  raise: (...args) => raise(engine, ...args),
  takeAlerts: (...args) => takeAlerts(engine, ...args),
  endAlert: (...args) => endAlert(engine, ...args),
  unindexed: () => unindexed(engine.db),
  index: (...args) => index(engine, ...args),
  search: (query) => search(engine.db, query),
});
