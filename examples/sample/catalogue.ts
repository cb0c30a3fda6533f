/** Exchanges of the simulated market; a series has values on its exchange's sessions only. */
export type Exchange = "NYSE" | "KRX" | "TSE" | "HKEX" | "SSE" | "XETR";

/** Files of one column a series, and how often their rows come. */
export type WideFile = "prices" | "weekly" | "monthly" | "fundamentals";

export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** What a reader of the files must know about one series. */
export interface Entry {
  readonly id: string;
  readonly name: Text;
  readonly short: Text;
  readonly kind:
    | ("level" | "price" | "total-return" | "yield" | "fx" | "flow" | "aum")
    | ("count" | "tone" | "ratio" | "earnings");
  /** In what the file writes the numbers. */
  readonly unit: "unit" | "percent" | "thousand" | "million";
  readonly currency: "USD" | "KRW" | null;
  readonly calendar: Exchange;
  /** Decimal places in the file. */
  readonly decimals: number;
  /** Sessions after the close of its day until the value can be read. */
  readonly lag: number;
  /** The first day that it is written of; its file's first where nothing is said. */
  readonly from?: string;
}

/** The first day of names, baskets and counts, and that of signals: nothing is told of them that takes a longer history. */
const [youngDay, signalDay] = ["2015-01-02", "2010-01-04"];

type More = Partial<Omit<Entry, "id" | "name" | "short">>;

const base = { kind: "level", unit: "unit", currency: null, calendar: "NYSE", decimals: 2, lag: 0 } as const;

/** A series by its short names; its long ones are the same unless given. */
const entry = (id: string, en: string, zh: string, more: More = {}, name: Text = { en, zh }): Entry => ({
  ...base,
  ...{ id, name: named(name), short: named({ en, zh }) },
  ...more,
});

/** Every name says that it is made up. */
const named = ({ en, zh }: Text): Text => ({ en: `Sim ${en}`, zh: `模拟${zh}` });

const signal = { from: signalDay } as const;
const yields = { kind: "yield", unit: "percent", lag: 1, ...signal } as const;
const share = { kind: "price", currency: "USD", from: youngDay } as const;
const asset = { kind: "price", currency: "USD", ...signal } as const;
const young = { from: youngDay } as const;

const index = (id: string, calendar: Exchange, [en, zh]: readonly [string, string], place: Text): Entry =>
  entry(id, en, zh, { calendar }, { en: `${place.en} Index`, zh: `${place.zh}指数` });

/** The long leg of the sample's pair. */
export const leaders: readonly Entry[] = [
  entry("CHIPS_A", "Chips A", "芯片A", share),
  entry("CHIPS_B", "Chips B", "芯片B", share),
  entry("MEMORY", "Memory", "存储", share),
  entry("NETWORKS", "Networks", "网络", share),
  entry("TOOLS", "Chip Tools", "芯片设备", share),
];

/** The short leg of the sample's pair. */
export const laggards: readonly Entry[] = [
  entry("SOFTWARE_A", "Software A", "软件A", share),
  entry("SOFTWARE_B", "Software B", "软件B", share),
  entry("PAYROLL", "Payroll", "薪酬服务", share),
  entry("CONSULTING", "Consulting", "咨询", share),
  entry("DATASERV", "Data Services", "数据服务", share),
];

/** The names of the pair: ten, long and short. */
export const names: readonly Entry[] = [...leaders, ...laggards];

/** Sub-industries of the software index. */
export const subindustries: readonly Entry[] = [
  entry("SWAPP", "Applications", "应用软件", young),
  entry("SWDATA", "Data Platforms", "数据平台", young),
  entry("SWSEC", "Security Tools", "安全软件", young),
  entry("SWHR", "HR Tools", "人力资源软件", young),
  entry("SWDES", "Design Tools", "设计软件", young),
  entry("SWEDU", "Education Tools", "教育软件", young),
  entry("SWADS", "Ad Tools", "广告软件", young),
  entry("SWINF", "Infrastructure", "基础软件", young),
  entry("SWFIN", "Finance Tools", "财务软件", young),
  entry("SWLAW", "Legal Tools", "法律软件", young),
];

/** The names of the basket that rebuilds the grid. */
export const gridNames: readonly Entry[] = [
  entry("GRID_CABLE", "Cables", "电缆", share),
  entry("GRID_TRAFO", "Transformers", "变压器", share),
  entry("GRID_SWITCH", "Switchgear", "开关设备", share),
  entry("GRID_UTIL", "Grid Operator", "电网运营", share),
  entry("GRID_EPC", "Line Builder", "输电工程", share),
  entry("GRID_METER", "Meters", "电表", share),
];

