/** A string that the page's style prints: a running head, or what stands before or after an element. */
interface StyleText {
  readonly text: string;
  /** Name of the margin box of the page; `null` for generated content. */
  readonly box: string | null;
}

/** A face that the page carries with it. */
export interface EmbeddedFace {
  readonly family: string;
  readonly weight: string;
  readonly format: string;
  /** The font file; `null` where the source is not a `data:` URL. */
  readonly data: Uint8Array | null;
}

/** A custom property, such as `--serif`. */
interface CustomProperty {
  readonly name: string;
  readonly value: string;
  /** Languages that its rule is for; `null` where it is for all. */
  readonly langs: readonly string[] | null;
}

/** What the style of a page prints, and what it prints with. */
export interface StyleSheet {
  readonly texts: readonly StyleText[];
  /** Margin boxes that the first page leaves empty. */
  readonly emptyOnFirst: ReadonlySet<string>;
  readonly faces: readonly EmbeddedFace[];
  /** Values of `font` and `font-family` outside faces. */
  readonly fonts: readonly string[];
  readonly properties: readonly CustomProperty[];
}

/** Takes a style sheet apart. */
export function readStyle(css: string): StyleSheet {
  // Fonts are by far the longest part, and nothing but faces is told by them.
  const bare = css.replace(/@font-face\s*\{[^}]*\}/gu, "").replace(/\/\*[\s\S]*?\*\//gu, "");
  return {
    texts: textsOf(bare),
    emptyOnFirst: emptyOnFirst(bare),
    faces: facesOf(css),
    fonts: fontsOf(bare),
    properties: propertiesOf(bare),
  };
}

const string = /"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'/gu;

/** A CSS string without its escapes. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:([0-9a-f]{1,6})\s?|([\s\S]))/giu, (_, hex?: string, other?: string) =>
    hex === undefined ? (other ?? "") : String.fromCodePoint(Number.parseInt(hex, 16)),
  );

const stringsIn = (css: string): readonly string[] =>
  [...css.matchAll(string)].map((match) => unescaped(match[1] ?? match[2] ?? ""));

const marginBox = /^(?:top|bottom|left|right)-/u;

const textsOf = (css: string): readonly StyleText[] =>
  [...css.matchAll(/(?:@([\w-]+)\s*)?\{([^{}]*)\}/gu)].flatMap(([, rule = "", body = ""]) =>
    contentOf(body)
      .flatMap(stringsIn)
      .filter((text) => text.trim() !== "")
      .map((text) => ({ text, box: marginBox.test(rule) ? rule : null })),
  );

/** Values of `content`; a semicolon inside a string does not end one. */
const contentOf = (body: string): readonly string[] =>
  [
    ...body.matchAll(/(?:^|[;\s])content\s*:((?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|[^;"'])*)/gu),
  ].map(([, value = ""]) => value);

function emptyOnFirst(css: string): ReadonlySet<string> {
  const [, rule = ""] = /@page\s*:first\s*\{((?:[^{}]|\{[^{}]*\})*)\}/u.exec(css) ?? [];
  return new Set([...rule.matchAll(/@([\w-]+)\s*\{[^{}]*content\s*:\s*none/gu)].map(([, box = ""]) => box));
}

const facesOf = (css: string): readonly EmbeddedFace[] =>
  [...css.matchAll(/@font-face\s*\{([^}]*)\}/gu)].map(([, body = ""]) => ({
    family: unquoted(/font-family\s*:\s*([^;]+)/u.exec(body)?.[1] ?? ""),
    weight: /font-weight\s*:\s*([^;]+)/u.exec(body)?.[1]?.trim() ?? "400",
    format: unquoted(/format\(([^)]*)\)/u.exec(body)?.[1] ?? ""),
    data: dataOf(body),
  }));

const fontsOf = (css: string): readonly string[] =>
  [...css.matchAll(/(?<=[{;\s])font(?:-family)?\s*:\s*([^;{}]+)/gu)].map(([, value = ""]) => value);

const propertiesOf = (css: string): readonly CustomProperty[] =>
  [...css.matchAll(/([^{};]*)\{([^{}]*)\}/gu)].flatMap(([, selector = "", body = ""]) =>
    [...body.matchAll(/(?<=^|[;\s])(--[\w-]+)\s*:\s*([^;]+)/gu)].map(([, name = "", value = ""]) => ({
      name,
      value: value.trim(),
      langs: langsOf(selector),
    })),
  );

/** Languages that every selector of a rule asks for. */
function langsOf(selector: string): readonly string[] | null {
  const langs = selector.split(",").map((part) => /:lang\(\s*["']?([\w-]+)["']?\s*\)/u.exec(part)?.[1]);
  return langs.every((lang) => lang !== undefined) ? langs : null;
}

const unquoted = (text: string): string => text.trim().replace(/^["']|["']$/gu, "");

function dataOf(body: string): Uint8Array | null {
  const [, data] = /url\(\s*["']?data:[^,;]*;base64,([A-Za-z0-9+/=]+)["']?\s*\)/u.exec(body) ?? [];
  return data === undefined ? null : Buffer.from(data, "base64");
}
