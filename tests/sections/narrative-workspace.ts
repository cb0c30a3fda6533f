import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exchanges } from "#src/calendar/exchanges.ts";
import { sessionsIn } from "#src/calendar/sessions.ts";
import { addDays } from "#src/domain/time.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { series } from "#tests/sections/days.ts";
import { noise } from "#tests/sections/surfaces.ts";

/*
 * A workspace of files, all numbers made up from a seed: weekly counts of headlines, a daily share as GDELT's timeline gives
 * it, daily prices, monthly market values, quarterly accounts and events.
 */

const [first, last] = ["2021-01-04", "2026-02-13"] as const;
const nyse = exchanges.NYSE;
if (nyse === undefined) throw new RangeError("the workspace requires New York's calendar");
const days = sessionsIn(nyse, first, last);
const fridays = series(266, (i) => i).map((i) => addDays(last, -7 * (265 - i)));

const industries = series(8, (i) => i).map((i) => `SUB${i}`);
const victims = series(5, (i) => i).map((i) => `VIC${i}`);
const names = series(30, (i) => i).map((i) => `CO${i}`);
const prices = ["MARKET", ...industries, ...victims, ...names];

/** How loud each narrative is in a week: both at their height at the end. */
const loudness = (seed: number): readonly number[] => {
  const dice = noise(seed);
  return fridays.map((_, t) => {
    const left = fridays.length - 1 - t;
    return 1 + 0.25 * Math.sin((t + 40 * seed) / 17) + 0.15 * dice() + (left < 6 ? 0.9 : 0);
  });
};
const told = { A: loudness(1), B: loudness(2) };

const csv = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  `${[head, ...rows].map((row) => row.join(",")).join("\n")}\n`;

/** Counts of two sources, tones, and mentions by sub-industry. */
function weekly(): string {
  const dice = noise(9);
  const head = ["date", "WIRE", "PRESS", "WIRE_A", "WIRE_B", "PRESS_A", "PRESS_B", "TONE_A"];
  const rows = fridays.map((day, t) => {
    const [wire, press] = [4000 + Math.round(300 * dice()), 900 + Math.round(80 * dice())];
    const count = (articles: number, rate: number, own: "A" | "B") =>
      Math.round(articles * rate * (told[own][t] ?? 1) * (1 + 0.1 * dice()));
    const left = fridays.length - 1 - t;
    const mentions = industries.flatMap((_, i) => {
      const isNamed = i < 3 && left < 3 + 4 * (i === 0 ? 2 : 0);
      return [Math.round(6 + 2 * dice() + (isNamed ? 14 : 0)), 200 + Math.round(20 * dice())];
    });
    return [
      day,
      wire,
      press,
      count(wire, 0.02, "A"),
      count(wire, 0.014, "B"),
      count(press, 0.03, "A"),
      count(press, 0.02, "B"),
      (-1 + 0.4 * dice() - (left < 4 ? 1 : 0)).toFixed(3),
      ...mentions,
    ];
  });
  return csv([...head, ...industries.flatMap((id) => [`M_${id}`, `T_${id}`])], rows);
}

/** A share a day as GDELT's volume timeline gives it: per cent, every day of the week. */
function gdelt(): string {
  const dice = noise(4);
  const rows: string[] = [];
  for (let day = fridays[0] ?? first; day <= last; day = addDays(day, 1)) {
    const t = fridays.indexOf(isoWeek(day).friday);
    rows.push(`${day},Volume Intensity,${(1.6 * (told.A[t] ?? 1) * (1 + 0.1 * dice())).toFixed(4)}`);
  }
  return `\uFEFFDate,Series,Value\n${rows.join("\n")}\n`;
}

/** Prices: victims fall in weeks in which the first narrative is told more, some sub-industries lag at the end. */
function daily(): string {
  const dice = noise(5);
  const levels = prices.map(() => 100);
  const rows = days.map((day, t) => {
    const week = fridays.indexOf(isoWeek(day).friday);
    const shock = Math.max(0, (told.A[week] ?? 1) - (told.A[week - 1] ?? 1));
    const market = 0.0003 + 0.008 * dice();
    const left = days.length - 1 - t;
    for (const [i, id] of prices.entries()) {
      const own = 0.006 * dice();
      const r = id === "MARKET" ? market : market + own + partOf(id, shock, left);
      levels[i] = (levels[i] ?? 100) * (1 + r);
    }
    return [day, ...levels.map((level) => level.toFixed(3))];
  });
  return csv(["date", ...prices], rows);
}

/** What a name does beside the market and its own noise. */
function partOf(id: string, shock: number, left: number): number {
  if (id.startsWith("VIC")) return -0.012 * shock;
  if (left >= 18) return 0;
  if (["SUB0", "SUB1", "SUB2"].includes(id)) return -0.006;
  return id.startsWith("CO") && Number(id.slice(2)) >= 24 ? 0.004 : 0;
}

/** Month ends of market values in millions. */
function monthly(): string {
  const months = days.filter((day, t) => day.slice(0, 7) !== (days[t + 1] ?? last).slice(0, 7));
  return csv(
    ["date", ...victims.map((id) => `CAP_${id}`)],
    months.map((day, t) => [day, ...victims.map((_, i) => 180_000 + 2000 * i + 500 * t)]),
  );
}