/** Sectors of the US market. */
export const sectors: readonly Entry[] = [
  entry("XTEC", "Technology", "科技"),
  entry("XCOM", "Communication", "通信"),
  entry("XDIS", "Discretionary", "可选消费"),
  entry("XSTA", "Staples", "必选消费"),
  entry("XHEA", "Health Care", "医疗保健"),
  entry("XFIN", "Financials", "金融"),
  entry("XIND", "Industrials", "工业"),
  entry("XMAT", "Materials", "原材料"),
  entry("XENE", "Energy", "能源"),
  entry("XUTI", "Utilities", "公用事业"),
  entry("XREA", "Real Estate", "房地产"),
];

const count = { kind: "count", decimals: 0, lag: 1 } as const;

const turnover = { ...count, ...young, unit: "thousand", lag: 0 } as const;

/** The columns of `data/prices.csv`, in their order. */
export const priceSeries: readonly Entry[] = [
  index("USLC", "NYSE", ["US", "美股"], { en: "US Large Cap", zh: "美国大盘" }),
  entry("USEW", "US Equal Weight", "美股等权", {}, { en: "US Equal Weight Index", zh: "美国等权指数" }),
  entry("EXUS", "World ex US", "美国以外", signal, {
    en: "World ex US Index, USD",
    zh: "全球（除美国）指数（美元）",
  }),
  entry("WORLD", "World", "全球", signal, { en: "World Index, USD", zh: "全球指数（美元）" }),
  index("KRIX", "KRX", ["Korea", "韩股"], { en: "Korea", zh: "韩国" }),
  index("JPIX", "TSE", ["Japan", "日股"], { en: "Japan", zh: "日本" }),
  index("HKIX", "HKEX", ["Hong Kong", "港股"], { en: "Hong Kong", zh: "香港" }),
  index("CNIX", "SSE", ["China", "A股"], { en: "China", zh: "中国" }),
  index("DEIX", "XETR", ["Germany", "德股"], { en: "Germany", zh: "德国" }),
  entry("VOLIX", "Volatility", "波动率", {}, { en: "US Volatility Index", zh: "美股波动率指数" }),
  ...sectors,
  entry("US3M", "US 3M", "美债3个月", yields, { en: "US 3-month yield", zh: "美国3个月期国债收益率" }),
  entry("US2Y", "US 2Y", "美债2年", yields, { en: "US 2-year yield", zh: "美国2年期国债收益率" }),
  entry("US10Y", "US 10Y", "美债10年", yields, { en: "US 10-year yield", zh: "美国10年期国债收益率" }),
  entry(
    "JP10Y",
    "Japan 10Y",
    "日债10年",
    { ...yields, calendar: "TSE", decimals: 3 },
    { en: "Japan 10-year yield", zh: "日本10年期国债收益率" },
  ),
  entry(
    "JPBE",
    "Japan breakeven",
    "日本通胀预期",
    { ...yields, calendar: "TSE", decimals: 3 },
    { en: "Japan 10-year breakeven", zh: "日本10年期盈亏平衡通胀率" },
  ),
  entry("HYSP", "HY Spread", "高收益利差", yields, { en: "US high-yield spread", zh: "美国高收益债利差" }),
  entry(
    "USDJPY",
    "USD/JPY",
    "美元/日元",
    { kind: "fx", calendar: "TSE" },
    { en: "USD/JPY", zh: "美元兑日元" },
  ),
  entry(
    "USDKRW",
    "USD/KRW",
    "美元/韩元",
    { kind: "fx", calendar: "KRX" },
    { en: "USD/KRW", zh: "美元兑韩元" },
  ),
  entry(
    "AUDJPY",
    "AUD/JPY",
    "澳元/日元",
    { kind: "fx", calendar: "TSE", ...signal },
    { en: "AUD/JPY", zh: "澳元兑日元" },
  ),
  entry(
    "JPNEER",
    "Yen Index",
    "日元指数",
    { calendar: "TSE", ...signal },
    { en: "Yen Effective Rate Index", zh: "日元有效汇率指数" },
  ),
  entry(
    "GOLD",
    "Gold",
    "黄金",
    { kind: "price", currency: "USD" },
    { en: "Gold, USD an ounce", zh: "黄金（美元/盎司）" },
  ),
  entry(
    "COPPER",
    "Copper",
    "铜",
    { ...asset, decimals: 1 },
    { en: "Copper, USD a ton", zh: "铜（美元/吨）" },
  ),
  entry("OIL", "Oil", "原油", asset, { en: "Oil, USD a barrel", zh: "原油（美元/桶）" }),
  entry("INDM", "Industrial Metals", "工业金属", signal, {
    en: "Industrial Metals Index",
    zh: "工业金属指数",
  }),
  entry(
    "JPBANK",
    "Japan Banks",
    "日本银行",
    { calendar: "TSE", ...signal },
    { en: "Japan Banks Index", zh: "日本银行指数" },
  ),
  entry("SOFT", "Software", "软件", signal, { en: "Software Index", zh: "软件指数" }),
  ...subindustries,
  ...names,
  ...gridNames,
  entry("SOFT_VOL", "Software Turnover", "软件成交", turnover),
  entry("GRID_VOL", "Grid Turnover", "电网成交", turnover),
  entry("TREND", "Trend", "趋势策略", signal, { en: "Trend Strategy Index", zh: "趋势策略指数" }),
  entry("STATIC", "Equal Mix", "等权组合", signal, { en: "Equal-weight Mix Index", zh: "等权组合指数" }),
  entry("LIQ", "Liquid", "高流动性", signal, { en: "Liquid Assets Index", zh: "高流动性资产指数" }),
  entry("ILLIQ", "Illiquid", "低流动性", signal, {
    en: "Listed Illiquid Assets Index",
    zh: "低流动性资产（上市）指数",
  }),
  entry(
    "KRFOREIGN",
    "Korea foreign share",
    "韩股外资占比",
    { kind: "ratio", unit: "percent", calendar: "KRX", decimals: 2, lag: 1, ...signal },
    { en: "Korea: foreign holdings, % of market value", zh: "韩国股市外资持股占市值比" },
  ),
];

