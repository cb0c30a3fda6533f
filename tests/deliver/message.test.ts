import { generateKeyPairSync } from "node:crypto";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { type MessageParts, messageOf } from "#src/deliver/message.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { deliveryOf, mailFiles, pdf, png, rules, weekly, written } from "#tests/deliver/mailed-issue.ts";

const issue = { publication: "weekly", asOf: "2026-02-13", revision: 1 };
const partsFor = (address: string, own: Partial<MessageParts> = {}): MessageParts => ({
  rules,
  dkimKey: null,
  publication: weekly,
  issue,
  files: mailFiles(),
  delivery: deliveryOf(address),
  date: written,
  ...own,
});
const english = partsFor("ann@example.org");
const chinese = partsFor("wang@qq.com");

/** Read by another library. */
const read = async (parts: MessageParts) => PostalMime.parse((await messageOf(parts)).bytes);
const headerOf = (mail: Awaited<ReturnType<typeof read>>, name: string): readonly string[] =>
  mail.headers.filter(({ key }) => key === name).map(({ value }) => value);

/** The lines of the header, unfolded, as they go over the wire. */
const rawHeaders = ({ bytes }: { bytes: Buffer }): readonly string[] =>
  (bytes.toString("latin1").split("\r\n\r\n")[0] ?? "").replace(/\r\n[ \t]+/g, " ").split("\r\n");

