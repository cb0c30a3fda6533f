import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from "fastify";
import type { Published } from "#src/archive/published.ts";
import { queryLimit } from "#src/archive/query.ts";
import type { Site, SitePage } from "#src/archive/site.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import type { Instant } from "#src/domain/time.ts";
import { localeNamed, preferred } from "#src/http/negotiate.ts";
import type { Ledger } from "#src/store/ledger.ts";
import type { Store } from "#src/store/store.ts";

/** A slot whose issue should have been there; or, without a slot, why a publication is due no more. */
export interface OverdueSlot {
  readonly publication: string;
  readonly slot: Instant | null;
  /** Since when it is overdue. */
  readonly since: Instant | null;
  readonly reason: string | null;
}

/** What the archive's pages are served from. */
export interface ServerInput {
  readonly store: Pick<Store, "issues" | "issueOf" | "issueById" | "fileOf"> & {
    readonly ledger: Pick<Ledger, "search" | "unindexed" | "index" | "deliveryByToken" | "unsubscribe">;
  };
  readonly site: Site;
  readonly now: () => Instant;
  /** Fails where the store does not answer or what the process needs is not there. */
  readonly probe: () => Promise<void>;
  readonly overdue: () => Promise<readonly OverdueSlot[]>;
  /** A pino logger; nothing is logged without one. */
  readonly logger?: FastifyBaseLogger;
  /** The path under which readers reach the archive, with a slash at both ends; `/` unless a proxy puts it elsewhere. */
  readonly base?: string;
  /** Addresses and networks of the proxies before it, whose word on the caller's address is taken; nobody's without them. */
  readonly proxies?: readonly string[];
}

/** What every route is made with. */
export interface Desk extends Required<Pick<ServerInput, "base">>, Omit<ServerInput, "base"> {
  readonly published: Published;
}

/** The language that the caller names, or whose browser prefers. */
export const localeOf = ({ query, headers }: FastifyRequest): Locale =>
  localeNamed(textOf(query, "lang")) ?? preferred(headers["accept-language"]);

/** A parameter of the address; nothing where it stands there several times. */
export function textOf(query: unknown, name: string): string | undefined {
  const value = (query as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === "string" ? value : undefined;
}

/** What stands round a page: the list, the same list in the other language, the search. */
export const placeOf = ({ base }: Desk, locale: Locale, query = "") => ({
  base,
  home: `${base}${locale}/`,
  languages: Object.fromEntries(locales.map((each) => [each, `${base}${each}/`])) as Record<Locale, string>,
  search: { action: `${base}search`, query, limit: queryLimit },
});

/** Sends a page of the archive with the policy that fits it. */
export const sendPage = (reply: FastifyReply, { html, policy }: SitePage) =>
  reply
    .header("content-security-policy", `${policy}; frame-ancestors 'none'`)
    .type("text/html; charset=utf-8")
    .send(html);
