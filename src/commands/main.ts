import { parseArgs } from "node:util";
import { type Call, type OptionName, options, type Surroundings } from "#src/commands/call.ts";
import { exitCodes, TidelineError } from "#src/domain/errors.ts";

const usage = `tideline: bilingual market briefings

  tideline run [PUBLICATION] [--as-of DATE|INSTANT] [--out DIR] [--lang en,zh-CN] [--revised] [--no-store] [--json]
      gather, compute, set, print, keep and write one issue; ends by naming its files. Made again, an issue reads
      only what it read the first time; --revised reads all that is known today, and the page says so
  tideline gather [--json]
      load what has changed in the data files into the store: each file whole or not at all
  tideline facts [PUBLICATION] [--as-of DATE|INSTANT] [--revised] [--no-store] --json
      the same facts without setting anything
  tideline facts [PUBLICATION] --metric FACT --from DATE --to DATE [--published] [--json]
      one fact through time: computed as of each issue's cut-off, or as it was published
  tideline diff ISSUE --revised | diff ISSUE ISSUE [--json]
      facts and statements that differ: with what is known today of the same days, or between two issues
  tideline archive [list [PUBLICATION] | show ISSUE | export [ISSUE] [--out DIR] | runs] [--json]
      issues as they were kept; export writes their folders again
  tideline backup FILE | restore FILE [--json]
      all that the store holds at one moment into a new file, while others write; and back into an empty store, of
      either kind
  tideline schedule [--list N] [--json]
      the next N slots (10 when left out) of all publications, in UTC, in each one's zone and in yours; first those
      that have come and are due, held, failed or overdue
  tideline serve [--port N] [--host ADDRESS] [--behind-proxy ADDRESS,…] [--out DIR]
      make what falls due, mail it, and show the archive on 127.0.0.1:8080, or where it is told to, until Ctrl-C; several
      may run on one store. --behind-proxy: addresses or networks (10.0.0.0/8) of the proxies through which readers come
  tideline release ISSUE --by NAME --because REASON [--out DIR] [--json]
      let an issue go that a gate has held, unless a newer revision is out: it is published, and mailed where it was
      made for a slot
  tideline send ISSUE [--to ADDRESS | --failed] [--by NAME] [--dry-run] [--json]
      mail an issue by hand to all who get it and have not been sent it; --failed: to those that it did not reach;
      --to: to one of them, also where it failed, ended without an answer or was suppressed, for which somebody answers by name;
      --dry-run: says to whom, sends nothing
  tideline deliveries [ISSUE] [--to ADDRESS] [--json]
      to whom issues were mailed and what their servers said; of one recipient, all that happened
  tideline suppressions [PUBLICATION] [--lift ADDRESS --by NAME --because REASON] [--json]
      who gets no more issues: they unsubscribed, or their server knows them no more; --lift: they get them again
  tideline verify ISSUE_FOLDER
      check a finished issue; names every check that fails
  tideline doctor [--json]
      look whether anything is missing or about to fail, from Node to the mail server, and name what mends it
  tideline init DIR
      make a new workspace that runs at once

  ISSUE             PUBLICATION/AS-OF as weekly/2026-02-13; an earlier revision as weekly/2026-02-13@1
  --workspace DIR   the folder with tideline.yaml (default: the current folder, otherwise the project's own)
  --no-store        straight from the files: nothing is remembered, nothing kept
  --help, --version

The store is .tideline/tideline.db in the workspace, or the PostgreSQL that DATABASE_URL names: one for each workspace.

Exit codes: 0 done · 1 failed · 2 configuration or usage · 3 held by a gate
`;

/** A command: how many words it takes, which options, and what it does. */
interface Command {
  readonly words: number;
  readonly options: readonly OptionName[];
  readonly run: (call: Call) => Promise<number>;
}

