import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { SmtpServer } from "#src/domain/mail.ts";
import { root } from "#tests/render/press.ts";

const tls = join(root, "tests/fixtures/tls");
/** A certificate for this machine that nobody vouches for, and its key. */
export const certificate = readFileSync(join(tls, "localhost.crt"), "utf8");
const key = readFileSync(join(tls, "localhost.key"), "utf8");

/** Where a conversation has come: `data` with the message's first bytes, `end` when all of it is there. */
export type Moment = "connect" | "auth" | "mail" | "rcpt" | "data" | "end";

/** What a server does then: goes on (nothing), refuses with a reply, ends the connection (`drop`), or says nothing any more (`hang`). */
export type Deed = undefined | string;

export interface Script {
  /** `who` is the recipient once there is one, before that the sender or user. */
  readonly at?: (moment: Moment, who: string) => Deed | Promise<Deed>;
  readonly options?: SMTPServerOptions;
  /** An address of this machine. */
  readonly host?: string;
}

export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  readonly isSecure: boolean;
  readonly session: string;
}

export interface MailServer extends AsyncDisposable {
  readonly port: number;
  /** Messages that were answered with 250, and what was said before. */
  readonly received: readonly Received[];
  /** Moments as they came. */
  readonly log: readonly string[];
  readonly at: SmtpServer;
}

/** A mail server that does what a test wants. Plain, and open to all, unless its options say otherwise. */
export async function mailServer({
  at = () => undefined,
  options = {},
  host = "127.0.0.1",
}: Script = {}): Promise<MailServer> {
  const received: Received[] = [];
  const log: string[] = [];
  /** Each connection's outermost socket: Node does not survive it when that below a TLS socket is destroyed (24.21: SIGSEGV). */
  const drop = (): void => {
    for (const { _socket } of (server as unknown as { connections: Set<{ _socket: Socket }> }).connections)
      _socket.destroy();
  };
  /** Does what the script wants; the rest of the conversation goes on in `done`. */
  const act = async (moment: Moment, who: string, done: (error?: Error | null) => void): Promise<void> => {
    log.push(`${moment} ${who}`.trim());
    const deed = await at(moment, who);
    if (deed === "hang") return;
    if (deed === "drop") return drop();
    done(deed === undefined ? null : replyOf(deed));
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: true,
    closeTimeout: 10,
    key,
    cert: certificate,
    ...options,
    onConnect: (_, done) => void act("connect", "", done),
    onAuth: ({ username = "", password }, _, done) =>
      void act("auth", username, (error) =>
        error ? done(error) : done(null, password === "p@ss" ? { user: username } : {}),
      ),
    onMailFrom: ({ address }, _, done) => void act("mail", address, done),
    onRcptTo: ({ address }, _, done) => void act("rcpt", address, done),
    onData: (stream, { envelope, secure, id }, done) => {
      const parts: Buffer[] = [];
      const to = envelope.rcptTo.map(({ address }) => address);
      const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
      stream.once("data", () => void act("data", to.join(), () => {}));
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        if (stream.sizeExceeded) return done(replyOf("552 5.3.4 message too big"));
        void act("end", to.join(), (error) => {
          if (!error) received.push({ from, to, raw: Buffer.concat(parts), isSecure: secure, session: id });
          done(error);
        });
      });
    },
  });
  server.on("error", () => {});
  server.listen(0, host);
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    received,
    log,
    at: { host, port, security: "loopback", login: null, ca: null },
    async [Symbol.asyncDispose]() {
      drop();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A refusal as smtp-server is told of it. */
function replyOf(reply: string): Error {
  return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });
}
