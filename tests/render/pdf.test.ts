import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BrowserHandle, launchBrowser } from "#src/render/browser.ts";
import { paper, printPdf } from "#src/render/pdf.ts";
import { openPdf } from "#src/verify/pdf-file.ts";
import { cacheDir } from "#tests/render/press.ts";
import { canSeeProcesses, processesWith, soon } from "#tests/render/processes.ts";
import { readPdf } from "#tests/render/read-pdf.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const folder = temporaryFolder();
const options = { instant: "2026-02-13T23:00:00Z" };
const html = `<!doctype html><html lang="en"><title>t</title><h1>One</h1><p>Two</p></html>`;
const before = process.env.TMPDIR;
beforeAll(() => {
  process.env.TMPDIR = folder;
});
afterAll(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
});

/** A browser for one test, ended whatever becomes of it. */
async function withBrowser(use: (browser: BrowserHandle) => Promise<void>): Promise<void> {
  const browser = await launchBrowser({ cacheDir });
  try {
    await use(browser);
  } finally {
    browser.kill();
    await browser[Symbol.asyncDispose]();
  }
}

describe("printPdf", () => {
  it("ends the browser when a page does not print in time, and says so", async () => {
    await withBrowser(async (browser) => {
      const endless = `${html}${"<p>and so on, and so on".repeat(200_000)}`;
      const printed = printPdf(browser, endless, { ...options, timeoutMs: 50 });
      await expect(printed).rejects.toMatchObject({ code: "RENDER_FAILED" });
      await expect(printed).rejects.toThrow(/did not print within 0\.05 s/);
      await expect(printPdf(browser, html, options)).rejects.toThrow();
      if (canSeeProcesses) expect(await soon(() => processesWith(folder).length === 0)).toBe(true);
    });
  });

  // A browser that hangs does not answer to the opening of a page either.
  it.runIf(canSeeProcesses)("ends a browser that no longer answers", async () => {
    await withBrowser(async (browser) => {
      const [main = ""] = processesWith(folder);
      process.kill(Number(main), "SIGSTOP");
      const printed = printPdf(browser, html, { ...options, timeoutMs: 50 }).then(
        () => "printed",
        (error: unknown) => (error as { code?: string }).code,
      );
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, 2000, "late");
      });
      expect(await Promise.race([printed, late]).finally(() => clearTimeout(timer))).toBe("RENDER_FAILED");
    });
  });

  it("fails at once when the browser dies while printing, in words for the user", async () => {
    await withBrowser(async (browser) => {
      const endless = `${html}${"<p>and so on, and so on".repeat(200_000)}`;
      const printed = printPdf(browser, endless, options);
      printed.catch(() => {});
      await browser.newPage();
      browser.kill();
      await expect(printed).rejects.toMatchObject({ code: "RENDER_FAILED" });
    });
  });

  it("prints several pages at once, each with its own bytes and date", async () => {
    await withBrowser(async (browser) => {
      const instants = ["2026-02-13T23:00:00Z", "2021-01-08T22:00:00Z"];
      const both = await Promise.all(
        instants.map((instant) => printPdf(browser, html, { ...options, instant })),
      );
      const info = await Promise.all(both.map(async (pdf) => (await readPdf(pdf)).info));
      expect(info.map(({ CreationDate, ModDate }) => [CreationDate, ModDate])).toEqual([
        ["D:20260213230000Z", "D:20260213230000Z"],
        ["D:20210108220000Z", "D:20210108220000Z"],
      ]);
      expect(await printPdf(browser, html, options)).toEqual(both[0]);
    });
  });

  it("packs the tags into object streams: the same document in far fewer bytes", async () => {
    await withBrowser(async (browser) => {
      const table = `<table>${"<tr><th scope=row>a</th><td>1</td><td>2</td></tr>".repeat(60)}</table>`;
      const page = `${html}${table}`;
      const tab = await browser.newPage();
      await tab.setContent(page);
      const plain = await tab.pdf(paper);
      await tab.close();
      const packed = await printPdf(browser, page, options);
      const [before, after] = await Promise.all([plain, packed].map((pdf) => openPdf(pdf, "page.pdf")));
      expect(after).toEqual(before);
      expect(after?.tags.filter(({ name }) => name === "TD")).toHaveLength(120);
      expect((await readPdf(packed)).pages).toEqual((await readPdf(plain)).pages);
      expect(Buffer.from(plain).toString("latin1")).toContain("/StructElem");
      expect(Buffer.from(packed).toString("latin1")).not.toContain("/StructElem");
      expect(packed.length).toBeLessThan(0.6 * plain.length);
    });
  });
});