const tone = { kind: "tone", decimals: 3, lag: 1 } as const;

/** The columns of `data/weekly.csv`. */
export const weeklySeries: readonly Entry[] = [
  entry("WIRE_ALL", "Wire: all", "通讯社：全部", count),
  entry("WIRE_DIS", "Wire: disruption", "通讯社：颠覆", count),
  entry("WIRE_RET", "Wire: returns", "通讯社：回报", count),
  entry("PRESS_ALL", "Press: all", "报刊：全部", count),
  entry("PRESS_DIS", "Press: disruption", "报刊：颠覆", count),
  entry("PRESS_RET", "Press: returns", "报刊：回报", count),
  entry("TONE_DIS", "Tone: disruption", "语调：颠覆", tone),
  entry("TONE_RET", "Tone: returns", "语调：回报", tone),
  ...subindustries.flatMap(({ id, short }) => [
    entry(`M_${id}`, `${bare(short.en)}: AI risk`, `${short.zh.slice(2)}：AI风险`, count),
    entry(`T_${id}`, `${bare(short.en)}: all`, `${short.zh.slice(2)}：全部`, count),
  ]),
];

function bare(en: string): string {
  return en.replace(/^Sim /u, "");
}

const monthly = { lag: 8 } as const;
const ratio = { kind: "ratio", decimals: 2, ...monthly } as const;
const fund = { kind: "total-return", currency: "USD", ...monthly } as const;

/** The columns of `data/monthly.csv`. */
export const monthlySeries: readonly Entry[] = [
  entry("KRPE", "Korea P/E", "韩股市盈率", ratio, { en: "Korea: forward P/E", zh: "韩股远期市盈率" }),
  entry("KRPB", "Korea P/B", "韩股市净率", ratio),
  entry("WORLDPB", "World P/B", "全球市净率", ratio),
  entry("JPPE", "Japan P/E", "日股市盈率", ratio, { en: "Japan: forward P/E", zh: "日股远期市盈率" }),
  entry("SOFTPE", "Software P/E", "软件市盈率", ratio, { en: "Software: forward P/E", zh: "软件远期市盈率" }),
  entry(
    "SOFTEPS",
    "Software EPS",
    "软件每股收益",
    { kind: "earnings", currency: "USD", ...monthly },
    { en: "Software: forward EPS", zh: "软件远期每股收益" },
  ),
  entry("HFMACRO", "Macro Funds", "宏观基金", fund, { en: "Macro Hedge Fund Index", zh: "宏观对冲基金指数" }),
  entry("HFLS", "Long/Short Funds", "多空基金", fund, {
    en: "Long/Short Hedge Fund Index",
    zh: "股票多空对冲基金指数",
  }),
  entry("HFQUANT", "Quant Funds", "量化基金", fund, { en: "Quant Hedge Fund Index", zh: "量化对冲基金指数" }),
  entry(
    "USTR",
    "US with dividends",
    "美股（含股息）",
    { ...fund, lag: 0 },
    { en: "US Large Cap, total return", zh: "美国大盘股总回报" },
  ),
  entry("ELECPI", "Power Prices", "电价", monthly, { en: "Electricity Price Index", zh: "电价指数" }),
  entry(
    "LOAD",
    "Power Load",
    "用电负荷",
    { ...monthly, decimals: 1 },
    { en: "Electricity Load", zh: "用电负荷" },
  ),
  entry("CAPPRICE", "Capacity Price", "容量电价", monthly),
  entry(
    "CORECPI",
    "Core CPI",
    "核心CPI",
    { ...monthly, decimals: 3 },
    { en: "Core Consumer Prices", zh: "核心消费价格" },
  ),
  entry("LEI", "Leading Index", "领先指标", monthly),
  entry(
    "SURVEY",
    "Survey",
    "景气调查",
    { ...monthly, decimals: 1 },
    { en: "Business Survey", zh: "企业景气调查" },
  ),
  ...names.map(({ id, short }) =>
    entry(`CAP_${id}`, `${bare(short.en)} market value`, `${short.zh.slice(2)}市值`, {
      ...{ kind: "aum", unit: "million", currency: "USD", decimals: 0, lag: 0, from: youngDay },
    }),
  ),
];

