import { withBallast } from "#tests/verify/pdf-objects.ts";
import { edited, type Fault, rehashed, repaired, swap, textOf, withFile } from "#tests/verify/plant.ts";

/** A fault of the manifest alone. */
const inManifest = (name: string, change: (manifest: Record<string, unknown>) => unknown): Fault => ({
  name,
  check: "hashes",
  plant: ({ files }) => rehashed(files, change),
});

/** Checks that read an edition's page, its print, and the facts. */
const onPage = [
  "facts-parity",
  "printed-numbers",
  "digits",
  "untranslated",
  "direction-words",
  "glyphs",
  "no-request",
  "links",
  "commentary",
];
const onPrint = ["untranslated", "glyphs", "extraction", "pdf-structure", "no-request", "commentary"];
const onFacts = [
  "facts-parity",
  "printed-numbers",
  "digits",
  "untranslated",
  "direction-words",
  "commentary",
  "hashes",
];
const but = (checks: readonly string[], own: string) => checks.filter((check) => check !== own);

export const fileFaults: readonly Fault[] = [
  {
    name: "a PDF of 700 kB",
    check: "size",
    plant: (issue) => repaired(issue, "en", withBallast(700_000)),
  },
  {
    name: "a page of 1.6 MB",
    check: "size",
    plant: ({ files }) => edited(files, "en.html", swap("</main>", `<!--${" ".repeat(1_600_000)}--></main>`)),
  },
  {
    name: "a byte changed after the manifest was made",
    check: "hashes",
    plant: ({ files }) =>
      new Map([...files, ["facts.json", Buffer.from(textOf(files, "facts.json").replace(/\n$/u, " "))]]),
  },
  {
    name: "a file that nobody listed",
    check: "hashes",
    plant: ({ files }) => new Map([...files, ["notes.txt", Buffer.from("x")]]),
  },
  {
    name: "a folder in the folder",
    check: "hashes",
    plant: ({ files }) => new Map([...files, ["drafts/", new Uint8Array()]]),
  },
  {
    name: "a listed file that is gone",
    check: "hashes",
    plant: ({ files }) =>
      rehashed(files, (manifest) =>
        Object.assign(manifest.output as object, { "en.brief.pdf": "0".repeat(64) }),
      ),
  },
  {
    name: "a file of the issue that the manifest leaves out",
    check: "hashes",
    plant: ({ files }) =>
      rehashed(files, (manifest) => delete (manifest.output as Record<string, unknown>)["facts.json"]),
  },
  inManifest("the path of the folder", (manifest) => Object.assign(manifest, { out: "/home/a/output" })),
  inManifest("a path for a name", (manifest) =>
    Object.assign(manifest.templates as object, { "/home/a/issue.hbs": "0".repeat(64) }),
  ),
  inManifest("the host", (manifest) => Object.assign(manifest, { host: "build-7" })),
  inManifest("the time of the run", (manifest) => Object.assign(manifest, { made: "2026-02-14T07:01:22Z" })),
  inManifest("how long it took", (manifest) => Object.assign(manifest, { ms: 5123 })),
  inManifest("a browser told by its path", (manifest) =>
    Object.assign(manifest, { browser: "/usr/bin/chromium" }),
  ),
  {
    name: "a manifest that is none",
    check: "hashes",
    // What people say is known by the manifest alone.
    also: ["commentary", "digits", "no-request", "untranslated"],
    plant: ({ files }) => new Map([...files, ["manifest.json", Buffer.from("{}")]]),
  },
  {
    name: "a page that is gone",
    check: "size",
    also: [...onPage, "extraction", "pdf-structure", "hashes"],
    plant: ({ files }) => withFile(files, "zh-CN.html", null),
  },
  {
    name: "an edition that is gone though the manifest tells of it",
    check: "facts-parity",
    also: [...but(onPage, "facts-parity"), "extraction", "pdf-structure", "size", "hashes"],
    plant: ({ files }) => withFile(withFile(files, "zh-CN.html", null), "zh-CN.pdf", null),
  },
  {
    name: "a PDF that is none",
    check: "pdf-structure",
    also: but(onPrint, "pdf-structure"),
    plant: ({ files }) => withFile(files, "en.pdf", "not a PDF"),
  },
  {
    name: "a PDF that is cut short",
    check: "extraction",
    also: but(onPrint, "extraction"),
    plant: ({ files }) =>
      withFile(files, "en.pdf", (files.get("en.pdf") ?? new Uint8Array()).slice(0, 90_000)),
  },
  {
    name: "facts that are no JSON",
    check: "facts-parity",
    also: but(onFacts, "facts-parity"),
    plant: ({ files }) => withFile(files, "facts.json", "{"),
  },
  {
    name: "facts of another schema",
    check: "printed-numbers",
    also: but(onFacts, "printed-numbers"),
    plant: ({ files }) => edited(files, "facts.json", swap('"schema": 1', '"schema": 2')),
  },
  {
    name: "an empty page",
    check: "digits",
    also: [...but(onPage, "digits"), "extraction", "pdf-structure"],
    plant: ({ files }) => withFile(files, "en.html", "<!doctype html><title>x</title>"),
  },
];
