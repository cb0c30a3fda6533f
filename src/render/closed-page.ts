import type { Page } from "puppeteer";
import { TidelineError } from "#src/domain/errors.ts";
import type { BrowserHandle } from "#src/render/browser.ts";

/**
 * The browser with this many pages opened ahead: opening one takes it a fifth of a second, in which this process has something else
 * to do. A page that is not opened fails where it is asked for.
 */
export function opensAhead(browser: BrowserHandle, count: number): BrowserHandle & Disposable {
  const ahead = Array.from({ length: count }, () => browser.newPage());
  for (const page of ahead) page.catch(() => {});
  return {
    version: browser.version,
    newPage: () => ahead.shift() ?? browser.newPage(),
    kill: () => browser.kill(),
    [Symbol.dispose]: () => {
      for (const page of ahead) page.then((unused) => unused.close()).catch(() => {});
    },
    [Symbol.asyncDispose]: () => browser[Symbol.asyncDispose](),
  };
}

/**
 * Sets a finished page, JavaScript off, offline, every request refused, and makes something of it.
 *
 * @throws {TidelineError} `RENDER_FAILED` when the page asks for anything, or is not done in time: the browser is then ended
 */
export async function onClosedPage<T>(
  browser: BrowserHandle,
  html: string,
  timeoutMs: number,
  make: (page: Page) => Promise<T>,
): Promise<T> {
  // The watch begins before the page is opened: a browser that hangs does not answer to that either.
  const limit = watchdog(browser, timeoutMs);
  try {
    return await Promise.race([makeIn(browser, html, make), limit.expired]);
  } catch (error) {
    throw error instanceof TidelineError ? error : printFailure(error);
  } finally {
    limit.stop();
  }
}

async function makeIn<T>(browser: BrowserHandle, html: string, make: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.newPage();
  try {
    return await Promise.race([set(page, html, make), crashed(page)]);
  } finally {
    await page.close().catch(() => {});
  }
}

async function set<T>(page: Page, html: string, make: (page: Page) => Promise<T>): Promise<T> {
  const refused = await isolate(page);
  page.setDefaultTimeout(0);
  await page.setContent(html, { waitUntil: "load" });
  const made = await make(page);
  if (refused.length > 0) {
    throw new TidelineError(
      "RENDER_FAILED",
      "the page asked for something outside itself",
      refused.map((found) => ({ found, expected: "a page that holds all it needs" })),
    );
  }
  return made;
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
