import { once } from "node:events";
import { Readable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Message } from "#src/deliver/message.ts";
import type { SmtpServer } from "#src/domain/mail.ts";

/** How far a conversation with a server had come: `message` from the message's first byte on. */
export type SmtpPhase = "connect" | "tls" | "auth" | "mail" | "rcpt" | "data" | "message";

/**
 * What became of a message. `accepted` and `refused`: the server has answered. `broken`: it has not, or cannot be talked to.
 * `withheld`: it was not to be sent after all, and no byte of it was.
 */
export type Sent =
  | { readonly kind: "accepted"; readonly response: string }
  | { readonly kind: "refused"; readonly phase: SmtpPhase; readonly response: string }
  | { readonly kind: "broken"; readonly phase: SmtpPhase; readonly reason: string }
  | { readonly kind: "withheld" };

/** How long a server is waited for, in milliseconds. */
export interface SmtpTimeouts {
  readonly connectMs: number;
  readonly greetingMs: number;
  /** Without a byte from it, whatever was said last. */
  readonly silenceMs: number;
}

const patience: SmtpTimeouts = { connectMs: 60_000, greetingMs: 60_000, silenceMs: 300_000 };

/** Some servers take no more over one connection and call that too much mail. */
const messagesPerConnection = 50;

/** One connection at a time to a server, opened when there is something to send and used again for the next message. */
export interface SmtpClient extends AsyncDisposable {
  /**
   * Sends one message. Its first byte goes out only after the server has asked for it and `beforeData` has answered true; what it
   * throws is thrown. The signal ends the conversation until then; from then on it is carried to its end.
   */
  send(message: Message, beforeData: () => Promise<boolean>, signal?: AbortSignal): Promise<Sent>;
}

export function smtpClient(server: SmtpServer, timeouts: SmtpTimeouts = patience): SmtpClient {
  let open: { readonly connection: SMTPConnection; sent: number } | null = null;
  const reusable = (): boolean =>
    open !== null && !open.connection.destroyed && open.sent < messagesPerConnection;
  const hangUp = async (): Promise<void> => {
    const connection = open?.connection;
    open = null;
    if (connection !== undefined) await quit(connection);
  };
  const attempt: SmtpClient["send"] = async (message, beforeData, signal) => {
    if (open === null) {
      const connected = await connect(server, timeouts, signal);
      if (!(connected instanceof SMTPConnection)) return connected;
      open = { connection: connected, sent: 0 };
    }
    const { connection } = open;
    open.sent++;
    try {
      const sent = await transmit(connection, message, beforeData, signal);
      // After anything but success it is not sure what the server waits for.
      if (sent.kind !== "accepted") abandon();
      return sent;
    } catch (error) {
      abandon();
      throw error;
    }
  };
  const abandon = (): void => {
    open?.connection.close();
    open = null;
  };
  return {
    async send(message, beforeData, signal) {
      if (!reusable()) await hangUp();
      const isReused = open !== null;
      const sent = await attempt(message, beforeData, signal);
      // A connection that has been idle may be found dead only by using it.
      const isStale = isReused && sent.kind === "broken" && sent.phase === "mail" && !signal?.aborted;
      return isStale ? attempt(message, beforeData, signal) : sent;
    },
    [Symbol.asyncDispose]: hangUp,
  };
}

/** Why a server cannot be used: it has refused us, or the conversation broke. */
export type Unreached = Extract<Sent, { readonly kind: "refused" | "broken" }>;

/** Connects, encrypts and logs in as for a message, and sends none; `null` where the server would take one. */
export async function reachSmtp(
  server: SmtpServer,
  timeouts: SmtpTimeouts = patience,
): Promise<Unreached | null> {
  const connected = await connect(server, timeouts);
  if (!(connected instanceof SMTPConnection)) return connected as Unreached;
  await quit(connected);
  return null;
}

type SmtpError = Error & {
  readonly code?: string | undefined;
  readonly originalCode?: string | undefined;
  readonly command?: string | undefined;
  readonly response?: string | undefined;
};

const securityOf = ({ security, ca }: SmtpServer): object => {
  const certificates = ca === null ? {} : { ca };
  if (security === "tls") return { secure: true, tls: certificates };
  if (security === "starttls") return { secure: false, requireTLS: true, tls: certificates };
  // What does not leave the machine may go unencrypted, and so may a certificate of nobody's.
  return { secure: false, opportunisticTLS: true, tls: { ...certificates, rejectUnauthorized: ca !== null } };
};

