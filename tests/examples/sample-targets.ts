import {
  basket,
  changes,
  correlation,
  deviation,
  lastRank,
  lastZ,
  logs,
  mean,
  meansOf,
  monthly,
  type Reading,
  returns,
  sum,
  volatilities,
  weeks,
} from "./sample-reading.ts";

/** What the published sample is constructed to hold as of 2026-02-13, each reckoned from its files. */
export interface Check {
  readonly name: string;
  /** Whether the files hold it. */
  readonly holds: (files: Reading) => boolean;
}

const check = (name: string, holds: Check["holds"]): Check => ({ name, holds });

const leaders = ["CHIPS_A", "CHIPS_B", "MEMORY", "NETWORKS", "TOOLS"];
const laggards = ["SOFTWARE_A", "SOFTWARE_B", "PAYROLL", "CONSULTING", "DATASERV"];
const scrutinised = ["SWAPP", "SWHR", "SWDES", "SWEDU", "SWFIN", "SWLAW"];
const grid = ["GRID_CABLE", "GRID_TRAFO", "GRID_SWITCH", "GRID_UTIL", "GRID_EPC", "GRID_METER"];
const [weekBefore, last] = ["2026-02-06", "2026-02-13"];
const month = 20;

/** Flows of funds that can be read at the cut-off, since 1 January. */
const flowsOf = ({ flows }: Reading, isUs: boolean): number =>
  sum(
    flows
      .filter(([date = "", fund = ""]) => "2026" < date && date < last && fund.startsWith("F_US_") === isUs)
      .map(([, , usd]) => Number(usd)),
  );

/** The days of this year on which the index closed within 1 % of 7,000 or above it, one list an approach. */
function approaches(files: Reading): readonly (readonly string[])[] {
  const found: string[][] = [];
  let [isNear, isArmed, away] = [false, true, 0];
  for (const [date, close] of files.series("USLC").filter(([day]) => day > "2026")) {
    const near = close >= 6930;
    if (near && !isNear && isArmed) found.push([]);
    if (near) found.at(-1)?.push(date);
    away = near ? 0 : away + 1;
    isArmed = !near && (close <= 6860 || away > 5 || (isArmed && !isNear));
    isNear = near;
  }
  return found;
}

/** Each day's return of the pair's legs; the short one gains when its stocks fall. */
function pairDays(files: Reading) {
  const leg = (names: readonly string[]) => meansOf(names.map((id) => returns(files.values(id))));
  const [long, short] = [leg(leaders), leg(laggards)];
  return files
    .series("CHIPS_A")
    .slice(1)
    .map(([date], t) => ({ date, short: -(short[t] ?? 0), total: (long[t] ?? 0) - (short[t] ?? 0) }));
}

function recordDay(files: Reading) {
  const days = pairDays(files);
  const record = Math.max(...days.map(({ total }) => total));
  return days.find(({ total }) => total === record) ?? { date: "", short: 0, total: 1 };
}

const change20 = (values: readonly number[]): readonly number[] => changes(values, month);
const gain = (files: Reading, id: string, from: string): number =>
  files.on(id, last) / files.on(id, from) - 1;
const yearsBefore = (date: string): number => (Date.parse(last) - Date.parse(date)) / (365.25 * 86_400_000);
const near = (value: number, wanted: number, digits: number): boolean =>
  value.toFixed(digits) === wanted.toFixed(digits);

/** The return in dollars since the last day of 2025. */
const koreaInDollars = (files: Reading): number =>
  ((1 + gain(files, "KRIX", "2025-12-31")) * files.on("USDKRW", "2025-12-31")) / files.on("USDKRW", last) - 1;

/** Excess over the index of twenty sessions against 756 before, so many sessions ago. */
function excessZ(files: Reading, id: string, ago: number): number {
  const index = files.values("USLC").slice(-files.values(id).length);
  const ratio = logs(files.values(id)).map((log, t) => log - Math.log(index[t] ?? 0));
  return lastZ(change20(ratio).slice(0, ago === 0 ? undefined : -ago), 756);
}

