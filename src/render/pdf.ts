import { ParseSpeeds, PDFDocument } from "@cantoo/pdf-lib";
import type { PDFOptions } from "puppeteer";
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
 * The same page as the same bytes, and as few: both dates become `instant`, the names of the structure's nodes, which count
 * on through all pages that a process has seen, are counted from 1, and the tags, which the browser writes out one by one
 * and which would be half of the file, go into compressed object streams (PDF 1.5).
 */
async function settled(pdf: Uint8Array, instant: string): Promise<Uint8Array> {
  const document = await PDFDocument.load(countedAnew(pdf), {
    updateMetadata: false,
    throwOnInvalidObject: true,
    parseSpeed: ParseSpeeds.Fastest,
  });
  document.setCreationDate(new Date(instant));
  document.setModificationDate(new Date(instant));
  return document.save({ useObjectStreams: true, addDefaultPage: false, updateFieldAppearances: false });
}

/** Names of nodes counted from 1, in as many bytes, so that no offset in the file moves. */
function countedAnew(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf).toString("latin1");
  const names = [...new Set(text.match(nodeName))].sort();
  const counted = new Map(names.map((name, i) => [name, `(node${String(i + 1).padStart(8, "0")})`]));
  return Buffer.from(
    text.replace(nodeName, (name) => counted.get(name) ?? name),
    "latin1",
  );
}

const nodeName = /\(node\d{8}\)/g;