/** A connection that is open, encrypted and logged in as the server requires; otherwise why there is none. */
function connect(
  server: SmtpServer,
  { connectMs, greetingMs, silenceMs }: SmtpTimeouts,
  signal?: AbortSignal,
): Promise<SMTPConnection | Sent> {
  const { host, port, login } = server;
  const connection = new SMTPConnection({
    host,
    port,
    ...securityOf(server),
    connectionTimeout: connectMs,
    greetingTimeout: greetingMs,
    socketTimeout: silenceMs,
    socketCloseTimeout: 1000,
  });
  return new Promise((resolve) => {
    let phase: SmtpPhase = "connect";
    const settle = (end: SMTPConnection | Sent): void => {
      signal?.removeEventListener("abort", stop);
      if (end !== connection) connection.close();
      resolve(end);
    };
    const stop = (): void => settle(stopped(phase));
    const fail = (error: SmtpError): void => settle(failureOf(error, isOfTls(error) ? "tls" : phase));
    if (signal?.aborted) return stop();
    signal?.addEventListener("abort", stop);
    // It stays: an error event without a listener would end the process.
    connection.on("error", fail);
    connection.connect((error) => {
      if (error) return fail(error);
      if (login === null) return settle(connection);
      phase = "auth";
      if (!connection.allowsAuth)
        return settle({ kind: "broken", phase, reason: "the server offers no login" });
      connection.login({ credentials: { user: login.user, pass: login.password } }, (refused) =>
        refused ? fail(refused) : settle(connection),
      );
    });
  });
}

const isOfTls = ({ code, originalCode = "" }: SmtpError): boolean =>
  code === "ETLS" || /CERT|TLS|SSL/.test(originalCode);

const stopped = (phase: SmtpPhase): Sent => ({ kind: "broken", phase, reason: "sending was stopped" });

function failureOf(error: SmtpError, phase: SmtpPhase): Sent {
  if (error.response) return { kind: "refused", phase, response: readable(error.response) };
  return { kind: "broken", phase, reason: readable(error.message) };
}

/** What a server says ends in terminals and ledgers: no control characters but line ends, and not without end. */
const readable = (text: string): string => text.replace(/[^\P{Cc}\n]+/gu, " ").slice(0, 1000);

const phases: Readonly<Record<string, SmtpPhase>> = { "MAIL FROM": "mail", "RCPT TO": "rcpt", DATA: "data" };

function transmit(
  connection: SMTPConnection,
  { from, to, bytes }: Message,
  beforeData: () => Promise<boolean>,
  signal?: AbortSignal,
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    let hasBegun = false;
    let isWithheld = false;
    const stop = (): void => {
      if (hasBegun) return;
      connection.close();
      resolve(stopped("mail"));
    };
    // Nodemailer reads it only when the server has asked for the message.
    const body = lazily(beforeData, (answer) => {
      if (answer instanceof Error) reject(answer);
      else if (answer) hasBegun = true;
      else isWithheld = true;
      return hasBegun ? bytes : null;
    });
    if (signal?.aborted) return stop();
    signal?.addEventListener("abort", stop);
    connection.send({ from, to: [to], size: bytes.length }, body, (error: SmtpError | null, info) => {
      signal?.removeEventListener("abort", stop);
      if (!error) return resolve({ kind: "accepted", response: readable(info?.response ?? "") });
      if (isWithheld) return resolve({ kind: "withheld" });
      resolve(hasBegun ? failureOf(error, "message") : refusalOf(error));
    });
  });
}

/** Before the message: a size that the server has said it does not take is not even offered to it. */
function refusalOf(error: SmtpError): Sent {
  const phase = phases[error.command ?? ""] ?? "mail";
  if (error.code !== "EMESSAGE" || error.response) return failureOf(error, phase);
  return { kind: "refused", phase, response: `552 5.3.4 ${error.message}` };
}

/** A stream of what `ready` gives for the answer to `ask`, which is asked when it is first read from; `null` breaks it off. */
function lazily(ask: () => Promise<boolean>, ready: (answer: boolean | Error) => Buffer | null): Readable {
  let isAsked = false;
  const body = new Readable({
    read() {
      if (isAsked) return;
      isAsked = true;
      ask().then(
        (answer) => give(ready(answer && !body.destroyed)),
        (error: unknown) => give(ready(error instanceof Error ? error : new Error(String(error)))),
      );
    },
  });
  const give = (bytes: Buffer | null): void => {
    if (bytes === null) body.destroy(new Error("the message was withheld"));
    else {
      body.push(bytes);
      body.push(null);
    }
  };
  return body;
}

async function quit(connection: SMTPConnection): Promise<void> {
  if (connection.destroyed) return;
  const ended = once(connection, "end");
  connection.quit();
  const timer = setTimeout(() => connection.close(), 1000);
  await ended;
  clearTimeout(timer);
}
