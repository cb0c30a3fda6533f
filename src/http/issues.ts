import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { listPage } from "#src/archive/list-page.ts";
import { publishedIssue } from "#src/archive/published.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import { isIsoDate } from "#src/domain/time.ts";
import { type Desk, placeOf, sendPage } from "#src/http/desk.ts";
import { preferred } from "#src/http/negotiate.ts";

/** The lists, and the pages and prints of published issues: no other file of an issue. */
export function issueRoutes(server: FastifyInstance, desk: Desk): void {
  server.get("/", (request, reply) =>
    reply
      .header("vary", "accept-language")
      .header("cache-control", "no-cache")
      .redirect(`${desk.base}${preferred(request.headers["accept-language"])}/`, 302),
  );
  for (const locale of locales)
    server.get(`/${locale}/`, (request, reply) => list(desk, locale, request, reply));
  server.get("/:publication/:asOf/:file", (request, reply) => file(desk, request, reply));
}

async function list(desk: Desk, locale: Locale, request: FastifyRequest, reply: FastifyReply) {
  const page = listPage(desk.site, locale, await desk.published.all(), placeOf(desk, locale));
  const tag = createHash("sha256").update(page.html).digest("hex");
  return isKnown(request, reply, tag) ? reply.code(304).send() : sendPage(reply, page);
}

/** The files that readers see, and what they are. */
const fileName = new RegExp(`^(${locales.join("|")})\\.(html|pdf)$`, "u");

/**
 * Editions say themselves what they may load, by the hash of their style; this allows no more than any edition has needed.
 * A print is shown by the browser's own viewer, which styles itself.
 */
const editionPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const printPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'";

async function file(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const {
    publication,
    asOf,
    file: name,
  } = request.params as Readonly<Record<"publication" | "asOf" | "file", string>>;
  const [, locale, kind] = fileName.exec(name) ?? [];
  if (kind === undefined || !isIsoDate(asOf)) return reply.callNotFound();
  const issue = await publishedIssue(desk.store, publication, asOf);
  const kept = issue && (await desk.store.fileOf(issue, name));
  if (kept === null) return reply.callNotFound();
  if (isKnown(request, reply, kept.hash)) return reply.code(304).send();
  reply.header("content-security-policy", kind === "html" ? editionPolicy : printPolicy);
  reply.header("content-language", locale);
  if (kind === "pdf") reply.header("content-disposition", inlineAs(`${publication}-${asOf}.${name}`));
  return reply
    .type(kind === "pdf" ? "application/pdf" : "text/html; charset=utf-8")
    .send(Buffer.from(kept.bytes.buffer, kept.bytes.byteOffset, kept.bytes.byteLength));
}

/** Names what is sent by its content, to be asked for again each time; whether the caller has just that. */
function isKnown(request: FastifyRequest, reply: FastifyReply, hash: string): boolean {
  const tag = `"${hash}"`;
  reply.header("etag", tag).header("cache-control", "no-cache");
  const known = request.headers["if-none-match"] ?? "";
  return known.split(",").some((each) => each.trim().replace(/^W\//u, "") === tag || each.trim() === "*");
}

/** Shown, and under this name where it is saved. */
const inlineAs = (name: string): string => `inline; filename*=UTF-8''${encodeURIComponent(name)}`;
