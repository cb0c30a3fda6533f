/** Mondays to Fridays from a day on, that day included if it is one: the sessions of a market without holidays. */
export function weekdays(first: string, count: number): readonly string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); days.length < count; at += 86_400_000) {
    const day = new Date(at);
    if (day.getUTCDay() % 6 !== 0) days.push(day.toISOString().slice(0, 10));
  }
  return Object.freeze(days);
}
