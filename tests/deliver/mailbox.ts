import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { SmtpServer } from "#src/domain/mail.ts";

/** A message as a server took it. */
export interface Taken {
  readonly to: readonly string[];
  readonly bytes: Buffer;
}

/** A mail server on a free port of this machine, and what it took. */
export interface Mailbox extends AsyncDisposable {
  readonly taken: readonly Taken[];
  readonly smtp: SmtpServer;
}

/** Starts a mail server without encryption; it takes everything unless the options say otherwise. */
export async function openMailbox(options: SMTPServerOptions = {}): Promise<Mailbox> {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, { envelope }, done) =>
      void buffer(stream).then((bytes) => {
        taken.push({ to: envelope.rcptTo.map(({ address }) => address), bytes });
        done();
      }),
    ...options,
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return {
    taken,
    smtp: { host: "127.0.0.1", port, security: "loopback", login: null, ca: null },
    [Symbol.asyncDispose]: () => new Promise<void>((done) => server.close(done)),
  };
}
