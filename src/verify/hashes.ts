import { createHash } from "node:crypto";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import type { Issue } from "#src/verify/issue.ts";

/**
 * `hashes`: the manifest lists every file of the issue with its SHA-256 and no other, and holds nothing of the run
 * that made it: hashes, the as-of and the browser's build, but no path, host or time of day.
 */
export const hashes = (issue: Issue): readonly Slip[] => [
  ...listed(issue),
  ...unlisted(issue),
  ...ofTheRun(issue),
];

const own = "manifest.json";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

function listed(issue: Issue): readonly Slip[] {
  return Object.entries(issue.manifest().output).flatMap(([name, hash]) => {
    const bytes = issue.files.get(name);
    if (bytes === undefined) return [slip(name, "no such file", "every file that the manifest lists")];
    const found = sha256(bytes);
    return found === hash ? [] : [slip(name, `SHA-256 ${found}`, `${hash}, as the manifest says`)];
  });
}

function unlisted(issue: Issue): readonly Slip[] {
  const known = new Set([own, ...Object.keys(issue.manifest().output)]);
  const wanted = ["facts.json", ...issue.languages.flatMap((locale) => [`${locale}.html`, `${locale}.pdf`])];
  return [
    ...[...issue.files.keys()]
      .filter((name) => !known.has(name))
      .map((name) => slip(name, "a file that the manifest does not list", "none")),
    ...wanted
      .filter((name) => !known.has(name))
      .map((name) => slip(own, `no entry for ${name}`, "one for every file of an issue")),
  ];
}

/** A value of the manifest with the keys that lead to it. */
type Leaf = readonly [path: readonly string[], value: unknown];

function leaves(value: unknown, path: readonly string[] = []): readonly Leaf[] {
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
    : [[path, value]];
}

function ofTheRun(issue: Issue): readonly Slip[] {
  const { publication, asOf } = issue.facts();
  const known: readonly unknown[] = [1, publication, asOf.date, asOf.instant];
  return leaves(issue.manifest()).flatMap(([path, value]) => [
    ...(known.includes(value) || isHash(value) || isBuild(path, value)
      ? []
      : [slip(`${own} ${path.join(" ")}`, quote(String(value)), "a hash, the as-of or the browser's build")]),
    ...path
      .filter(isPlace)
      .map((key) => slip(`${own} ${path.join(" ")}`, `the path ${quote(key)}`, "names of files and series")),
  ]);
}

const isHash = (value: unknown): boolean => typeof value === "string" && /^[0-9a-f]{64}$/u.test(value);

const isBuild = (path: readonly string[], value: unknown): boolean =>
  path.join() === "browser" && typeof value === "string" && /^[A-Za-z]+\/\d+(?:\.\d+)*$/u.test(value);

/** An absolute path, or one that leaves its folder. */
const isPlace = (key: string): boolean =>
  /^(?:[/\\~]|[A-Za-z]:[/\\]|file:)|(?:^|[/\\])\.\.(?:[/\\]|$)/u.test(key);
