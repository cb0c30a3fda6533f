import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { unsubscribePage } from "#src/archive/notice-page.ts";
import { type Desk, localeOf, placeOf, sendPage } from "#src/http/desk.ts";
import type { KeptDelivery } from "#src/store/ledger.ts";

/** Scanners follow the links of many recipients from few addresses. */
const limit = { max: 300, timeWindow: 60_000 };

/**
 * `/unsubscribe/TOKEN`: asked for, it shows a page and changes nothing, since mail scanners follow links; posted to, by the
 * page's form or by a mail program with `List-Unsubscribe=One-Click` (RFC 8058), it unsubscribes. Who posts to an address that
 * cannot be guessed means it, whatever the body says; it is not read. Nor is posting limited: a mail program does it once,
 * and would not come again.
 */
export function unsubscribeRoutes(server: FastifyInstance, desk: Desk): void {
  server.register(async (own) => {
    // Whatever a body calls itself, be it no type at all.
    own.addHook("onRequest", async ({ raw }) => void delete raw.headers["content-type"]);
    own.removeAllContentTypeParsers();
    own.addContentTypeParser("*", { parseAs: "buffer" }, (_request, _body, done) => done(null, undefined));
    const config = { config: { rateLimit: limit } };
    own.get("/unsubscribe/:token", config, (request, reply) => ask(desk, request, reply));
    own.post("/unsubscribe/:token", (request, reply) => unsubscribe(desk, request, reply));
  });
}

const tokenOf = ({ params }: FastifyRequest): string => (params as { readonly token: string }).token;

async function ask(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const delivery = await desk.store.ledger.deliveryByToken(tokenOf(request));
  return answer(desk, request, reply, delivery, "asked");
}

async function unsubscribe(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const token = tokenOf(request);
  const delivery = await desk.store.ledger.deliveryByToken(token);
  const done = delivery && (await desk.store.ledger.unsubscribe(token, desk.now()));
  if (done) request.log.info({ publication: done.publication, delivery: delivery.id }, "unsubscribed");
  return answer(desk, request, reply, done && delivery, "done");
}

async function answer(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  delivery: KeptDelivery | null,
  state: "asked" | "done",
) {
  const issue = delivery && (await desk.store.issueById(delivery.issue));
  const locale = delivery?.locale ?? localeOf(request);
  const subscription = delivery && issue && { publication: issue.publication, address: delivery.address };
  const page = unsubscribePage(desk.site, locale, state, subscription, {
    home: placeOf(desk, locale).home,
    languages: null,
    search: null,
  });
  reply.header("cache-control", "no-store").header("x-robots-tag", "noindex");
  return sendPage(reply.code(subscription === null ? 404 : 200), page);
}