const account = { kind: "flow", unit: "million", currency: "USD", decimals: 0, lag: 25 } as const;

/** The columns of `data/fundamentals.csv`, of the builders together, and of each name. */
export const fundamentalSeries: readonly Entry[] = [
  entry("CAPEX", "Builders' capex", "AI基建资本开支", account),
  entry("SALES", "Builders' sales", "AI基建营收", account),
  entry("OPINC", "Builders' operating income", "AI基建营业利润", account),
  entry("DEPR", "Builders' depreciation", "AI基建折旧", account),
  entry("FCF", "Builders' free cash flow", "AI基建自由现金流", account),
  ...names.map(({ id, short }) =>
    entry(`PPE_${id}`, `${bare(short.en)} net plant/assets`, `${short.zh.slice(2)}固定资产占比`, {
      ...{ kind: "ratio", unit: "percent", decimals: 1, lag: 25 },
    }),
  ),
];

/** Every file of columns, and its series in their order. */
export const wideFiles: Readonly<Record<WideFile, readonly Entry[]>> = {
  prices: priceSeries,
  weekly: weeklySeries,
  monthly: monthlySeries,
  fundamentals: fundamentalSeries,
};

/** A fund; its short name is the whole one: "Sim Korea" is the index. */
const flow = (id: string, en: string, zh: string): Entry =>
  entry(id, `${en} Fund`, `${zh}基金`, { kind: "flow", currency: "USD", decimals: 0, lag: 1 });

/** Funds that hold US equities. */
export const usFunds: readonly Entry[] = [
  flow("F_US_CORE", "US Core", "美国核心"),
  flow("F_US_GROWTH", "US Growth", "美国成长"),
  flow("F_US_VALUE", "US Value", "美国价值"),
  flow("F_US_SMALL", "US Small Cap", "美国小盘"),
];

/** Funds that hold equities of other countries. */
export const nonUsFunds: readonly Entry[] = [
  flow("F_DEVELOPED", "Developed ex US", "发达市场（除美国）"),
  flow("F_EMERGING", "Emerging Markets", "新兴市场"),
  flow("F_EUROPE", "Europe", "欧洲"),
  flow("F_JAPAN", "Japan", "日本"),
  flow("F_KOREA", "Korea", "韩国"),
];

/** The values of column `fund` in `data/flows.csv`, in their order within a day. */
export const fundSeries: readonly Entry[] = [...usFunds, ...nonUsFunds];

const quoted = { kind: "level", decimals: 0 } as const;
const earned = { kind: "earnings", decimals: 2 } as const;

/** What stands in `data/consensus.yaml`, the list of numbers that analysts and others are quoted with. */
export const quotedSeries: readonly Entry[] = [
  entry("KRTARGET", "Korea target", "韩股目标", { ...quoted, calendar: "KRX" }),
  entry("JPTARGET", "Japan target", "日股目标", { ...quoted, calendar: "TSE" }),
  ...["24", "25", "26"].map((year) =>
    entry(`KREPS${year}`, `Korea EPS 20${year}`, `韩股20${year}年每股收益`, {
      ...{ ...earned, currency: "KRW", calendar: "KRX" },
    }),
  ),
  entry("Q_NONUS", "quoted non-US flows", "所引非美基金流入", { kind: "flow", currency: "USD", decimals: 0 }),
  entry("Q_US", "quoted US flows", "所引美股基金流入", { kind: "flow", currency: "USD", decimals: 0 }),
  ...(
    [
      ["Q_SHARE", "quoted non-US share", "所引非美占比"],
      ["Q_KRUSD", "quoted Korea return, USD", "所引韩股美元回报"],
      ["Q_EPS25", "quoted EPS growth, past year", "所引去年盈利增速"],
      ["Q_EPS26", "quoted EPS growth, this year", "所引今年盈利增速"],
    ] as const
  ).map(([id, en, zh]) => entry(id, en, zh, { kind: "ratio", unit: "percent", decimals: 1 })),
  entry("Q_TARGET", "quoted Korea target", "所引韩股目标", { ...quoted, calendar: "KRX" }),
];
