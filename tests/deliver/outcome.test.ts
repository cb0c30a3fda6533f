import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classOf, isRecipientRefusal, nextAttempt, outcomeOf, parseReply } from "#src/deliver/outcome.ts";
import type { SmtpPhase } from "#src/deliver/smtp.ts";

const now = Date.parse("2026-02-13T23:30:00Z");
const minute = 60_000;
const refused = (response: string, phase: SmtpPhase = "rcpt", attempts = 1) =>
  outcomeOf({ kind: "refused", phase, response }, attempts, now);

describe("a reply", () => {
  it.each([
    ["550 5.1.1 No such user", { code: 550, enhanced: "5.1.1", text: "No such user" }],
    ["550 No such user", { code: 550, enhanced: null, text: "No such user" }],
    ["550-5.1.1 No\n550 5.1.1 such", { code: 550, enhanced: "5.1.1", text: "No\n550 5.1.1 such" }],
    ["451 DT:SPM 163 smtp1", { code: 451, enhanced: null, text: "DT:SPM 163 smtp1" }],
    ["no reply", null],
    ["5501 no", null],
  ])("%j", (response, reply) => {
    expect(parseReply(response)).toEqual(reply);
  });
});

describe("a refusal", () => {
  it.each([
    // Temporary: the numbers say so.
    ["450 4.2.0 greylisted", "rcpt", "later"],
    ["451 4.7.1 try again later", "mail", "later"],
    ["452 4.2.2 mailbox full", "rcpt", "later"],
    ["421 4.4.2 closing", "data", "later"],
    ["451 4.3.0 queue write error", "message", "later"],
    // Temporary: the texts say so. NetEase counts, QQ answers 550 and means for now.
    ["421 HL:REP 163 smtp8", "connect", "busy"],
    ["421 HL:ICC 163 smtp8", "mail", "busy"],
    ["450 MI:DMC 163 smtp1", "mail", "busy"],
    ["451 DT:SPM 163 smtp1,keep the queue", "message", "busy"],
    ["550 Domain frequency limited. http://service.mail.qq.com", "rcpt", "busy"],
    ["550 Sender frequency limited", "mail", "busy"],
    ["550 Connection frequency limited", "connect", "busy"],
    ["550 5.7.1 Too many messages from your address", "message", "busy"],
    ["452 4.5.3 Too many recipients", "rcpt", "busy"],
    ["550 发送过于频繁", "rcpt", "busy"],
    // The server, not the recipient.
    ["535 5.7.8 authentication failed", "auth", "server"],
    ["454 4.7.0 no TLS now", "tls", "server"],
    ["502 not implemented", "tls", "server"],
    ["554 5.7.1 we do not talk to you", "connect", "server"],
    ["530 5.7.0 must issue STARTTLS first", "mail", "server"],
    ["550 5.7.1 sender is not yours", "mail", "server"],
    ["553 sender address refused", "mail", "server"],
    // The sender, although it is the recipient that is refused: servers that look at both together say so then.
    ["550 5.1.0 <notes@x>: Sender address rejected: User unknown in virtual mailbox table", "rcpt", "server"],
    [
      "550 5.1.7 <notes@x>: Sender address rejected: undeliverable address: host a said: user unknown",
      "rcpt",
      "server",
    ],
    ["550-Verification failed for <a@b>\n550-No Such User Here\n550 Sender verify failed", "rcpt", "server"],
    ["550-Verification failed for <a@b>\n550 No Such User Here", "rcpt", "server"],
    ["550 5.1.8 user not found", "rcpt", "server"],
    ["554 5.7.1 <notes@x>: Sender address rejected: Access denied", "rcpt", "server"],
    // There is no such inbox.
    ["550 5.1.1 whatever", "rcpt", "recipient"],
    ["550 5.1.10 RESOLVER.ADR.RecipientNotFound", "message", "recipient"],
    ["550 5.1.6 moved", "rcpt", "recipient"],
    ["550 Mailbox not found. http://service.mail.qq.com", "rcpt", "recipient"],
    ["550 User not found: ann@163.com", "rcpt", "recipient"],
    ["550 5.1.0 <a@b.org>: User unknown in virtual mailbox table", "rcpt", "recipient"],
    ["551 no such user here", "rcpt", "recipient"],
    ["550 5.1.1 <a@b.org>: Recipient address rejected: User unknown", "rcpt", "recipient"],
    ["550 <a@b.org>: Recipient address rejected: User unknown", "rcpt", "recipient"],
    ["550 Recipient verification failed for <a@b.org>: no such user", "rcpt", "recipient"],
    // This mail is not wanted.
    ["550 5.7.1 content denied", "message", "policy"],
    ["550 5.7.515 access denied, sending domain does not pass", "message", "policy"],
    ["554 5.7.1 DT:SPM 163 smtp1", "message", "policy"],
    ["550 5.7.1 recipient address rejected: user unknown to policy", "rcpt", "policy"],
    // Too big.
    ["552 5.3.4 message too big", "mail", "too big"],
    ["552 message exceeds fixed size", "message", "too big"],
    ["550 5.3.4 too big", "message", "too big"],
    // For good, for another reason.
    ["552 5.2.2 mailbox full", "rcpt", "rejected"],
    ["552 mailbox full", "rcpt", "rejected"],
    ["550 content denied", "message", "rejected"],
    ["554 transaction failed", "message", "rejected"],
    ["550 5.2.1 mailbox disabled", "rcpt", "rejected"],
  ] as const)("%s (%s) is %s", (response, phase, expected) => {
    const reply = parseReply(response);
    expect(reply && classOf(reply, phase)).toBe(expected);
    const isFinal = ["recipient", "policy", "too big", "rejected"].includes(expected);
    expect(refused(response, phase)).toEqual({
      class: expected,
      end: isFinal ? { state: "failed", response } : { state: "pending", response, nextAt: now + 2 * minute },
    });
  });

  it("is temporary whenever it begins with 4", () => {
    const phases: readonly SmtpPhase[] = ["connect", "tls", "auth", "mail", "rcpt", "data", "message"];
    fc.assert(
      fc.property(
        fc.integer({ min: 400, max: 499 }),
        fc.string(),
        fc.constantFrom(...phases),
        (code, text, phase) => {
          expect(refused(`${code} ${text}`, phase)?.end.state).toBe("pending");
        },
      ),
    );
  });

  it("that cannot be read is temporary", () => {
    expect(refused("SSH-2.0-OpenSSH", "connect")?.end.state).toBe("pending");
  });

  it.each([
    ["550 5.1.1 no", true],
    ["550 Mailbox not found", true],
    ["450 4.1.1 User unknown, for now", false],
    ["550 5.7.1 no", false],
    ["550 5.1.0 <notes@x>: Sender address rejected: User unknown", false],
    ["550 Domain frequency limited: user not found", false],
    ["Connection closed unexpectedly", false],
  ])("that was kept, %s, says that there is no such inbox: %s", (response, expected) => {
    expect(isRecipientRefusal(response)).toBe(expected);
  });
});

