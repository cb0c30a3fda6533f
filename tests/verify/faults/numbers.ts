import type { Fact } from "#src/domain/fact.ts";
import type { Locale } from "#src/domain/locale.ts";
import {
  edited,
  type Fault,
  inPages,
  misprint,
  reprinted,
  restyled,
  retold,
  reworded,
  type Spot,
  spotOf,
  swap,
} from "#tests/verify/plant.ts";

/** Moves the point of the first number by one place. */
const tenfold = (printed: string): string => printed.replace(/(\d)\.(\d)/u, "$1$2.").replace(/\.(?!\d)/u, "");

/** A loss in a table: a cell whose print begins with a minus. */
const lossInTable = (files: Parameters<typeof spotOf>[0], locale: Locale): Spot =>
  spotOf(files, locale, (_, { style, printed }) => style === "table" && printed.startsWith("−"));

/** The first key number's value with another mark in the place of the fact's. */
const firstValueAs = (mark: string) => (html: string) =>
  html.replace(/(<dd class="v">)<data [^>]*>([\s\S]*?)<\/data>/u, `$1<span ${mark}="">$2</span>`);

export const numberFaults: readonly Fault[] = [
  {
    name: "a ten-fold slip in one number of one edition",
    check: "printed-numbers",
    plant: (issue) => {
      const spot = spotOf(
        issue.files,
        "zh-CN",
        ({ unit }, { style }) => unit === "return" && style === "plain",
      );
      return reprinted(issue, "zh-CN", misprint(spot, spot.printed, tenfold(spot.printed)));
    },
  },
  {
    name: "a ten-fold slip of money in both editions",
    check: "printed-numbers",
    also: ["extraction"],
    plant: ({ files }) => {
      const isWanted = ({ unit }: Fact, { style }: Spot) => unit === "USD" && style === "plain";
      const [en, zh] = [spotOf(files, "en", isWanted), spotOf(files, "zh-CN", isWanted)];
      const first = edited(files, "en.html", misprint(en, en.printed, tenfold(en.printed)));
      return edited(first, "zh-CN.html", misprint(zh, "亿", "0亿"));
    },
  },
  {
    name: "a scale word in the place of another",
    check: "printed-numbers",
    also: ["extraction"],
    may: ["glyphs"],
    plant: ({ files }) => {
      const spot = spotOf(files, "zh-CN", (fact, { style }) => fact.unit === "USD" && style !== "table");
      return edited(files, "zh-CN.html", misprint(spot, "亿", "万亿"));
    },
  },
  {
    name: "another currency",
    check: "printed-numbers",
    also: ["extraction"],
    plant: ({ files }) => {
      const spot = spotOf(files, "zh-CN", (fact, { style }) => fact.unit === "USD" && style !== "table");
      return edited(files, "zh-CN.html", misprint(spot, "美元", "日元"));
    },
  },
  {
    name: "a number one quantum off",
    check: "printed-numbers",
    also: ["extraction"],
    plant: ({ files }) => {
      const spot = spotOf(
        files,
        "en",
        ({ unit }, { printed }) => unit === "return" && /[0-8]%$/u.test(printed),
      );
      const last = Number(/(\d)%$/u.exec(spot.printed)?.[1]);
      return edited(files, "en.html", misprint(spot, /\d%</u, `${last + 1}%<`));
    },
  },
  {
    name: "a cell of a table in another scale than its head",
    check: "printed-numbers",
    also: ["extraction"],
    plant: ({ files }) => {
      const spot = spotOf(files, "en", ({ unit }, { style }) => unit === "USD" && style === "table");
      return edited(files, "en.html", misprint(spot, spot.printed, tenfold(spot.printed)));
    },
  },
  {
    name: "a loss without its sign in a table",
    check: "printed-numbers",
    also: ["extraction"],
    plant: ({ files }) => {
      const spot = lossInTable(files, "en");
      return edited(files, "en.html", misprint(spot, "−", ""));
    },
  },
  {
    name: "a hyphen for a minus",
    check: "printed-numbers",
    also: ["extraction"],
    plant: ({ files }) => {
      const spot = lossInTable(files, "zh-CN");
      return edited(files, "zh-CN.html", misprint(spot, "−", "-"));
    },
  },
  {
    name: "a day that is another day in Chinese",
    check: "printed-numbers",
    also: ["extraction"],
    plant: ({ files }) => {
      const spot = spotOf(
        files,
        "zh-CN",
        ({ unit }, { printed }) => unit === "date" && /月[1-8]日/u.test(printed),
      );
      return edited(files, "zh-CN.html", misprint(spot, /月\d日/u, "月9日"));
    },
  },
  {
    name: "a date whose year is left out though it is another year",
    check: "printed-numbers",
    also: ["extraction"],
    plant: ({ files }) => {
      const spot = spotOf(
        files,
        "en",
        ({ unit, value }, { printed }) =>
          unit === "date" && !String(value).startsWith("2026") && /, \d{4}$/u.test(printed),
      );
      return edited(files, "en.html", misprint(spot, /, \d{4}/u, ""));
    },
  },
  {
    name: "a moment in another zone",
    check: "printed-numbers",
    also: ["extraction"],
    plant: ({ files }) => {
      const spot = spotOf(files, "en", ({ unit }) => unit === "instant");
      return edited(files, "en.html", misprint(spot, /\d\d:\d\d/u, "18:07"));
    },
  },
  {
    name: "an axis value in another scale",
    check: "printed-numbers",
    also: ["extraction"],
    plant: ({ files }) =>
      edited(files, "en.html", (html) => html.replace(/(<tspan data-tick="[1-9]\d*0">)([\d,]+)</u, "$1$20<")),
  },
  {
    name: "a month of an axis that is another month",
    check: "printed-numbers",
    also: ["extraction"],
    plant: ({ files }) =>
      edited(files, "zh-CN.html", (html) =>
        html.replace(/(<tspan data-tick="\d{4}-\d\d-\d\d">(?:\d{4}年)?)\d+月/u, "$113月"),
      ),
  },
  {
    name: "a digit typed into a message",
    check: "digits",
    plant: (issue) =>
      reworded(issue, {
        "locales/en/page.json": swap('"disclosure": "', '"disclosure": "Made in 3 steps. '),
      }),
  },
  {
    name: "a full-width digit in a Chinese cell",
    check: "digits",
    also: ["extraction", "glyphs"],
    plant: ({ files }) =>
      edited(files, "zh-CN.html", swap(/(?<=<th scope="col"[^>]*>.*?>)(?=\p{Script=Han})/u, "３")),
  },
  {
    name: "a word with a digit that is not on the list, though it ends as one that is",
    check: "digits",
    also: ["extraction"],
    plant: ({ files }) => edited(files, "en.html", swap(/(?<=[^\d])20-day/u, "120-day")),
  },
  {
    name: "a digit of no fact in an alternative text",
    check: "digits",
    also: ["pdf-structure"],
    plant: ({ files }) =>
      edited(files, "en.html", (html) =>
        html.replace(/role="img" aria-label="(?=[^"]*\p{L})/u, 'role="img" aria-label="98,765.4 in all. '),
      ),
  },
  {
    name: "the change of another market in an alternative text, in both editions",
    check: "digits",
    plant: async ({ files }) => {
      const { printed } = spotOf(files, "en", ({ id }) => id === "levels.USLC.return.week");
      const other = (text: string) =>
        text.replace(/(?<=it gained |上涨)[\d.]+%/u, printed.replace(/^[+−]/u, ""));
      return retold(await retold(files, "en", other), "zh-CN", other);
    },
  },
  {
    name: "the day of the issue in a picture that does not show it, in both editions",
    check: "digits",
    plant: async ({ files }) => {
      const english = await retold(files, "en", (text) => text.replace("Strip", "Feb 13, 2026: strip"));
      return retold(english, "zh-CN", (text) => text.replace("历史各周", "2026年2月13日历史各周"));
    },
  },
  {
    name: "another number of the picture in the alternative text of one edition",
    check: "digits",
    plant: ({ files }) =>
      retold(files, "en", (text) => text.replace(/([+−][\d.]+%)( to .*)[+−][\d.]+%/u, "$1$2$1")),
  },
  {
    name: "a level set as the number of a figure, in both editions",
    check: "digits",
    plant: ({ files }) => inPages(files, firstValueAs("data-structure")),
  },
  {
    name: "a level set as a name, in both editions",
    check: "digits",
    plant: ({ files }) => inPages(files, firstValueAs("data-name")),
  },
  {
    name: "a day set as a name, in both editions",
    check: "digits",
    plant: ({ files }) =>
      inPages(files, (html) =>
        html.replace(
          /<time [^>]*data-fact="levels\.KRIX[^>]*>([^<]*)<\/time>/u,
          '<span data-name="">$1</span>',
        ),
      ),
  },
  {
    name: "two figures that change their numbers, in both editions",
    check: "digits",
    plant: ({ files }) =>
      inPages(files, (html) =>
        html.replaceAll(/(?<=data-structure="">(?:Figure |图))[34](?=<)/gu, (number) =>
          number === "3" ? "4" : "3",
        ),
      ),
  },
  {
    name: "a digit of no fact in a running head",
    check: "digits",
    also: ["extraction"],
    plant: ({ files }) =>
      edited(
        files,
        "en.html",
        restyled(swap(/(@top-left\s*\{\s*content:\s*")/u, '@top-left { content: "98,765.4 ')),
      ),
  },
];
