import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { queryLimit, wordsOf } from "#src/archive/query.ts";
import { type Hit, type Search, searchPage } from "#src/archive/search-page.ts";
import { indexNew } from "#src/archive/sentences.ts";
import type { Locale } from "#src/domain/locale.ts";
import { type Desk, localeOf, placeOf, sendPage, textOf } from "#src/http/desk.ts";
import { localeNamed } from "#src/http/negotiate.ts";

/** How many sentences are shown. */
const mostHits = 50;
/** A person types no more in a minute. */
const limit = { max: 60, timeWindow: 60_000 };

/** `/search?q=&lang=&in=`: sentences of published issues that hold all words, in either language unless `in` names one. */
export function searchRoutes(server: FastifyInstance, desk: Desk): void {
  server.get("/search", { config: { rateLimit: limit } }, (request, reply) => search(desk, request, reply));
}

async function search(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const locale = localeOf(request);
  const query = (textOf(request.query, "q") ?? "").replace(/[\p{Cc}\p{Co}]/gu, " ");
  const within = localeNamed(textOf(request.query, "in"));
  const isLong = [...query].length > queryLimit;
  const words = isLong ? [] : wordsOf(query);
  const hits = words.length === 0 ? [] : await found(desk, words, within);
  const asked: Search = {
    ...{ query, words, within, isLong, limit: queryLimit },
    hits: hits.slice(0, mostHits),
    isCut: hits.length > mostHits,
  };
  const shown = isLong ? "" : query;
  const address = (lang: Locale, only: Locale | null) =>
    `${desk.base}search?${new URLSearchParams({ q: shown, lang, ...(only === null ? {} : { in: only }) })}`;
  const page = searchPage(desk.site, locale, asked, {
    ...placeOf(desk, locale, shown),
    languages: { en: address("en", within), "zh-CN": address("zh-CN", within) },
    filters: { all: address(locale, null), en: address(locale, "en"), "zh-CN": address(locale, "zh-CN") },
  });
  reply.header("cache-control", "no-store").header("vary", "accept-language");
  return sendPage(reply.code(isLong ? 400 : 200), page);
}

async function found(desk: Desk, words: readonly string[], locale: Locale | null): Promise<readonly Hit[]> {
  // Issues that another process has kept are not in the index yet.
  await indexNew(desk.store);
  const sentences = await desk.store.ledger.search({ words, locale, limit: mostHits + 1 });
  return Promise.all(
    sentences.map(async ({ issue, ...sentence }) => ({
      ...sentence,
      issue: await desk.published.told(issue),
    })),
  );
}
