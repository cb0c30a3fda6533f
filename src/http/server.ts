import rateLimit from "@fastify/rate-limit";
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { type ErrorName, errorPage } from "#src/archive/notice-page.ts";
import { publishedIn } from "#src/archive/published.ts";
import { type Desk, localeOf, placeOf, type ServerInput, sendPage } from "#src/http/desk.ts";
import { healthRoutes } from "#src/http/health.ts";
import { issueRoutes } from "#src/http/issues.ts";
import { searchRoutes } from "#src/http/search.ts";
import { unsubscribeRoutes } from "#src/http/unsubscribe.ts";

/**
 * The archive over HTTP: lists, the pages and prints of published issues, search, unsubscribing, and the state of the
 * process. Nothing else of the store is shown. It listens nowhere until it is told to; `close` ends requests in flight first.
 */
export async function buildServer(input: ServerInput): Promise<FastifyInstance> {
  const desk: Desk = { base: "/", ...input, published: publishedIn(input.store) };
  const server = fastify({
    ...(input.logger === undefined ? {} : { loggerInstance: input.logger }),
    // Addresses of requests hold tokens and queries: what is logged of them is said below.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: [...(input.proxies ?? [])],
    bodyLimit: bodyBytes,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
    // What no route has been found for yet passes no hook.
    frameworkErrors: (error, request, reply) => void refuse(desk, error, request, reply.headers(safeHeaders)),
  });
  server.addHook("onRequest", async (_request, reply) => void reply.headers(safeHeaders));
  await server.register(rateLimit, { global: false });
  logAnswers(server);
  server.setErrorHandler((error: FastifyError, request, reply) => refuse(desk, error, request, reply));
  server.setNotFoundHandler((request, reply) => sendError(desk, request, reply, 404));
  const taken = methodsByAddress(server);
  issueRoutes(server, desk);
  searchRoutes(server, desk);
  unsubscribeRoutes(server, desk);
  healthRoutes(server, desk);
  await server.after();
  refuseOthers(server, desk, taken);
  return server;
}

/**
 * What holds for every answer; each page has a security policy of its own. That all is reached by TLS is for the proxy to
 * say that does it.
 */
const safeHeaders = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

const bodyBytes = 16_384;

/** A line an answer, by the pattern of its route: never the address itself. */
function logAnswers(server: FastifyInstance): void {
  server.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    if (route === "/livez" || route === "/readyz") return;
    request.log.info(
      { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      "answered",
    );
  });
}

/** The methods of each address, as its routes are entered. */
function methodsByAddress(server: FastifyInstance): ReadonlyMap<string, ReadonlySet<string>> {
  const taken = new Map<string, Set<string>>();
  server.addHook("onRoute", ({ url, method }) => {
    const methods = taken.get(url) ?? new Set();
    for (const each of [method].flat()) methods.add(each);
    taken.set(url, methods);
  });
  return taken;
}

/** Says of each address which methods it takes to whoever comes with another, before any body is read. */
function refuseOthers(
  server: FastifyInstance,
  desk: Desk,
  taken: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  for (const [url, methods] of [...taken]) {
    const allow = [...methods].sort().join(", ");
    const method = server.supportedMethods.filter((each) => !methods.has(each));
    const handler = async (request: FastifyRequest, reply: FastifyReply) =>
      sendError(desk, request, reply.header("allow", allow), 405);
    server.route({ method, url, onRequest: handler, handler });
  }
}

/** An error as a plain page; what the server is to blame for is logged, without the address of the request. */
async function refuse(desk: Desk, error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const status = error.statusCode !== undefined && error.statusCode >= 400 ? error.statusCode : 500;
  if (status >= 500) request.log.error({ err: error, route: request.routeOptions?.url }, "failed");
  return sendError(desk, request, reply, status);
}

const errorNames: Readonly<Record<number, ErrorName>> = { 404: "missing", 429: "busy" };

function sendError(desk: Desk, request: FastifyRequest, reply: FastifyReply, status: number) {
  const locale = localeOf(request);
  const name = errorNames[status] ?? (status >= 500 ? "failed" : "refused");
  const page = errorPage(desk.site, locale, name, { ...placeOf(desk, locale), languages: null });
  return sendPage(
    reply.header("vary", "accept-language").header("cache-control", "no-store").code(status),
    page,
  );
}