/** Share of a sub-industry's articles that name the risk, against three years of weeks. */
function mentionZ(files: Reading, id: string, ago: number): number {
  const all = files.known(`T_${id}`);
  const shares = files.known(`M_${id}`).map((hits, t) => hits / (all[t] ?? 1));
  return lastZ(shares.slice(0, ago === 0 ? undefined : -ago), 156);
}

const isHit = (files: Reading, id: string, sessions: number): boolean =>
  excessZ(files, id, sessions) < -1 && mentionZ(files, id, sessions / 5) > 1;

/** Whether the last value is below the mean of the months of each window before its own. */
const isBelowMeans = (values: readonly number[]): boolean =>
  [120, 180, values.length - 1].every((window) => (values.at(-1) ?? 0) < mean(values.slice(-1 - window, -1)));

/** Log returns of Japan's index and the dollar in yen, on days that both have. */
function japan(files: Reading): { readonly stocks: readonly number[]; readonly dollar: readonly number[] } {
  const rates = new Map(files.series("USDJPY"));
  const joint = files.series("JPIX").filter(([date]) => rates.has(date));
  return {
    stocks: changes(joint.map(([, close]) => Math.log(close))),
    dollar: changes(joint.map(([date]) => Math.log(rates.get(date) ?? 0))),
  };
}

/** Twice the standard error of Fisher's z away from 0, on either side. */
const isSure = (r: number, n: number, sign: 1 | -1): boolean => sign * Math.atanh(r) * Math.sqrt(n - 3) > 2.2;

function isFlipped(files: Reading): boolean {
  const { stocks, dollar } = japan(files);
  const between = (from: number, to?: number) => correlation(stocks.slice(from, to), dollar.slice(from, to));
  const [recent, before] = [between(-60), between(-310, -60)];
  const hasLasted = Array.from({ length: 10 }, (_, ago) => between(-60 - ago, ago === 0 ? undefined : -ago));
  return isSure(before, 250, 1) && isSure(recent, 60, -1) && hasLasted.every((r) => r < 0);
}

/** z of how a group did against the index in twenty sessions, among the 756 before. */
const strengthZ = (files: Reading, members: readonly string[]): number => {
  const index = files.values("USLC");
  const group = basket(members.map((id) => files.values(id)));
  return lastZ(change20(group.map((level, t) => Math.log(level / (index[t] ?? 1)))), 756);
};

/** Signals of growth: positive says growth. */
function growthSignals(files: Reading): readonly number[] {
  const z = (path: readonly number[]) => Math.max(-3, Math.min(3, lastZ(change20(path), 2520)));
  const [ten, two] = [files.known("US10Y"), files.known("US2Y")];
  const gold = files.values("GOLD");
  return [
    z(logs(files.values("INDM"))),
    z(files.values("COPPER").map((price, t) => Math.log(price / (gold[t] ?? 1)))),
    z(ten),
    z(ten.map((value, t) => value - (two[t] ?? 0))),
    -z(files.known("HYSP")),
    -z(files.values("VOLIX")),
    z(logs(files.values("AUDJPY"))),
    z(logs(files.values("OIL"))),
  ];
}

/** The share of two sources' articles in the weeks that can be read, each over its first 104 weeks' mean. */
function story(files: Reading, which: "DIS" | "RET"): readonly number[] {
  return meansOf(
    ["WIRE", "PRESS"].map((source) => {
      const all = files.known(`${source}_ALL`);
      const shares = files.known(`${source}_${which}`).map((hits, t) => hits / (all[t] ?? 1));
      return shares.map((share) => share / mean(shares.slice(0, 104)));
    }),
  );
}

const latest = (values: readonly number[]): number => values.at(-1) ?? Number.NaN;

/** Monthly returns of the last 60 months, of a fund or of the market. */
const months60 = (files: Reading, id: string): readonly number[] => returns(files.values(id)).slice(-60);

function downCapture(files: Reading, id: string): number {
  const market = months60(files, "USTR");
  const isDown = (_: number, t: number): boolean => (market[t] ?? 0) < 0;
  return sum(months60(files, id).filter(isDown)) / sum(market.filter(isDown));
}

