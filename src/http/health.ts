import type { FastifyInstance } from "fastify";
import { isoInstant } from "#src/domain/time.ts";
import type { Desk } from "#src/http/desk.ts";

/**
 * `/livez`: the process answers. `/readyz`: the store answers too. `/healthz/schedule`: no slot is overdue, and no calendar ends. What is wrong
 * with the store is logged and not told.
 */
export function healthRoutes(server: FastifyInstance, desk: Desk): void {
  const headers = { "cache-control": "no-store", "content-security-policy": "default-src 'none'" };
  server.get("/livez", (_request, reply) => reply.headers(headers).send({ status: "ok" }));
  server.get("/readyz", async (request, reply) => {
    try {
      await desk.probe();
      return reply.headers(headers).send({ status: "ok" });
    } catch (error) {
      request.log.error({ err: error }, "not ready");
      return reply.headers(headers).code(503).send({ status: "unready" });
    }
  });
  server.get("/healthz/schedule", async (_request, reply) => {
    const overdue = (await desk.overdue()).map(({ publication, slot, since, reason }) => ({
      publication,
      ...(slot === null ? {} : { slot: isoInstant(slot) }),
      ...(since === null ? {} : { since: isoInstant(since) }),
      ...(reason === null ? {} : { reason }),
    }));
    const status = overdue.length === 0 ? "ok" : "overdue";
    return reply
      .headers(headers)
      .code(overdue.length === 0 ? 200 : 503)
      .send({ status, overdue });
  });
}
