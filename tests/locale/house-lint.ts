/** A rule of the house: what a text of an edition must not hold. */
interface Rule {
  readonly name: string;
  readonly pattern: RegExp;
}

const rule = (name: string, pattern: RegExp): Rule => ({ name, pattern });

const direction = "净流入|净流出|涨幅|跌幅|上涨|下跌|升值|贬值|上行|下行|上升|下降|回落|收窄|走阔|贡献|拖累";

/** Common characters that mainland texts write otherwise. */
const traditional =
  /[點億萬變區與對後這個為數據來間關於從時會計資產業場動價漲開區長報貨幣種類勢態標準單週發現實際幾過還進選擇應當無變態線圖訊號債]/u;

/** Mainland typography and number style, as a table of what is wrong. */
export const chineseRules: readonly Rule[] = [
  rule(
    "halfwidth punctuation",
    /[\p{Script=Han}”）][,;:?!](?!\d)|\p{Script=Han}[.(](?!\d)|\)\p{Script=Han}/u,
  ),
  rule("ellipsis", /\.\.\.|。。|(?<!…)…(?!…)/u),
  rule("corner quotes", /[「」『』]/u),
  rule("straight quotes", /["']/u),
  rule("literal space", /[\p{Script=Han}，。：；、（）“”] | [\p{Script=Han}，。：；、（）“”]/u),
  rule("sign after a direction", new RegExp(`(?:${direction})[^，。；]{0,4}[-\u2212–]\\d`, "u")),
  rule(
    "times more",
    /(?:高出|多出|增长了?|增加了?|上涨了?|提高了?)[\d.]+倍|(?:下降|减少|缩小|低)了?[\d.]+倍/u,
  ),
  rule("digits before 千, 百 or 十", /\d(?:千|百|十)(?![瓦克米赫卡分])/u),
  rule("currency sign", /[$￥¥₩€£]\d|US\$/u),
  rule("Latin scale", /\d(?:bn|mn|tn|[KMBGT])\b/u),
  rule("兆", /\d兆(?!瓦|赫|字节)/u),
  rule("Latin unit", /\d\s?(?:bps?|pct|pp)\b/u),
  rule("month in words", /(?:十一|十二|[一二三四五六七八九十])月(?:\d|[份底初])/u),
  rule("what was not filled", /\{\{|\}\}|\$t\(|undefined|null|NaN|Infinity|\[object|[\uE000-\uF8FF]/u),
  rule("negative zero", /[-\u2212]0(?:\.0+)?(?![\d.])/u),
  rule("fullwidth letters or digits", /[０-９Ａ-Ｚａ-ｚ％＋]/u),
  rule("doubled punctuation", /[，。：；、]{2,}|。”。/u),
  rule("range without its first unit", /\d～[\d.,]*\d[%万亿]/u),
  rule("traditional character", traditional),
];

/** The same for English. */
export const englishRules: readonly Rule[] = [
  rule("Han", /\p{Script=Han}/u),
  rule("fullwidth punctuation", /[\u3000-\u303F\uFF00-\uFFEF]/u),
  rule("straight quotes", /["']/u),
  rule("ellipsis", /\.\.\./u),
  rule("spaces", / {2}|^ | $| [,.;:!?)]|\( /u),
  rule("doubled punctuation", /[,;:]{2,}|\.\.|,\./u),
  rule("sign after a direction", /\b(?:up|down|rose|fell|gained|shed|inflows? of|outflows? of) [-\u2212–]/u),
  rule("times more", /\d times (?:more|higher|larger|less|lower)/u),
  rule("basis points as bps", /\bbps\b/u),
  rule("what was not filled", /\{\{|\}\}|\$t\(|undefined|null|NaN|Infinity|\[object|[\uE000-\uF8FF]/u),
  rule("negative zero", /[-\u2212]0(?:\.0+)?(?![\d.])/u),
];

/** Names of the rules that a text breaks. */
export const lint = (text: string, rules: readonly Rule[]): readonly string[] =>
  rules.filter(({ pattern }) => pattern.test(text)).map(({ name }) => name);
