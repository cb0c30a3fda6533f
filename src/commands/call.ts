import { relative, resolve } from "node:path";
import { TidelineError } from "#src/domain/errors.ts";

/** Options of the command line. Each command takes some of them. */
export const options = {
  workspace: { type: "string" },
  "as-of": { type: "string" },
  out: { type: "string" },
  lang: { type: "string" },
  json: { type: "boolean" },
  "no-store": { type: "boolean" },
  revised: { type: "boolean" },
  metric: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  published: { type: "boolean" },
  port: { type: "string" },
  host: { type: "string" },
  "behind-proxy": { type: "string" },
  by: { type: "string" },
  because: { type: "string" },
  lift: { type: "string" },
  failed: { type: "boolean" },
  "dry-run": { type: "boolean" },
  list: { type: "string" },
} as const;
export type OptionName = keyof typeof options;

/** What was typed after the options' names. */
export type Values = {
  readonly [Name in OptionName]?: (typeof options)[Name]["type"] extends "boolean" ? boolean : string;
};

/** What a command finds around it; only the command line itself reads the environment. */
export interface Surroundings {
  /** The project's own folder. */
  readonly root: string;
  /** The folder that paths are relative to. */
  readonly caller: string;
  readonly cacheDir: string;
  /** Path of a browser, where one is configured. */
  readonly browser: string | null;
  /** Folders of installed programs, as in `PATH`. */
  readonly searchPath: string;
  /** Address of a PostgreSQL that takes the place of the workspace's own file. */
  readonly databaseUrl: string | null;
  /** Variables that paths of the configuration may use. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
  readonly now: () => number;
  /** IANA time zone of whoever calls. */
  readonly zone: string;
  readonly print: (text: string) => void;
  /** What is worth telling beside the answer. */
  readonly tell: (text: string) => void;
  /** What the first Ctrl-C calls in the place of ending the process. */
  readonly onStop: (stop: () => void) => void;
}

/** A command as it was called. */
export interface Call {
  readonly values: Values;
  readonly words: readonly string[];
  readonly around: Surroundings;
}

/** A path as the caller meant it, made absolute. */
export const fromCaller = ({ caller }: Surroundings, path: string): string => resolve(caller, path);

/** A path as the caller sees it. */
export const shown = ({ caller }: Surroundings, path: string): string => relative(caller, path) || ".";

/** The word of a command that cannot do without one. */
export function requireWord({ words }: Call, what: string): string {
  const [word] = words;
  if (word !== undefined) return word;
  throw new TidelineError("USAGE", `no word given`, [{ expected: `${what}; see tideline --help` }]);
}

/**
 * Who answers for something that would not be done by itself, and why.
 *
 * @throws {TidelineError} `USAGE` without `--by` or `--because`
 */
export function requireAnswer(
  { values }: Call,
  what: string,
): { readonly by: string; readonly because: string } {
  const require = (value: string | undefined, option: string): string => {
    if (value !== undefined && /\S/.test(value)) return value.trim();
    throw new TidelineError("USAGE", `somebody has to answer for ${what}`, [
      { found: `no ${option}`, expected: option },
    ]);
  };
  return { by: require(values.by, "--by NAME"), because: require(values.because, "--because REASON") };
}

/** Told when a stage is done, with counts worth knowing. */
export type Tell = (stage: string, counts: Readonly<Record<string, number | string>>) => void;

/** A line a stage: in words on a terminal, as JSON elsewhere and where JSON is asked for. */
export function progressOf({ values, around }: Call): Tell {
  const start = around.now();
  return (stage, counts) => {
    const ms = Math.round(around.now() - start);
    const told = Object.entries(counts).map(([what, n]) => (typeof n === "string" ? n : `${n} ${what}`));
    around.tell(
      !around.isTerminal || values.json
        ? JSON.stringify({ stage, ms, ...counts })
        : `${stage.padEnd(8)} ${(ms / 1000).toFixed(1).padStart(5)} s  ${told.join(", ")}`,
    );
  };
}

/** Something that the caller should know and that is no failure. */
export function note({ values, around }: Call, text: string): void {
  around.tell(!around.isTerminal || values.json ? JSON.stringify({ note: text }) : text);
}
