import type { Page } from "puppeteer";
import { TidelineError } from "#src/domain/errors.ts";
import type { BrowserHandle } from "#src/render/browser.ts";

/** What a printed page must say of itself. */
export interface PrintOptions {
  readonly title: string;
  readonly lang: string;
  /** ISO instant, printed as the PDF's dates in place of the clock's. */
  readonly instant: string;
  /** After which the browser is ended; 60 s unless given. */
  readonly timeoutMs?: number;
}

/**
 * Prints a finished page: tagged, outlined, JavaScript off, offline, every request refused.
 *
 * The same page gives the same bytes: the two dates, all that the browser takes from the clock, are set to `instant`.
 *
 * @throws {TidelineError} `RENDER_FAILED` when the page asks for anything, or does not print in time
 */
export async function printPdf(
  browser: BrowserHandle,
  html: string,
  options: PrintOptions,
): Promise<Uint8Array> {
  const page = await browser.newPage();
  const limit = watchdog(browser, options.timeoutMs ?? 60_000);
  try {
    return await Promise.race([print(page, html, options), limit.expired]);
  } finally {
    limit.stop();
    await page.close().catch(() => {});
  }
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
  await page.setContent(html, { waitUntil: "load" });
  const pdf = await page.pdf({
    preferCSSPageSize: true,
    printBackground: true,
    tagged: true,
    outline: true,
    timeout: 0,
    waitForFonts: true,
  });
  if (refused.length > 0) {
    throw new TidelineError(
      "RENDER_FAILED",
      "the page asked for something outside itself",
      refused.map((found) => ({ found, expected: "a page that holds all it needs" })),
    );
  }
  return withDates(pdf, instant);
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

/** Puts `instant` in the place of both dates, in as many bytes, so that no offset in the file moves. */
function withDates(pdf: Uint8Array, instant: string): Uint8Array {
  const digits = instant.replace(/[-:TZ]/g, "").slice(0, 14);
  const text = Buffer.from(pdf).toString("latin1");
  const dated = text.replace(/\/(CreationDate|ModDate) \(D:\d{14}\+00'00'\)/g, `/$1 (D:${digits}+00'00')`);
  if (dated.length !== text.length) throw new RangeError("the PDF's dates changed in length");
  return Buffer.from(dated, "latin1");
}