/** Quarter ends: capital expenditure rises faster than sales, and income no longer as fast as it did. */
function quarterly(): string {
  const quarters = series(19, (i) => i).map((i) => {
    const [year, quarter] = [2021 + Math.floor(i / 4), i % 4];
    const end = `${year}-${["03-31", "06-30", "09-30", "12-31"][quarter]}`;
    return days.findLast((day) => day <= end) ?? end;
  });
  const rows = quarters.map((day, i) => [
    day,
    Math.round(100 * 1.05 ** i),
    Math.round(1000 * 1.02 ** i),
    Math.round(250 + 12 * i - 0.25 * i * i),
    Math.round(60 * 1.03 ** i),
    Math.round(140 + i),
    ...names.map((_, k) => ((5 + 2 * k + (i % 3)) / 100).toFixed(2)),
  ]);
  return csv(["date", "CAPEX", "SALES", "INCOME", "DEPR", "FCF", ...names.map((id) => `PPE_${id}`)], rows);
}

/** Guidance after the close, of the names with most plant. */
const events = (): string =>
  series(8, (i) => i)
    .map((i) => {
      const day = days[days.length - 240 + 25 * i] ?? first;
      const known = `known_at: "${day}T22:00:00Z"`;
      return `- { id: g${i}, date: ${day}, kind: guidance, name: { en: Guidance, zh-CN: 业绩指引 }, series: CO${i}, source: Desk, ${known} }`;
    })
    .join("\n");

/** Entries of the catalogue, each with its settings as YAML has them. */
const catalogue = (): string => {
  const entry = (id: string, more: string) => `  ${id}: { name: { en: ${id}, zh-CN: 模拟${id} }, ${more} }`;
  return [
    ...["WIRE", "PRESS", "WIRE_A", "WIRE_B", "PRESS_A", "PRESS_B"].map((id) =>
      entry(id, "file: weekly, kind: count"),
    ),
    ...industries.flatMap((id) => [
      entry(`M_${id}`, "file: weekly, kind: count"),
      entry(`T_${id}`, "file: weekly, kind: count"),
    ]),
    entry("TONE_A", "file: weekly, kind: tone"),
    entry("GDELT_A", "file: gdelt, column: Volume Intensity, kind: ratio, unit: percent"),
    ...prices.map((id) => entry(id, `file: daily, kind: ${id === "MARKET" ? "level" : "price"}`)),
    ...victims.map((id) => entry(`CAP_${id}`, "file: monthly, kind: aum, currency: USD, unit: million")),
    ...["CAPEX", "SALES", "INCOME", "DEPR", "FCF"].map((id) =>
      entry(id, "file: quarterly, kind: flow, currency: USD, unit: million"),
    ),
    ...names.map((id) => entry(`PPE_${id}`, "file: quarterly, kind: ratio")),
  ].join("\n");
};

const map = (ids: readonly string[], to: (id: string) => string): string =>
  `{ ${ids.map((id) => `${id}: ${to(id)}`).join(", ")} }`;

/** The block `narratives`, and the two themes in it. */
const narratives = (): string => `narratives:
  sources: { wire: { articles: WIRE }, press: { articles: PRESS } }
  themes:
    disruption:
      name: { en: AI disruption, zh-CN: AI颠覆 }
      prose: { en: the AI-disruption narrative, zh-CN: AI颠覆叙事 }
      hits: { wire: WIRE_A, press: PRESS_A }
      share: [GDELT_A]
      tone: TONE_A
    returns:
      name: { en: AI returns fall short, zh-CN: AI投资回报不足 }
      short: { en: AI returns, zh-CN: AI回报 }
      prose: { en: the narrative of poor AI returns, zh-CN: AI投资回报不足叙事 }
      hits: { wire: WIRE_B, press: PRESS_B }
  capital: ${map(victims, (id) => `CAP_${id}`)}
  victims: { name: { en: Software, zh-CN: 软件股 }, members: [${victims.join(", ")}], market: MARKET }
  market: MARKET
  subindustries:
${industries.map((id) => `    - { series: ${id}, mentions: M_${id}, articles: T_${id} }`).join("\n")}
  capex: { capex: CAPEX, sales: SALES, income: INCOME, depreciation: DEPR, cashflow: FCF, market: MARKET }
  intensity: ${map(names, (id) => `PPE_${id}`)}
`;

const configuration = (): string => `simulated: true
brand: { responsible: { en: Desk, zh-CN: 编辑部 } }
publications:
  weekly:
    title: { en: Weekly, zh-CN: 周报 }
    calendar: NYSE
    asOf: 2026-02-13
    sections: [headline, narrative, sources]
declared: { events: events.yaml }
files:
  weekly: { path: weekly.csv, layout: wide, defaults: { calendar: NYSE, frequency: weekly, lag: 1 session, provider: Desk } }
  gdelt:
    path: gdelt.csv
    layout: long
    columns: { date: Date, series: Series, value: Value }
    defaults: { calendar: NYSE, lag: 6h, provider: Desk }
  daily: { path: daily.csv, layout: wide, defaults: { calendar: NYSE, provider: Desk } }
  monthly: { path: monthly.csv, layout: wide, defaults: { calendar: NYSE, lag: 1 session, staleAfter: 75, provider: Desk } }
  quarterly: { path: quarterly.csv, layout: wide, defaults: { calendar: NYSE, lag: 30 sessions, staleAfter: 170, provider: Desk } }
series:
${catalogue()}
${narratives()}`;

/** Writes the workspace into a folder, and returns it. */
export function writeNarrativeWorkspace(dir: string): string {
  mkdirSync(dir, { recursive: true });
  const files: Readonly<Record<string, string>> = {
    "tideline.yaml": configuration(),
    "weekly.csv": weekly(),
    "gdelt.csv": gdelt(),
    "daily.csv": daily(),
    "monthly.csv": monthly(),
    "quarterly.csv": quarterly(),
    "events.yaml": `${events()}\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}
