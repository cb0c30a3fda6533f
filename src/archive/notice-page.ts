import { type Frame, type Site, type SitePage, setPage, wordsIn } from "#src/archive/site.ts";
import type { Locale } from "#src/domain/locale.ts";

/** What the page of an error says. */
export type ErrorName = "missing" | "busy" | "refused" | "failed";

type NoticePlace = Pick<Frame, "home" | "languages" | "search">;

/** A page that says why there is no other. */
export function errorPage(site: Site, locale: Locale, name: ErrorName, place: NoticePlace): SitePage {
  const words = wordsIn(site, locale);
  const frame = { ...place, locale, name: words.plain(`site.error.${name}`), indexed: false };
  return setPage(site, frame, "site/notice", {
    claim: words.html(`site.error.${name}`),
    lines: [words.html(`site.error.${name}What`)],
    back: place.home,
  });
}

/** Who would no longer be sent what. */
export interface Subscription {
  readonly publication: string;
  readonly address: string;
}

/** A page on which a recipient unsubscribes, or has; `null` for a link that is none. The address is never told in full. */
export function unsubscribePage(
  site: Site,
  locale: Locale,
  state: "asked" | "done",
  subscription: Subscription | null,
  place: NoticePlace,
): SitePage {
  const words = wordsIn(site, locale);
  const frame = { ...place, locale, name: words.plain("site.unsubscribe.name"), indexed: false };
  if (subscription === null) {
    return setPage(site, frame, "site/notice", {
      claim: words.html("site.unsubscribe.unknown"),
      lines: [words.html("site.unsubscribe.unknownWhat")],
    });
  }
  const { publication } = subscription;
  const title = site.publications.find(({ id }) => id === publication)?.title[locale] ?? publication;
  const names = { publication: title, address: masked(subscription.address) };
  return setPage(
    site,
    frame,
    "site/notice",
    state === "done"
      ? {
          claim: words.html("site.unsubscribe.done"),
          lines: [words.html("site.unsubscribe.doneWhat", names)],
        }
      : {
          claim: words.html("site.unsubscribe.ask", names),
          lines: [words.html("site.unsubscribe.only")],
          isAsked: true,
          after: [words.html("site.unsubscribe.keep")],
        },
  );
}

/** An address as its owner knows it again and nobody else learns it: a***@example.com. */
export function masked(address: string): string {
  const at = address.lastIndexOf("@");
  const [first = ""] = [...address.slice(0, at)];
  return `${at > 1 ? first : ""}***${address.slice(at)}`;
}
