/**
 * What stands for a fact, a name or an axis value inside a text until the text is set: `U+E000 kind : payload U+E001`.
 *
 * A fact enters a message as a token and leaves it as `<data value>` on the page or `<tspan>` in a
 * chart, so which facts a sentence holds is known exactly, whatever the language does with them.
 */
export type Token =
  | { readonly kind: "fact"; readonly id: string; readonly style: PrintStyle }
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "tick"; readonly value: string; readonly text: string };

/** `plain`: in a sentence, a magnitude; `signed`: with its sign; `table`: bare, the head names the unit; `full`: a date with its year. */
export const printStyles = ["plain", "signed", "table", "full"] as const;
export type PrintStyle = (typeof printStyles)[number];

const [open, close] = ["\uE000", "\uE001"];
const pattern = /\uE000([fnt]):([^\uE001]*)\uE001/gu;

export const factToken = (id: string, style: PrintStyle = "plain"): string =>
  `${open}f:${style}:${id}${close}`;
export const nameToken = (text: string): string => `${open}n:${withoutMarks(text)}${close}`;
/** An axis value or day: what it stands for, the same in both editions, and how this edition prints it. */
export const tickToken = (value: string, text: string): string => `${open}t:${value}:${text}${close}`;

/** Names are untrusted: one that holds the marks of a token could pretend to be a fact. */
const withoutMarks = (text: string): string => text.replace(/[\uE000-\uF8FF]/gu, "\uFFFD");

/** Replaces every token of a text, and every stretch between tokens, each by its own function. */
export function mapTokens(
  text: string,
  onText: (text: string) => string,
  onToken: (token: Token) => string,
): string {
  let out = "";
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    out += onText(text.slice(from, match.index)) + onToken(tokenOf(match[1] ?? "", match[2] ?? ""));
    from = match.index + match[0].length;
  }
  return out + onText(text.slice(from));
}

function tokenOf(kind: string, payload: string): Token {
  if (kind === "n") return { kind: "name", text: payload };
  if (kind === "t") {
    const [value = "", ...text] = payload.split(":");
    return { kind: "tick", value, text: text.join(":") };
  }
  const [style = "plain", ...id] = payload.split(":");
  return { kind: "fact", style: style as PrintStyle, id: id.join(":") };
}