/** Each is loaded when it is called: charts, templates and fonts take a second, for which a wrong word does not wait. */
const commands: Readonly<Record<string, Command>> = {
  run: {
    words: 1,
    options: ["workspace", "as-of", "out", "lang", "revised", "no-store", "json"],
    run: async (call) => (await import("#src/commands/run.ts")).run(call),
  },
  gather: {
    words: 0,
    options: ["workspace", "json"],
    run: async (call) => (await import("#src/commands/gather.ts")).gather(call),
  },
  facts: {
    words: 1,
    options: ["workspace", "as-of", "revised", "no-store", "json", "metric", "from", "to", "published"],
    run: async (call) => (await import("#src/commands/facts.ts")).facts(call),
  },
  diff: {
    words: 2,
    options: ["workspace", "revised", "json"],
    run: async (call) => (await import("#src/commands/diff.ts")).diff(call),
  },
  archive: {
    words: 2,
    options: ["workspace", "out", "json"],
    run: async (call) => (await import("#src/commands/archive.ts")).archive(call),
  },
  backup: {
    words: 1,
    options: ["workspace", "json"],
    run: async (call) => (await import("#src/commands/backup.ts")).backup(call),
  },
  restore: {
    words: 1,
    options: ["workspace", "json"],
    run: async (call) => (await import("#src/commands/backup.ts")).restore(call),
  },
  schedule: {
    words: 0,
    options: ["workspace", "list", "json"],
    run: async (call) => (await import("#src/commands/schedule.ts")).schedule(call),
  },
  serve: {
    words: 0,
    options: ["workspace", "out", "port", "host", "behind-proxy"],
    run: async (call) => (await import("#src/commands/serve.ts")).serve(call),
  },
  release: {
    words: 1,
    options: ["workspace", "out", "by", "because", "json"],
    run: async (call) => (await import("#src/commands/release.ts")).release(call),
  },
  send: {
    words: 1,
    options: ["workspace", "to", "failed", "by", "dry-run", "json"],
    run: async (call) => (await import("#src/commands/send.ts")).send(call),
  },
  deliveries: {
    words: 1,
    options: ["workspace", "to", "json"],
    run: async (call) => (await import("#src/commands/deliveries.ts")).deliveries(call),
  },
  suppressions: {
    words: 1,
    options: ["workspace", "lift", "by", "because", "json"],
    run: async (call) => (await import("#src/commands/suppressions.ts")).suppressions(call),
  },
  verify: {
    words: 1,
    options: [],
    run: async (call) => (await import("#src/commands/verify.ts")).verify(call),
  },
  doctor: {
    words: 0,
    options: ["workspace", "json"],
    run: async (call) => (await import("#src/commands/doctor.ts")).doctor(call),
  },
  init: {
    words: 1,
    options: [],
    run: async (call) => (await import("#src/commands/init.ts")).init(call),
  },
};

function parse(argv: readonly string[]) {
  try {
    const all = { ...options, help: { type: "boolean", short: "h" }, version: { type: "boolean" } } as const;
    return parseArgs({ args: [...argv], options: all, allowPositionals: true, strict: true });
  } catch (error) {
    throw new TidelineError("USAGE", `${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

/**
 * What was typed, done: the product's only entrance.
 *
 * @returns the process's exit code
 * @throws {TidelineError} for what the caller can mend
 */
export async function main(argv: readonly string[], around: Surroundings): Promise<number> {
  const { values, positionals } = parse(argv);
  const { help, version, ...own } = values;
  const [name, ...words] = positionals;
  if (version) {
    const { default: packageJson } = await import("../../package.json", { with: { type: "json" } });
    around.print(packageJson.version);
    return 0;
  }
  if (help || name === undefined) {
    around.print(usage);
    return help ? 0 : exitCodes.USAGE;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new TidelineError("USAGE", `no command ${name}\n\n${usage}`);
  if (words.length > command.words)
    throw new TidelineError(
      "USAGE",
      `${name} takes ${command.words} words at most, found ${words.join(" ")}\n\n${usage}`,
    );
  const strange = Object.keys(own).filter(
    (option) => !(command.options as readonly string[]).includes(option),
  );
  if (strange.length > 0)
    throw new TidelineError("USAGE", `${name} does not take --${strange.join(", --")}\n\n${usage}`);
  return command.run({ values: own, words, around });
}