describe("another attempt", () => {
  it("follows after 2 minutes, 10, an hour, and then every four, for a day", () => {
    const waits = Array.from({ length: 9 }, (_, i) => nextAttempt(i + 1, now));
    const minutes = waits.map((at) => (at === null ? null : (at - now) / minute));
    expect(minutes).toEqual([2, 10, 60, 240, 240, 240, 240, 240, null]);
  });

  it("does not follow the ninth", () => {
    expect(refused("450 4.2.0 greylisted", "rcpt", 9)?.end).toEqual({
      state: "failed",
      response: "450 4.2.0 greylisted (given up after 9 attempts)",
    });
    expect(refused("450 4.2.0 greylisted", "rcpt", 8)?.end.state).toBe("pending");
  });
});

describe("no answer", () => {
  it.each(["connect", "tls", "auth"] as const)("at %s is the server's fault", (phase) => {
    const outcome = outcomeOf({ kind: "broken", phase, reason: "r" }, 2, now);
    expect(outcome).toEqual({
      class: "server",
      end: { state: "pending", response: "r", nextAt: now + 10 * minute },
    });
  });

  it.each(["mail", "rcpt", "data"] as const)("at %s is tried again", (phase) => {
    const outcome = outcomeOf({ kind: "broken", phase, reason: "r" }, 1, now);
    expect(outcome).toMatchObject({ class: "later", end: { state: "pending" } });
  });

  it("once the message has begun is unknown, however few attempts there were", () => {
    const outcome = outcomeOf({ kind: "broken", phase: "message", reason: "Timeout" }, 1, now);
    expect(outcome).toEqual({
      class: "unknown",
      end: { state: "unknown", response: "Timeout, after the message had begun: it may have arrived" },
    });
  });
});

it("an acceptance is the end, and what was withheld is none", () => {
  expect(outcomeOf({ kind: "accepted", response: "250 ok" }, 1, now)).toEqual({
    class: "accepted",
    end: { state: "sent", response: "250 ok" },
  });
  expect(outcomeOf({ kind: "withheld" }, 1, now)).toBeNull();
});
