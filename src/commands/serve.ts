import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { hostname } from "node:os";
import { type Logger, pino } from "pino";
import { type Call, note } from "#src/commands/call.ts";
import { placeOf, storeOf, workspaceOf } from "#src/commands/job.ts";
import { siteOf } from "#src/commands/site.ts";
import { loadSecrets, signingKey } from "#src/config/secrets.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import { scheduled } from "#src/scheduler.ts";
import { type Address, serve as serveOn } from "#src/serve.ts";

/** `tideline serve`: makes what falls due, mails it and shows the archive, until it is stopped. */
export async function serve(call: Call): Promise<number> {
  const { around } = call;
  const address = addressOf(call);
  const workspace = await workspaceOf(call);
  const secrets = await loadSecrets(around.env, workspace.dir);
  if (workspace.mail !== null && secrets.smtp !== null) signingKey(workspace.mail, secrets);
  for (const each of [...secrets.warnings, ...idle(workspace)]) note(call, each);
  await using store = await storeOf(call, workspace);
  await using queue = await store.queue();
  const place = placeOf(call, workspace);
  const site = await siteOf(workspace, around.root);
  const stopping = new AbortController();
  const service = {
    workspace,
    store,
    queue,
    owner: `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`,
    place,
    secrets,
    now: around.now,
    log: loggerOf(call),
    stopping: stopping.signal,
  };
  const serving = await serveOn(service, site, address);
  if (around.isTerminal)
    note(call, `the archive is at ${serving.url}; Ctrl-C ends when what is being done is done`);
  await new Promise<void>((resolve) => around.onStop(resolve));
  stopping.abort();
  await serving.stop();
  return 0;
}

/** What the operator may not expect: that nothing is made or sent. */
const idle = (workspace: Workspace): readonly string[] =>
  scheduled(workspace).length > 0
    ? []
    : ["no publication has a schedule in tideline.yaml: nothing is made by itself, the archive is shown"];

const defaultPort = 8080;

function addressOf({ values }: Call): Address {
  const { port = String(defaultPort), host = "127.0.0.1" } = values;
  const proxies = proxiesOf(values["behind-proxy"]);
  if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return { host, port: Number(port), proxies };
  throw new TidelineError("USAGE", "--port names no port", [
    { found: port, expected: `a number from 0 to 65535; ${defaultPort} when left out` },
  ]);
}

/** The proxies that are named, of which any would let a caller say who it is. */
function proxiesOf(named: string | undefined): readonly string[] {
  const proxies = named?.split(",").map((each) => each.trim()) ?? [];
  const wrong = proxies.filter((each) => !isNetwork(each));
  if (wrong.length === 0) return proxies;
  throw new TidelineError(
    "USAGE",
    "--behind-proxy names no proxy",
    wrong.map((each) => ({
      found: each === "" ? "nothing" : each,
      expected: "addresses or networks, as 127.0.0.1 or 10.0.0.0/8,::1",
    })),
  );
}

function isNetwork(text: string): boolean {
  const [, address = "", bits = "1"] = /^([\d.]+|[\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  return Number(bits) >= 1 && Number(bits) <= most;
}

/** One JSON line an event. Nothing secret is handed to it; what might be all the same is struck out. */
const loggerOf = ({ around }: Call): Logger =>
  pino(
    {
      base: null,
      timestamp: () => `,"time":"${new Date(around.now()).toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
      redact: ["*.password", "*.token", "*.secret", "*.login", "password", "token", "secret", "login"],
    },
    { write: (line: string) => around.tell(line.trimEnd()) },
  );
