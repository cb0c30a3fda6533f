/** Exchanges of the simulated market; a series has values on its exchange's sessions only. */
export type Exchange = "NYSE" | "KRX" | "TSE" | "HKEX" | "SSE" | "XETR";

interface Text {
  readonly en: string;
  readonly zh: string;
}

/** What a reader of the files must know about one series. */
export interface Entry {
  readonly id: string;
  readonly name: Text;
  readonly short: Text;
  readonly kind: "level" | "price" | "yield" | "fx" | "flow";
  /** In what the file writes the numbers. */
  readonly unit: "unit" | "percent";
  readonly currency: "USD" | null;
  readonly calendar: Exchange;
  /** Decimal places in the file. */
  readonly decimals: number;
  /** Releases after the close: sessions until the value can be read. */
  readonly lag: 0 | 1;
}

type Row = readonly [id: string, name: Text, short: Text, calendar: Exchange];

const text = (en: string, zh: string): Text => ({ en, zh });

const level = ([id, name, short, calendar]: Row): Entry => ({
  ...{ id, name, short, calendar },
  ...{ kind: "level", unit: "unit", currency: null, decimals: 2, lag: 0 },
});
const fx = (row: Row): Entry => ({ ...level(row), kind: "fx" });
const share = (row: Row): Entry => ({ ...level(row), kind: "price", currency: "USD" });
const rate = (row: Row): Entry => ({ ...level(row), kind: "yield", unit: "percent", lag: 1 });
const fund = (row: Row): Entry => ({ ...share(row), kind: "flow", decimals: 0, lag: 1 });

const stock = (id: string, en: string, zh: string): Entry => share([id, text(en, zh), text(en, zh), "NYSE"]);
/** The short name is the whole one: "Sim Korea" is the index. */
const flow = (id: string, en: string, zh: string): Entry => {
  const name = text(`Sim ${en} Fund`, `模拟${zh}基金`);
  return fund([id, name, name, "NYSE"]);
};

/** The long leg of the sample's pair. */
export const leaders: readonly Entry[] = [
  stock("CHIPS_A", "Sim Chips A", "模拟芯片A"),
  stock("CHIPS_B", "Sim Chips B", "模拟芯片B"),
  stock("MEMORY", "Sim Memory", "模拟存储"),
  stock("NETWORKS", "Sim Networks", "模拟网络"),
  stock("TOOLS", "Sim Chip Tools", "模拟芯片设备"),
];

/** The short leg of the sample's pair. */
export const laggards: readonly Entry[] = [
  stock("SOFTWARE_A", "Sim Software A", "模拟软件A"),
  stock("SOFTWARE_B", "Sim Software B", "模拟软件B"),
  stock("PAYROLL", "Sim Payroll", "模拟薪酬服务"),
  stock("CONSULTING", "Sim Consulting", "模拟咨询"),
  stock("DATASERV", "Sim Data Services", "模拟数据服务"),
];

/** The columns of `data/prices.csv`, in their order. */
export const priceSeries: readonly Entry[] = [
  level(["USLC", text("Sim US Large Cap Index", "模拟美国大盘指数"), text("Sim US", "模拟美股"), "NYSE"]),
  level(["KRIX", text("Sim Korea Index", "模拟韩国指数"), text("Sim Korea", "模拟韩股"), "KRX"]),
  level(["JPIX", text("Sim Japan Index", "模拟日本指数"), text("Sim Japan", "模拟日股"), "TSE"]),
  level(["HKIX", text("Sim Hong Kong Index", "模拟香港指数"), text("Sim Hong Kong", "模拟港股"), "HKEX"]),
  level(["CNIX", text("Sim China Index", "模拟中国指数"), text("Sim China", "模拟A股"), "SSE"]),
  level(["DEIX", text("Sim Germany Index", "模拟德国指数"), text("Sim Germany", "模拟德股"), "XETR"]),
  rate([
    "US10Y",
    text("Sim US 10-year yield", "模拟美国10年期国债收益率"),
    text("Sim US 10Y", "模拟美债10年"),
    "NYSE",
  ]),
  fx(["USDJPY", text("Sim USD/JPY", "模拟美元兑日元"), text("Sim USD/JPY", "模拟美元/日元"), "TSE"]),
  fx(["USDKRW", text("Sim USD/KRW", "模拟美元兑韩元"), text("Sim USD/KRW", "模拟美元/韩元"), "KRX"]),
  share([
    "GOLD",
    text("Sim Gold, USD an ounce", "模拟黄金（美元/盎司）"),
    text("Sim Gold", "模拟黄金"),
    "NYSE",
  ]),
  level([
    "VOLIX",
    text("Sim US Volatility Index", "模拟美股波动率指数"),
    text("Sim Volatility", "模拟波动率"),
    "NYSE",
  ]),
  ...leaders,
  ...laggards,
];

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
