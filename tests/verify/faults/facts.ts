import type { IssueFacts } from "#src/domain/issue.ts";
import {
  edited,
  type Fault,
  inPages,
  remark,
  restyled,
  reworded,
  spotOf,
  swap,
} from "#tests/verify/plant.ts";

/** Changes `facts.json` as an object. */
const refacted = (change: (facts: IssueFacts & { facts: object[] }) => unknown) => (text: string) => {
  const facts = JSON.parse(text) as IssueFacts & { facts: object[] };
  change(facts);
  return JSON.stringify(facts);
};

export const factFaults: readonly Fault[] = [
  {
    name: "a fact that a Chinese message leaves out",
    check: "facts-parity",
    plant: (issue) =>
      reworded(issue, { "locales/zh-CN/levels.json": (json) => json.replaceAll("{{close}}", "") }),
  },
  {
    name: "a value that is a quantum off in both editions",
    check: "facts-parity",
    plant: ({ files }) => {
      const { markup } = spotOf(files, "en", ({ unit }, { style }) => unit === "return" && style === "plain");
      const [, value = "", id = ""] = /value="([^"]*)" data-fact="([^"]*)"/u.exec(markup) ?? [];
      const slip = (html: string) =>
        html.replaceAll(
          `value="${value}" data-fact="${id}"`,
          `value="${Number(value) + 0.001}" data-fact="${id}"`,
        );
      return edited(edited(files, "en.html", slip), "zh-CN.html", slip);
    },
  },
  {
    name: "a fact that facts.json does not hold",
    check: "facts-parity",
    also: ["printed-numbers"],
    plant: ({ files }) =>
      edited(files, "en.html", swap('data-fact="issue.number"', 'data-fact="issue.volume"')),
  },
  {
    name: "a date set as a number",
    check: "facts-parity",
    plant: ({ files }) =>
      edited(files, "en.html", (html) =>
        html.replace(
          /<time ([^>]*)datetime="([^"]*)"([^>]*)>([^<]*)<\/time>/u,
          '<data $1value="$2"$3>$4</data>',
        ),
      ),
  },
  {
    name: "two paragraphs that change places",
    check: "facts-parity",
    plant: ({ files }) =>
      edited(files, "zh-CN.html", (html) =>
        html.replace(/(<div class="words">\s*)(<p>.*<\/p>)(\s*)(<p>.*<\/p>)/u, "$1$4$3$2"),
      ),
  },
  {
    name: "a chart whose label is lost",
    check: "facts-parity",
    also: ["digits"],
    plant: ({ files }) => {
      const spot = spotOf(files, "en", (_, { inSvg }) => inSvg);
      return edited(
        files,
        "en.html",
        remark(spot, () => `<tspan data-name="">${spot.printed}</tspan>`),
      );
    },
  },
  {
    name: "an axis that lacks a value in one language",
    check: "facts-parity",
    plant: ({ files }) =>
      edited(files, "zh-CN.html", swap(/<text [^>]*><tspan data-tick="[^"]*">[^<]*<\/tspan><\/text>/u, "")),
  },
  {
    name: "a first statement whose facts are nowhere",
    check: "facts-parity",
    plant: ({ files }) =>
      edited(
        files,
        "facts.json",
        refacted(({ facts, statements: [first] }) => {
          facts.push({ ...facts[0], id: "levels.nowhere" });
          Object.assign(first?.claim.places ?? {}, { more: { fact: "levels.nowhere" } });
        }),
      ),
  },
  {
    name: "a loss that facts.json and both editions call a gain",
    check: "facts-parity",
    plant: ({ files }) => {
      const id = "pair.simtech.record.long";
      const facts = edited(
        files,
        "facts.json",
        refacted(({ facts }) => {
          const at = facts.findIndex((fact) => fact.id === id);
          const fact = facts[at];
          if (typeof fact?.value === "number") facts[at] = { ...fact, value: -fact.value };
        }),
      );
      return inPages(facts, (html) =>
        html.replaceAll(new RegExp(`value="(?=[\\d.]+" data-fact="${id}")`, "gu"), 'value="-'),
      );
    },
  },
  {
    name: "a simulated issue that facts.json gives out as real",
    check: "facts-parity",
    plant: ({ files }) => edited(files, "facts.json", swap('"simulated": true', '"simulated": false')),
  },
  {
    name: "a simulated issue without its label in the masthead",
    check: "facts-parity",
    plant: ({ files }) => inPages(files, swap(/<span class="specimen">[^<]*<\/span>/u, "")),
  },
  {
    name: "a simulated issue without its word at the end",
    check: "facts-parity",
    plant: ({ files }) => inPages(files, swap(/<p class="specimen">[^<]*<\/p>/u, "")),
  },
  {
    name: "a simulated issue whose foot does not say so",
    check: "facts-parity",
    plant: ({ files }) =>
      edited(files, "en.html", restyled(swap(/(?<=@bottom-left \{ content: "[^"]*?) · simulated[^"]*/u, ""))),
  },
  {
    name: "two facts of one id",
    check: "facts-parity",
    plant: ({ files }) =>
      edited(
        files,
        "facts.json",
        refacted(({ facts }) => facts.push({ ...facts[0] })),
      ),
  },
];
