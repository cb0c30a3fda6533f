import type { ExchangeCalendar } from "#src/domain/calendar.ts";

/** Before any session: an entry from that day holds from the beginning. */
export const beginning = "0001-01-01";

/** Exchanges that every workspace knows, with the days on which their closing hour changed. */
export const exchanges: Readonly<Record<string, ExchangeCalendar>> = {
  NYSE: { id: "NYSE", zone: "America/New_York", closes: [{ from: beginning, at: "16:00" }] },
  KRX: {
    id: "KRX",
    zone: "Asia/Seoul",
    closes: [
      { from: beginning, at: "15:00" },
      { from: "2016-08-01", at: "15:30" },
    ],
  },
  TSE: {
    id: "TSE",
    zone: "Asia/Tokyo",
    closes: [
      { from: beginning, at: "15:00" },
      { from: "2024-11-05", at: "15:30" },
    ],
  },
  // The closing auction ends at 16:10 since 2016-07-25.
  HKEX: {
    id: "HKEX",
    zone: "Asia/Hong_Kong",
    closes: [
      { from: beginning, at: "16:00" },
      { from: "2016-07-25", at: "16:10" },
    ],
  },
  SSE: { id: "SSE", zone: "Asia/Shanghai", closes: [{ from: beginning, at: "15:00" }] },
};