describe("a message read back", () => {
  it.each([
    [english, "Weekly note: Korea & Japan at records", "Tideline research", "Ann Lee", "Korea returned"],
    [chinese, "潮线周报：韩国股市创新高", "潮线研究", "王小明", "韩国股市上涨"],
  ] as const)(
    "says who, to whom and what in the recipient's language: %#",
    async (parts, subject, from, to, text) => {
      const mail = await read(parts);
      expect(mail.subject).toBe(subject);
      expect(mail.from).toMatchObject({ name: from, address: "notes@example.org" });
      expect(mail.to).toEqual([expect.objectContaining({ name: to, address: parts.delivery.address })]);
      expect(mail.replyTo).toEqual([expect.objectContaining({ address: "desk@example.org" })]);
      expect(mail.cc ?? []).toEqual([]);
      expect(mail.messageId).toBe(parts.delivery.messageId);
      expect(Date.parse(mail.date ?? "")).toBe(written);
      expect(mail.html).toContain(`${text} <b>8.2%</b> 13 February.`);
      expect(mail.text?.replaceAll("\r\n", "\n").trimEnd()).toBe(
        `${text} 8.2%\n.\n${parts === english ? "Unsubscribe" : "退订"}: https://notes.example.org/archive/unsubscribe/token-${parts.delivery.address.replace("@", "%40")}-1`,
      );
    },
  );

  it("holds no element that mail programs do not know", async () => {
    expect((await read(english)).html).not.toMatch(/<\/?(data|time)\b/);
  });

  it("shows its figure inline and brings the PDF, both byte by byte", async () => {
    for (const [parts, name] of [
      [english, "2026-02-13_weekly_Weekly-note.pdf"],
      [chinese, "2026-02-13_weekly_市场周报.pdf"],
    ] as const) {
      const [figure, paper, ...others] = (await read(parts)).attachments;
      expect(others).toEqual([]);
      expect(figure).toMatchObject({
        mimeType: "image/png",
        disposition: "inline",
        contentId: "<figure>",
        related: true,
      });
      expect(Buffer.from(figure?.content as ArrayBuffer)).toEqual(png);
      expect(paper).toMatchObject({ mimeType: "application/pdf", disposition: "attachment", filename: name });
      expect(Buffer.from(paper?.content as ArrayBuffer).equals(pdf)).toBe(true);
    }
  });

  it("is mixed(alternative(text, related(html, figure)), PDF)", async () => {
    const types = (await messageOf(chinese)).bytes
      .toString("latin1")
      .match(/^Content-Type: [a-z]+\/[a-z]+/gm);
    expect(types?.map((each) => each.slice("Content-Type: ".length))).toEqual([
      "multipart/mixed",
      "multipart/alternative",
      "text/plain",
      "multipart/related",
      "text/html",
      "image/png",
      "application/pdf",
    ]);
  });

  it("names a Chinese PDF both ways, for old mail programs and for new", async () => {
    const raw = (await messageOf(chinese)).bytes.toString("latin1").replace(/\r\n[ \t]+/g, " ");
    expect(raw).toMatch(/name="=\?UTF-8\?B\?/);
    expect(raw).toMatch(/filename\*0\*=utf-8''2026-02-13_weekly_%E5%B8%82/i);
  });

  it("is base64 where it is Chinese, and has no line longer than mail allows", async () => {
    for (const parts of [english, chinese]) {
      const raw = (await messageOf(parts)).bytes.toString("latin1");
      const long = raw.split("\r\n").filter((line) => line.length > 998);
      expect(long).toEqual([]);
      expect(raw).toMatch(/^[\0-\x7f]*$/);
      expect(raw.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    }
    const encodings = (await messageOf(chinese)).bytes
      .toString("latin1")
      .match(/^Content-Transfer-Encoding: .*$/gm);
    expect(new Set(encodings)).toEqual(new Set(["Content-Transfer-Encoding: base64"]));
  });

  it("can be left by one click, at an address that stands bare", async () => {
    const mail = await read(chinese);
    const url = "https://notes.example.org/archive/unsubscribe/token-wang%40qq.com-1";
    expect(headerOf(mail, "list-unsubscribe")).toEqual([`<${url}>`]);
    expect(headerOf(mail, "list-unsubscribe-post")).toEqual(["List-Unsubscribe=One-Click"]);
    expect(headerOf(mail, "list-id")).toEqual(["<weekly.example.org>"]);
    expect(headerOf(mail, "auto-submitted")).toEqual(["auto-generated"]);
    expect(mail.html).toContain(`<a href="${url}">退订</a>`);
    expect(`${mail.html}${mail.text}`).not.toContain("unsubscribe.invalid");
  });
});

describe("the bytes of a message", () => {
  it("are the same for the same delivery, and other for another", async () => {
    for (const parts of [english, chinese]) {
      const [first, second] = [await messageOf(parts), await messageOf({ ...parts, files: mailFiles() })];
      expect(first.bytes.equals(second.bytes)).toBe(true);
    }
    const other = await messageOf(partsFor("bo@example.org"));
    expect(other.bytes.equals((await messageOf(english)).bytes)).toBe(false);
  });

  it("hold no other recipient and no header but ours", async () => {
    const names = rawHeaders(await messageOf(english)).map((line) => line.split(":")[0]);
    expect(names.toSorted()).toEqual(
      [
        "Auto-Submitted",
        "Content-Type",
        "Date",
        "From",
        "List-ID",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
      ]
        .concat(["MIME-Version", "Message-ID", "Reply-To", "Subject", "To", "X-Auto-Response-Suppress"])
        .toSorted((a, b) => (a < b ? -1 : 1)),
    );
  });
});

describe("what would break a header", () => {
  const evil = "Ann\r\nBcc: all@example.org";
  it.each([
    ["a name", { delivery: { ...english.delivery, name: evil } }],
    ["an address", { delivery: { ...english.delivery, address: evil } }],
    ["a message id", { delivery: { ...english.delivery, messageId: evil } }],
    [
      "the sender's name",
      { rules: { ...rules, from: { ...rules.from, name: { en: evil, "zh-CN": evil } } } },
    ],
    ["the site", { rules: { ...rules, site: `https://x${evil}` } }],
    ["a NUL", { delivery: { ...english.delivery, name: "Ann\0" } }],
  ])("is refused: %s", async (_, own) => {
    await expect(messageOf({ ...english, ...own })).rejects.toThrow("on one line");
  });

  it("cannot be a title, whose line ends are blanks", async () => {
    const files = mailFiles();
    files.set("en.mail.html", Buffer.from("<title>Note\r\nBcc: all@example.org</title>"));
    const lines = rawHeaders(await messageOf({ ...english, files }));
    expect(lines).toContain("Subject: Note Bcc: all@example.org");
    expect(lines.filter((line) => line.startsWith("Bcc"))).toEqual([]);
  });

  it("cannot be a quote or a comma in a name", async () => {
    const delivery = { ...english.delivery, name: 'Lee, "Ann" <evil@example.org>' };
    const { to } = await read({ ...english, delivery });
    expect(to).toEqual([expect.objectContaining({ address: "ann@example.org" })]);
  });
});

describe("an issue that lacks", () => {
  it.each(["en.mail.html", "en.mail.txt", "en.mail.png", "en.pdf"])("%s cannot be mailed", async (name) => {
    const files = mailFiles();
    files.delete(name);
    const error = await messageOf({ ...english, files }).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(TidelineError);
    expect(String(error)).toContain(`weekly/2026-02-13@1 cannot be mailed\n  ${name}: in the issue`);
  });

  it("a figure can, when its mail shows none", async () => {
    const files = mailFiles();
    files.delete("en.mail.png");
    files.set("en.mail.html", Buffer.from("<title>Note</title><p>x</p>"));
    const { attachments, subject } = await read({ ...english, files });
    expect([attachments.length, subject]).toEqual([1, "Note"]);
  });

  it("a title cannot be mailed: it is the subject", async () => {
    const files = mailFiles().set("en.mail.html", Buffer.from("<p>x</p>"));
    await expect(messageOf({ ...english, files })).rejects.toThrow("<title>");
  });
});

describe("the name of the PDF", () => {
  it("holds nothing that a file system refuses", async () => {
    const publication = { id: "weekly", title: { en: 'U.S./Asia: "week"?', "zh-CN": "周报" } };
    const { attachments } = await read({ ...english, publication });
    expect(attachments.at(-1)?.filename).toBe("2026-02-13_weekly_U-S-Asia-week.pdf");
  });
});

describe("the signature", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const dkimKey = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: "spki", format: "der" }).toString("base64")}`;
  const signing = { rules: { ...rules, dkim: { domain: "example.org", selector: "notes" } }, dkimKey };
  const resolver = async (name: string): Promise<string[][]> => {
    if (name === "notes._domainkey.example.org") return [[record]];
    throw Object.assign(new Error("none"), { code: "ENOTFOUND" });
  };
  /** Judged by another library. */
  const judge = async (bytes: Buffer) => {
    const { results } = await dkimVerify(bytes, { resolver });
    return results.map(({ status, signingDomain }) => ({ result: status.result, domain: signingDomain }));
  };

  it("holds in both languages, and covers both headers of unsubscribing", async () => {
    for (const parts of [english, chinese]) {
      const message = await messageOf({ ...parts, ...signing });
      expect(await judge(message.bytes)).toEqual([{ result: "pass", domain: "example.org" }]);
      const line = rawHeaders(message).find((each) => each.startsWith("DKIM-Signature:")) ?? "";
      const covered = /\bh=([^;]+)/.exec(line)?.[1]?.replace(/\s/g, "").split(":");
      expect(covered).toEqual(
        expect.arrayContaining([
          "from",
          "to",
          "subject",
          "date",
          "message-id",
          "list-id",
          "list-unsubscribe",
          "list-unsubscribe-post",
        ]),
      );
    }
  });

  it.each([
    [
      "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
      "List-Unsubscribe-Post: List-Unsubscribe=Two-Click",
    ],
    ["List-Unsubscribe: <https://notes", "List-Unsubscribe: <https://nates"],
    ["Subject: Weekly", "Subject: Weakly"],
    ["Message-ID: <", "Message-ID: <x"],
  ])("fails where somebody changes %s", async (before, after) => {
    const { bytes } = await messageOf({ ...english, ...signing });
    const text = bytes.toString("latin1");
    expect(text.includes(before)).toBe(true);
    const [judged] = await judge(Buffer.from(text.replace(before, after), "latin1"));
    expect(judged?.result).not.toBe("pass");
  });

  it("fails where somebody changes the PDF", async () => {
    const { bytes } = await messageOf({ ...english, ...signing });
    const at = bytes.lastIndexOf("AAEu");
    expect(at).toBeGreaterThan(0);
    bytes[at] = "B".charCodeAt(0);
    expect((await judge(bytes))[0]?.result).not.toBe("pass");
  });

  it("is the same every time, and there is none without a key", async () => {
    const twice = [await messageOf({ ...chinese, ...signing }), await messageOf({ ...chinese, ...signing })];
    expect(twice[0]?.bytes.equals(twice[1]?.bytes ?? Buffer.alloc(0))).toBe(true);
    for (const own of [{ dkimKey }, { rules: signing.rules }]) {
      const unsigned = await messageOf({ ...english, ...own });
      expect(rawHeaders(unsigned).join("\n")).not.toContain("DKIM");
    }
  });
});
