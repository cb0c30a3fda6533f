import type { Page, PDFOptions } from "puppeteer";
import { TidelineError } from "#src/domain/errors.ts";
import type { BrowserHandle } from "#src/render/browser.ts";

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
export async function printPdf(
  browser: BrowserHandle,
  html: string,
  options: PrintOptions,
): Promise<Uint8Array> {
  // The watch begins before the page is opened: a browser that hangs does not answer to that either.
  const limit = watchdog(browser, options.timeoutMs ?? 60_000);
  try {
    return await Promise.race([printIn(browser, html, options), limit.expired]);
  } catch (error) {
    throw error instanceof TidelineError ? error : printFailure(error);
  } finally {
    limit.stop();
  }
}

async function printIn(browser: BrowserHandle, html: string, options: PrintOptions): Promise<Uint8Array> {
  const page = await browser.newPage();
  try {
    return await Promise.race([print(page, html, options), crashed(page)]);
  } finally {
    await page.close().catch(() => {});
  }
}

/** Fails as soon as the page's process ends; the browser itself would go on waiting for it. */
function crashed(page: Page): Promise<never> {
  const failed = new Promise<never>((_, reject) => void page.once("error", reject));
  failed.catch(() => {});
  return failed;
}

function printFailure(cause: unknown): TidelineError {
  const found = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
  const expected =
    "a browser that prints; run it again, and if it fails again, see whether memory or disk run out";
  return new TidelineError("RENDER_FAILED", "the page could not be printed", [{ found, expected }], {
    cause,
  });
}

function watchdog(browser: BrowserHandle, timeoutMs: number) {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new TidelineError(
          "RENDER_FAILED",
          `the page did not print within ${timeoutMs / 1000} s; the browser was ended`,
        ),
      );
      browser.kill();
    }, timeoutMs);
  });
  expired.catch(() => {});
  return { expired, stop: () => clearTimeout(timer) };
}

async function print(page: Page, html: string, { instant }: PrintOptions): Promise<Uint8Array> {
  const refused = await isolate(page);
  page.setDefaultTimeout(0);
  await page.setContent(html, { waitUntil: "load" });
  const pdf = await page.pdf(paper);
  if (refused.length > 0) {
    throw new TidelineError(
      "RENDER_FAILED",
      "the page asked for something outside itself",
      refused.map((found) => ({ found, expected: "a page that holds all it needs" })),
    );
  }
  return settled(pdf, instant);
}

/** Cuts the page off, and keeps a list of what it asked for. */
async function isolate(page: Page): Promise<readonly string[]> {
  const refused: string[] = [];
  await page.setJavaScriptEnabled(false);
  await page.setOfflineMode(true);
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const url = request.url();
    if (url.startsWith("data:")) return void request.continue();
    refused.push(url.slice(0, 200));
    void request.abort();
  });
  return refused;
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
