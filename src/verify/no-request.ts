import { createHash } from "node:crypto";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, inEachEdition } from "#src/verify/issue.ts";
import { isBeside } from "#src/verify/links.ts";
import { type Item, isSaid, type Page } from "#src/verify/page.ts";

/**
 * `no-request`: the HTML asks for nothing outside itself and runs nothing but what its security policy names; the
 * PDF has no action that leaves it, no script and no file inside. Only a person's words lead to addresses of the web.
 */
export const noRequest = (issue: Issue): Promise<readonly Slip[]> =>
  inEachEdition(issue, [
    (locale) => pageSlips(issue.page(locale)),
    async (locale) =>
      (await issue.pdf(locale)).outward
        .filter((what) => !awayLinks(issue.page(locale)).has(what))
        .map((what) =>
          slip(`${locale}.pdf`, quote(what), "nothing that leaves the document, runs or is attached"),
        ),
  ]);

/** Whether an element is a link to the web inside a person's words, and keeps from where it leads who came and whence. */
function leadsAway(page: Page, { tag, attributes, parent }: Item): boolean {
  const rel = (attributes.get("rel") ?? "").split(/\s+/u);
  const isLink = tag === "a" && rel.includes("noopener") && rel.includes("noreferrer");
  return isLink && isSaid(page, parent) && /^https?:\/\//iu.test(attributes.get("href") ?? "");
}

/** Actions of a print that a person's words on its page account for. */
const awayLinks = (page: Page): ReadonlySet<string> =>
  new Set(
    page.items
      .filter((item) => leadsAway(page, item))
      .map(({ attributes }) => `URI ${new URL(attributes.get("href") ?? "").href}`),
  );

const pageSlips = (page: Page): readonly Slip[] => [
  ...page.items.flatMap((item) => [...attributeSlips(item, leadsAway(page, item)), ...elementSlips(item)]),
  ...brokenLinks(page),
  ...page.items.flatMap(({ tag, text, where }) => (tag === "style" ? styleSlips(text, where) : [])),
  ...policySlips(page),
];

/** Attributes whose value is the address of something. */
export const addresses: ReadonlySet<string> = new Set(
  "src href xlink:href data poster action formaction background cite longdesc profile manifest codebase ping".split(
    " ",
  ),
);
/** Addresses of which a `data:` one would be a page of its own. */
const linking: ReadonlySet<string> = new Set(["a", "area", "form", "base"]);

function attributeSlips({ tag, attributes, where }: Item, mayLeave: boolean): readonly Slip[] {
  return [...attributes].flatMap(([name, value]) => {
    if (mayLeave && name === "href") return [];
    const wrong = attributeFault(tag, name, value.trim());
    return wrong === null ? [] : [slip(`${where} <${tag}>`, `${name}=${quote(value)}`, wrong)];
  });
}

/** What is expected in the place of an attribute that must not be; `null` where it may. */
function attributeFault(tag: string, name: string, value: string): string | null {
  if (name === "style") return "no style attribute";
  if (/^on/u.test(name)) return "no event handler";
  if (name === "srcset" || name === "imagesrcset" || name === "srcdoc") return `no ${name}`;
  const isInside =
    value.startsWith("#") ||
    (/^data:/iu.test(value) && !linking.has(tag)) ||
    (tag === "a" && name === "href" && isBeside(value));
  if (addresses.has(name) && !isInside) return "a data: URL or a #fragment";
  return name.startsWith("xmlns") ? null : outsideUrl(value);
}

/** Elements that fetch, embed, send or lead away whatever their attributes are. */
const banned: ReadonlySet<string> = new Set(
  "link iframe frame object embed applet form base portal audio video track source foreignobject".split(" "),
);

export function elementSlips({ tag, attributes, where }: Item): readonly Slip[] {
  const isRefresh = tag === "meta" && /^refresh$/iu.test(attributes.get("http-equiv") ?? "");
  return banned.has(tag.toLowerCase()) || isRefresh
    ? [slip(where, `<${tag}>`, "a page that holds all it needs")]
    : [];
}

/** Fragments that lead nowhere. */
function brokenLinks({ items }: Page): readonly Slip[] {
  const ids = new Set(items.map(({ attributes }) => attributes.get("id")));
  return items.flatMap(({ attributes, where }) =>
    ["href", "xlink:href"].flatMap((name) => {
      const target = attributes.get(name) ?? "";
      return target.startsWith("#") && !ids.has(decodeURIComponent(target.slice(1)))
        ? [slip(where, `a link to ${target}`, "a place on the page")]
        : [];
    }),
  );
}

export function styleSlips(css: string, where: string): readonly Slip[] {
  const bare = css.replace(/\/\*[\s\S]*?\*\//gu, "");
  const outside = outsideUrl(bare);
  const fetches = /@import\b|@charset\b|image-set\(|\bsrc\(|\bexpression\(|-moz-binding/iu.exec(bare)?.[0];
  return [
    ...(outside === null ? [] : [slip(where, "url() in the style", outside)]),
    ...(fetches === undefined ? [] : [slip(where, `${fetches} in the style`, "none")]),
  ];
}

/** What is expected of a `url()` that leads out; `null` when there is none. */
export function outsideUrl(css: string): string | null {
  const targets = [...css.matchAll(/u\\?r\\?l\(\s*["']?\s*([^\s)"']{0,60})/giu)].map(
    ([, target = ""]) => target,
  );
  return targets.every((target) => /^(?:data:|#)/iu.test(target)) ? null : "url() with data: or a #fragment";
}

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Sources that a policy may name beside hashes. */
const harmless: ReadonlySet<string> = new Set(["'none'", "data:"]);

/** One inline style and at most one inline script, each with its hash in a policy that allows nothing else. */
function policySlips({ items, name }: Page): readonly Slip[] {
  const of = (wanted: string) => items.filter(({ tag }) => tag === wanted);
  const [styles, scripts] = [of("style"), of("script")];
  const policies = of("meta").filter(({ attributes }) =>
    /^content-security-policy$/iu.test(attributes.get("http-equiv") ?? ""),
  );
  const policy = directives(policies[0]?.attributes.get("content") ?? "");
  const allowed = [...policy].flatMap(([directive, sources]) =>
    sources.map((source) => [directive, source] as const),
  );
  return [
    ...(policies.length === 1 ? [] : [slip(name, `${policies.length} security policies`, "one")]),
    ...(policy.get("default-src")?.join() === "'none'" ? [] : [slip(name, "no default-src 'none'", "one")]),
    ...(styles.length === 1 ? [] : [slip(name, `${styles.length} <style>`, "one")]),
    ...(scripts.length <= 1 ? [] : [slip(name, `${scripts.length} <script>`, "one at most")]),
    ...[...styles, ...scripts]
      .filter(({ tag, text }) => !(policy.get(`${tag}-src`) ?? []).includes(hashOf(text)))
      .map(({ tag }) => slip(name, `a <${tag}> whose hash the policy lacks`, "its hash in the policy")),
    ...allowed
      .filter(([, source]) => !harmless.has(source) && !/^'sha256-[\w+/=]+'$/u.test(source))
      .map(([directive, source]) =>
        slip(name, `${directive} ${source} in the policy`, "hashes, data: and 'none'"),
      ),
  ];
}

const directives = (policy: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    policy
      .split(";")
      .map((part) => part.trim().split(/\s+/u))
      .map(([directive = "", ...sources]) => [directive.toLowerCase(), sources]),
  );
