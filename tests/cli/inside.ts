import { main } from "#src/commands/main.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { root } from "#tests/render/press.ts";

/** What a command said and how it ended. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process, from a folder, at a moment, on a database: without the second that a new process takes. */
export async function inside(
  dir: string,
  args: readonly string[],
  now = Date.now(),
  databaseUrl: string | null = null,
  env: Readonly<Record<string, string>> = {},
): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const around = {
    root,
    caller: dir,
    cacheDir: `${root}/.tideline/cache`,
    browser: null,
    searchPath: process.env.PATH ?? "",
    databaseUrl,
    env,
    isTerminal: false,
    now: () => now,
    zone: "Asia/Shanghai",
    print: (text: string) => void out.push(text),
    tell: (text: string) => void err.push(text),
    onStop: () => {},
  };
  const said = (code: number) => ({ code, out: out.join("\n"), err: err.join("\n") });
  try {
    return said(await main(args, around));
  } catch (error) {
    if (!(error instanceof TidelineError)) throw error;
    err.push(error.message);
    return said(
      error.code === "USAGE" || error.code === "CONFIG_INVALID" ? 2 : error.code === "HELD" ? 3 : 1,
    );
  }
}