/** Growth over twelve months, and how many deviations it lies above its mean of ten years. */
function growthZ(files: Reading, id: string): number {
  const values = files.values(id);
  return lastZ(
    values.slice(12).map((value, t) => value / (values[t] ?? 1) - 1),
    120,
  );
}

/** How many of five signs show that the grid's basket is bid. */
function gridSigns(files: Reading): number {
  const prices = grid.map((id) => files.values(id));
  const level = basket(prices);
  const index = files.values("USLC").slice(-level.length);
  const strength = change20(level.map((value, t) => Math.log(value / (index[t] ?? 1))));
  const falls = level.map((value, t) => 1 - value / Math.max(...level.slice(Math.max(0, t - 251), t + 1)));
  const below = meansOf(
    prices.map((path) => path.slice(49).map((price, t) => (price < mean(path.slice(t, t + 50)) ? 1 : 0))),
  );
  return [
    lastZ(strength, 756) >= 1.5,
    lastRank(falls, 756) <= 10,
    lastRank(below, 756) <= 10,
    lastRank(volatilities(level), 756) >= 90,
    lastZ(logs(files.known("GRID_VOL")), 756) >= 1.5,
  ].filter(Boolean).length;
}

/** Every target, in the order of the note. */
export const checks: readonly Check[] = [
  check("non-US funds +$89.0bn this year", (files) => near(flowsOf(files, false) / 1e9, 89, 1)),
  check("US funds +$16.0bn this year", (files) => near(flowsOf(files, true) / 1e9, 16, 1)),
  check("non-US funds 84.8 % of it, 5.6 times the US ones", (files) => {
    const [abroad, home] = [flowsOf(files, false), flowsOf(files, true)];
    return near((100 * abroad) / (abroad + home), 84.8, 1) && near(abroad / home, 5.6, 1);
  }),
  check("three approaches to 7,000 or more, and no close above it", (files) => {
    const closes = files.series("USLC").filter(([date]) => date > "2026");
    return approaches(files).length >= 3 && closes.every(([, close]) => close < 7000);
  }),
  check("payrolls and consumer prices come out on days of approaches", (files) => {
    const days = approaches(files).flat();
    return ["2026-01-09", "2026-01-13", "2026-02-06", "2026-02-11"].every((day) => days.includes(day));
  }),
  check(
    "the index's volatility at the 40th percentile at most",
    (files) => lastRank(volatilities(files.values("USLC")), 2520) <= 40,
  ),
  check("the names' at the 80th at least", (files) => {
    const paths = [...leaders, ...laggards].map((id) => volatilities(files.values(id)));
    return lastRank(meansOf(paths), 2520) >= 80;
  }),
  check("the pair's largest day is of the week, the short leg two thirds of it or more", (files) => {
    const { date, short, total } = recordDay(files);
    return date > weekBefore && short / total >= 2 / 3;
  }),
  check("software's multiple is about half its highest of three years", (files) => {
    const multiples = files.values("SOFTPE").slice(-37);
    const ratio = latest(multiples) / Math.max(...multiples);
    return ratio >= 0.45 && ratio <= 0.55;
  }),
  check(
    "software's volatility at the 90th percentile at least",
    (files) => lastRank(volatilities(files.values("SOFT")), 2520) >= 90,
  ),
  check(
    "three sub-industries or more are newly under scrutiny",
    (files) => scrutinised.filter((id) => isHit(files, id, 0) && !isHit(files, id, 20)).length >= 3,
  ),
  check("Korea more than doubled since the end of 2024", (files) => gain(files, "KRIX", "2024-12-30") > 1.05),
  check("Korea's week is the best in five years", (files) => {
    const all = weeks(files.series("KRIX"));
    const best = latest(all.map(([, r]) => r));
    const years = yearsBefore(all.slice(0, -1).findLast(([, r]) => r >= best)?.[0] ?? "1900-01-01");
    return years >= 5 && years < 6;
  }),
  check("Korea +28.0 % in dollars this year", (files) => near(100 * koreaInDollars(files), 28, 1)),
  check("Korea's target is 6,400, raised within 30 days, and above the index", (files) => {
    const targets = files.quotes.get("KRTARGET") ?? [];
    const [before, now] = targets.slice(-2);
    const isYoung = yearsBefore(now?.[0] ?? "1900-01-01") < 30 / 365.25;
    return now?.[1] === 6400 && isYoung && (before?.[1] ?? 6400) < 6400 && files.on("KRIX", last) < 6400;
  }),
  check("Korea's earnings +36 % and +120 %, together +199.2 %", (files) => {
    const [e24 = 1, e25 = 1, e26 = 1] = ["24", "25", "26"].map(
      (year) => files.quotes.get(`KREPS${year}`)?.at(-1)?.[1],
    );
    return (
      near(100 * (e25 / e24 - 1), 36, 1) &&
      near(100 * (e26 / e25 - 1), 120, 1) &&
      near(100 * (e26 / e24 - 1), 199.2, 1)
    );
  }),
  check("Korea's multiple is below its mean of every window", (files) => isBelowMeans(files.values("KRPE"))),
  check(
    "foreigners hold as little of Korea as in the lowest quarter of ten years",
    (files) =>
      lastRank(
        monthly(files.lagged("KRFOREIGN")).map(([, share]) => share),
        120,
      ) <= 25,
  ),
  check("Japan +5.0 % on the week with a stronger yen, and yields down in a month", (files) => {
    const yields = files.known("JP10Y");
    return (
      near(100 * gain(files, "JPIX", weekBefore), 5, 1) &&
      gain(files, "USDJPY", weekBefore) < 0 &&
      latest(change20(files.values("JPNEER"))) > 0 &&
      latest(change20(yields)) < 0
    );
  }),
  check("stocks and the dollar in yen went together before, and against one another now", isFlipped),
  check("cyclicals and defensives are both strong", (files) =>
    [
      ["XIND", "XMAT"],
      ["XSTA", "XUTI"],
    ].every((members) => strengthZ(files, members) >= 1),
  ),
  check("signals of growth contradict one another", (files) => {
    const signals = growthSignals(files);
    const size = sum(signals.map(Math.abs));
    return 1 - Math.abs(sum(signals)) / size >= 0.6 && size / signals.length >= 0.8;
  }),
  check("the curve is a bull flattener", (files) => {
    const [two, ten] = ["US2Y", "US10Y"].map((id) => latest(change20(files.known(id))));
    return (two ?? 0) + (ten ?? 0) < -0.1 && (ten ?? 0) - (two ?? 0) < -0.05;
  }),
  check("both stories are told much, and neither has won", (files) => {
    const [disruption, returns] = [story(files, "DIS"), story(files, "RET")];
    const [a, b] = [latest(disruption), latest(returns)];
    return (
      [disruption, returns].every((path) => lastRank(path, 260) >= 70) &&
      (2 * Math.min(a, b)) / (a + b) >= 0.6
    );
  }),
  check("either group of names is worth a trillion dollars", (files) =>
    [leaders, laggards].every((names) => sum(names.map((id) => latest(files.values(`CAP_${id}`)))) >= 1e6),
  ),
  check("macro funds have a cushion", (files) => {
    const recent = returns(files.values("HFMACRO")).slice(-36);
    return latest(recent) / deviation(recent) >= 1;
  }),
  check(
    "stock pickers lose two fifths of what the market loses at most",
    (files) => downCapture(files, "HFLS") <= 0.4,
  ),
  check("what adapts beats what stands still", (files) => {
    const [trend, fixed] = ["TREND", "STATIC"].map((id) => changes(logs(files.values(id))).slice(-60));
    const spread = (trend ?? []).map((r, t) => r - (fixed?.[t] ?? 0));
    return sum(spread) > 1.96 * deviation(spread) * Math.sqrt(60);
  }),
  check("what is liquid beats what is not", (files) => {
    const other = files.values("ILLIQ");
    return lastZ(change20(files.values("LIQ").map((v, t) => Math.log(v / (other[t] ?? 1)))), 756) >= 1;
  }),
  check("three of five signs of stress in the grid's basket or more", (files) => gridSigns(files) >= 3),
  check(
    "two of three electricity series grow faster than usual or more",
    (files) => ["ELECPI", "LOAD", "CAPPRICE"].filter((id) => growthZ(files, id) > 1).length >= 2,
  ),
];
