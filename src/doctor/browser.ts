import { type Diagnosis, fail, failureOf, type Machine, ok } from "#src/doctor/check.ts";
import { findBrowser, launchBrowser } from "#src/render/browser.ts";

/** The first Chromium that prints page numbers by margin boxes. */
const oldest = 131;

const mend = "`npm ci` brings one on Linux x64; elsewhere install Chrome, or name one in TIDELINE_BROWSER";

/**
 * @param version  as the browser tells it: `HeadlessChrome/153.0.7975.0`
 * @param from  in words, where it comes from
 */
export function judgeBrowser(version: string, from: string): Diagnosis {
  const major = Number(/\/(\d+)\./.exec(version)?.[1] ?? 0);
  return major >= oldest
    ? ok(`${version}, ${from}`)
    : fail(`${version}, ${from}, where ${oldest} or newer is required: pages would have no numbers`, mend);
}

/** Starts the browser that would print, and ends it. */
export async function browser({ browser: path, cacheDir, searchPath }: Machine): Promise<Diagnosis> {
  try {
    const options = { cacheDir, searchPath, ...(path === null ? {} : { executablePath: path }) };
    const { libraries } = await findBrowser(options);
    const from =
      path !== null ? "named by TIDELINE_BROWSER" : libraries !== null ? "from npm" : "installed here";
    await using running = await launchBrowser(options);
    return judgeBrowser(running.version, from);
  } catch (error) {
    return fail(failureOf(error), mend);
  }
}
