import type { Lag } from "#src/domain/series.ts";

const lagPattern = /^(?:(\d{1,3}) sessions?)?( \+ )?(?:(\d{1,4}(?:\.\d+)?)h)?$/;
const offsetPattern = /^(?:(\d{1,2})h)?(?:(\d{1,3})m)?$/;

/** Whether the text is a lag: `0`, `1 session`, `6h`, `2 sessions + 6h`. */
export const isLag = (text: string): boolean => readLag(text) !== null;

/** Whether the text is a duration: `2h`, `90m`, `1h30m`. */
export const isOffset = (text: string): boolean => readOffset(text) !== null;

/** The lag that a checked text means. */
export function parseLag(text: string | 0): Lag {
  const lag = readLag(String(text));
  if (lag === null) throw new RangeError(`parseLag requires a lag, got ${text}`);
  return lag;
}

/** The minutes that a checked duration means. */
export function parseOffset(text: string): number {
  const minutes = readOffset(text);
  if (minutes === null) throw new RangeError(`parseOffset requires a duration, got ${text}`);
  return minutes;
}

function readLag(text: string): Lag | null {
  if (text === "0") return { sessions: 0, hours: 0 };
  const [, sessions, plus, hours] = lagPattern.exec(text) ?? [];
  if (sessions === undefined && hours === undefined) return null;
  const both = sessions !== undefined && hours !== undefined;
  return both === (plus !== undefined)
    ? { sessions: Number(sessions ?? 0), hours: Number(hours ?? 0) }
    : null;
}

function readOffset(text: string): number | null {
  const [, hours, minutes] = offsetPattern.exec(text) ?? [];
  return hours === undefined && minutes === undefined ? null : 60 * Number(hours ?? 0) + Number(minutes ?? 0);
}
