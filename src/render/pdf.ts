import type { PDFOptions } from "puppeteer";
import { TidelineError } from "#src/domain/errors.ts";
import type { BrowserHandle } from "#src/render/browser.ts";
import { onClosedPage } from "#src/render/closed-page.ts";

/** How a page is printed; its title and language are its own. */
interface PrintOptions {
  /** ISO instant, printed as the PDF's dates in place of the clock's. */
  readonly instant: string;
  /** After which the browser is ended; 60 s unless given. */
  readonly timeoutMs?: number;
}

/** What the browser is told to make of a page. */
export const paper: PDFOptions = {
  preferCSSPageSize: true,
  printBackground: true,
  tagged: true,
  outline: true,
  // The watchdog decides how long is too long.
  timeout: 0,
  waitForFonts: true,
};

/**
 * Prints a finished page: tagged, outlined, JavaScript off, offline, every request refused.
 *
 * The same page gives the same bytes.
 *
 * @throws {TidelineError} `RENDER_FAILED` when the page asks for anything, or does not print in time
 */
export function printPdf(browser: BrowserHandle, html: string, options: PrintOptions): Promise<Uint8Array> {
  return onClosedPage(browser, html, options.timeoutMs ?? 60_000, async (page) =>
    settled(await page.pdf(paper), options.instant),
  );
}

/**
 * The same page as the same bytes: both dates become `instant`, and the names of the structure's nodes, which count on
 * through all pages that a process has seen, are counted from 1. All in as many bytes, so that no offset in the file moves.
 */
function settled(pdf: Uint8Array, instant: string): Uint8Array {
  const digits = instant.replace(/[-:TZ]/g, "").slice(0, 14);
  const text = Buffer.from(pdf).toString("latin1");
  const dates = text.match(pdfDate)?.length ?? 0;
  if (dates !== 2) {
    throw new TidelineError("RENDER_FAILED", "the PDF cannot be dated", [
      { found: `${dates} dates in its head`, expected: "2, of its making and its last change" },
    ]);
  }
  const names = [...new Set(text.match(nodeName))].sort();
  const counted = new Map(names.map((name, i) => [name, `(node${String(i + 1).padStart(8, "0")})`]));
  const same = text
    .replace(pdfDate, `/$1 (D:${digits}+00'00')`)
    .replace(nodeName, (name) => counted.get(name) ?? name);
  if (same.length !== text.length) throw new RangeError("the PDF changed in length");
  return Buffer.from(same, "latin1");
}

const pdfDate = /\/(CreationDate|ModDate) \(D:\d{14}\+00'00'\)/g;
const nodeName = /\(node\d{8}\)/g;
