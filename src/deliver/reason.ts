const longest = 300;

/**
 * The lines of a failure as they may leave the machine: without names and passwords in addresses, keys of webhooks,
 * private keys, or folders outside the workspace; short, and without control characters.
 */
export function reasonLines(text: string, dir: string): readonly string[] {
  return hidden(text, dir)
    .split(/\r\n|[\r\n\u2028\u2029]/u)
    .map((line) => line.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, " ").trim())
    .filter((line) => line !== "")
    .map((line) => (line.length > longest ? `${line.slice(0, longest - 1)}…` : line));
}

const hidden = (text: string, dir: string): string =>
  withoutFolders(
    text
      .replace(/-----BEGIN [^-]*PRIVATE KEY-----[\s\S]*?(-----END [^-]*-----|$)/gu, "(a private key)")
      .replace(/\bfile:\/\/(?=\/)/gu, "")
      .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/giu, "$1")
      .replace(/\bwhsec_[\w+/=-]+/gu, "whsec_…")
      .replace(
        /\b(password|passwd|secret|token|api[_-]?key)(\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s&,;]+)/giu,
        "$1$2…",
      ),
    dir,
  );

/** An absolute path with folders: begun by a slash or a drive, and not part of an address or of a relative path. */
const absolutePath =
  /(?<![\w/:.~…-])(?:[A-Za-z]:)?[\\/](?:[^\s"'`<>|:*?,;()\\/]+[\\/])+([^\s"'`<>|:*?,;()\\/]*)/gu;

function withoutFolders(text: string, dir: string): string {
  const inside = dir === "" ? text : text.replaceAll(`${dir}/`, "").replaceAll(`${dir}\\`, "");
  return inside.replace(absolutePath, (_, file: string) => `…/${file}`);
}
