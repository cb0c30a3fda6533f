import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cutoffOf } from "#src/calendar/cutoff.ts";
import { loadWorkspace } from "#src/config/load.ts";
import type { Job } from "#src/domain/issue.ts";
import { readFiles } from "#src/origin.ts";
import { compute, loadLook, type Place, publish } from "#src/publish.ts";
import { type BrowserHandle, launchBrowser } from "#src/render/browser.ts";
import { issueFiles } from "#src/render/issue-files.ts";
import { paper } from "#src/render/pdf.ts";
import { median, seconds, timed } from "./figures.ts";

/**
 * Stages of a cold run (empty cache: the browser is unpacked) and of a warm one; then, in turns, facts to files against
 * a plain browser that prints the pages which that made, with the ratio of each pair.
 */
export async function benchPrint(
  root: string,
  workspace: string,
  pairCount: number,
  scratch: string,
): Promise<void> {
  const job = await jobOf(workspace);
  const place = { root, cacheDir: join(scratch, "cache"), out: join(scratch, "output"), browser: null };
  await stages("cold", job, place);
  await stages("warm", job, place);
  await pairs(pairCount, job, place);
  const size = async (name: string) =>
    (await readFile(join(place.out, job.publication.id, job.asOf.date, name))).length;
  for (const locale of job.publication.languages) {
    const [html, pdf] = [await size(`${locale}.html`), await size(`${locale}.pdf`)];
    console.log(`${locale}: HTML ${Math.round(html / 1024)} kB, PDF ${Math.round(pdf / 1024)} kB`);
  }
}

async function jobOf(dir: string): Promise<Job> {
  const workspace = await loadWorkspace(dir, process.env);
  const publication = Object.values(workspace.publications)[0];
  const calendar = publication && workspace.calendars[publication.calendar];
  if (!publication || !calendar || publication.asOf === null)
    throw new Error("the benchmark requires a publication with a fixed asOf");
  return { workspace, publication, asOf: cutoffOf(publication, calendar, publication.asOf) };
}

async function stages(name: string, job: Job, place: Place): Promise<void> {
  const marks: string[] = [];
  let last = performance.now();
  const mark = (stage: string): void => {
    const now = performance.now();
    marks.push(`${stage} ${seconds(now - last)}`);
    last = now;
  };
  const [total] = await timed(async () => {
    const inputs = await readFiles(job.workspace);
    mark("gather");
    const computed = compute(job, inputs);
    await publish(job, computed, place, job.publication.languages, async (_, files) => files, mark);
  });
  console.log(`${name}: ${marks.join(", ")}; total ${seconds(total)}`);
}

/** A page printed as a script of a few lines would: nothing refused, nothing settled. */
async function printBare(browser: BrowserHandle, html: string): Promise<void> {
  const page = await browser.newPage();
  await page.setContent(html);
  await page.pdf(paper);
  await page.close();
}

/**
 * Facts to files, and the bare print of the pages that these hold, in turns. Each has its own browser, started before the
 * first turn and used in all; each may print its pages at the same time. One turn of each goes before those that count.
 */
async function pairs(count: number, job: Job, place: Place): Promise<void> {
  const computed = compute(job, await readFiles(job.workspace));
  const [templates, messages] = await loadLook(job.workspace, place);
  await using browser = await launchBrowser({ cacheDir: place.cacheDir });
  await using plain = await launchBrowser({ cacheDir: place.cacheDir });
  const languages = job.publication.languages;
  const make = () => issueFiles({ ...job, ...computed, templates, messages, languages, browser });
  const files = await make();
  const pages = languages.map((locale) => Buffer.from(files.get(`${locale}.html`) ?? []).toString());
  const bare = () => Promise.all(pages.map((page) => printBare(plain, page)));
  await bare();
  const ratios: number[] = [];
  for (let i = 1; i <= count; i++) {
    const [ours] = await timed(make);
    const [browsers] = await timed(bare);
    ratios.push(ours / browsers);
    console.log(
      `pair ${i}: facts to files ${seconds(ours)}, bare print ${seconds(browsers)}, ratio ${(ours / browsers).toFixed(2)}`,
    );
  }
  console.log(`ratio, median of ${count} pairs: ${median(ratios).toFixed(2)} (target: at most 2)`);
}
