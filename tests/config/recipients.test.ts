import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadRecipients, parseRecipients } from "#src/config/recipients.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const parse = (text: string, file: string) => parseRecipients(Buffer.from(text), file);

/** What is wrong with a file, one line a problem. */
function faults(text: string | Uint8Array, file: string): readonly string[] {
  try {
    parseRecipients(Buffer.from(text), file);
    return [];
  } catch (error) {
    if (!(error instanceof TidelineError)) throw error;
    expect(error.code).toBe("CONFIG_INVALID");
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
}

const yaml = `
- name: Ann Lee
  address: ann@example.org
  language: en
  groups: [clients]
- { name: 王小明, address: wang@qq.com, language: zh-CN, groups: [clients, desk], from: 2026-01-05, until: 2026-12-31 }
`;
const csv = `name,address,language,groups,from,until
Ann Lee,ann@example.org,en,clients,,
王小明,wang@qq.com,zh-CN,clients;desk,2026-01-05,2026-12-31
`;
const both = [
  {
    name: "Ann Lee",
    address: "ann@example.org",
    language: "en",
    groups: ["clients"],
    from: null,
    until: null,
  },
  {
    name: "王小明",
    address: "wang@qq.com",
    language: "zh-CN",
    groups: ["clients", "desk"],
    from: "2026-01-05",
    until: "2026-12-31",
  },
];

describe("recipients", () => {
  it("are the same from YAML and from CSV", () => {
    expect(parse(yaml, "people.yaml")).toEqual(both);
    expect(parse(csv, "people.csv")).toEqual(both);
    expect(parse(`\uFEFF${csv.replaceAll("\n", "\r\n")}`, "People.CSV")).toEqual(both);
    expect(parse(csv.replace("clients;desk", '"clients  desk"'), "people.csv")).toEqual(both);
  });

  it("may have columns in any order, and none for days", () => {
    const text = "address,groups,name,language\nann@example.org,clients,Ann Lee,en\n";
    expect(parse(text, "people.csv")).toEqual([both[0]]);
  });

  it("are none in an empty list, and none is no error", () => {
    expect(parse("[]", "people.yaml")).toEqual([]);
    expect(parse("name,address,language,groups\n", "people.csv")).toEqual([]);
  });

  it("are read from their file, whose name on this machine no message shows", async () => {
    const location = join(temporaryFolder(), "people.csv");
    writeFileSync(location, csv);
    expect(await loadRecipients({ recipients: { path: "people.csv", location } })).toEqual(both);
    const absent = { path: "${HOME}/people.csv", location: `${location}.none` };
    await expect(loadRecipients({ recipients: absent })).rejects.toThrow(
      "${HOME}/people.csv: found no such file, expected the list of recipients that `mail.recipients` names",
    );
    await expect(loadRecipients({ recipients: absent })).rejects.not.toThrow(location);
  });
});

describe("faults of recipients", () => {
  it("are told all at once with line and column in YAML", () => {
    const text = `- name: "Ann\\r\\nBcc: all@example.org"
  address: ann@example
  language: zh
  groups: []
- name: Bo
  adress: bo@example.org
  language: en
  groups: [a, a]
  from: 2026-02-30
`;
    expect(faults(text, "people.yaml")).toEqual([
      'people.yaml:1:9: found "Ann\\r\\nBcc: all@example.org", expected one line of text',
      'people.yaml:2:12: found "ann@example", expected an e-mail address',
      'people.yaml:3:13: found "zh", expected one of en, zh-CN',
      "people.yaml:4:11: found an empty list, expected at least one group that a publication is sent `to`",
      "people.yaml:5:3: found no such key, expected address: e-mail address",
      expect.stringMatching(
        /^people.yaml:6:3: found the unknown key adress, expected one of .*did you mean address\?$/,
      ),
      "people.yaml:8:11: found a list, expected each group once",
      'people.yaml:9:9: found "2026-02-30", expected a day that exists, as YYYY-MM-DD',
    ]);
  });

  it("are told all at once with line and cell in CSV", () => {
    const text = `name,address,language,groups,until,from
"Ann
Lee",ann@example.org,en,clients,,
,bo@example.org,fr,,2026-01-01,2026-02-01

Cy,cy@example.org,en
`;
    expect(faults(text, "people.csv")).toEqual([
      'people.csv:2:1: found "Ann\\nLee", expected one line of text',
      'people.csv:4:1: found "", expected one line of text',
      expect.stringMatching(/^people.csv:4:3: found "fr", expected one of en, zh-CN/),
      expect.stringMatching(/^people.csv:4:4: found an empty list, expected at least one group/),
      'people.csv:4:5: found "2026-01-01", expected a day not before 2026-02-01, the first',
      "people.csv:6: found 3 cells, expected 6 cells, as in the header",
      expect.stringMatching(/^people.csv:6:4: found an empty list, expected at least one group/),
    ]);
  });

  it("name an address that comes twice, whatever its letters", () => {
    const rows = ["Ann,ann@example.org,en,a", "Bo,bo@example.org,en,a", "Ann,Ann@EXAMPLE.org,zh-CN,b"];
    const text = ["name,address,language,groups", ...rows].join("\n");
    expect(faults(text, "p.csv")).toEqual([
      'p.csv:4:2: found "Ann@EXAMPLE.org", expected each address once; it is recipient 1 already',
    ]);
    expect(faults(text.replace("Ann@EXAMPLE", "Ann2@EXAMPLE"), "p.csv")).toEqual([]);
  });

  it.each([
    [
      "a column that is unknown",
      "name,adress,language,groups\n",
      /found the column adress.*did you mean address/,
    ],
    ["a column that is missing", "name,address,language\n", /found no such column, expected a column groups/],
    ["a column that comes twice", "name,name,address,language,groups\n", /1:2: found the column name/],
    [
      "a quote that is not closed",
      'name,address,language,groups\n"Ann,a@b.org,en,x\n',
      /quotes around the whole cell/,
    ],
    ["nothing at all", "", /expected a column name/],
  ])("name %s in CSV", (_, text, expected) => {
    expect(faults(text, "p.csv").join("\n")).toMatch(expected);
  });

  it.each([
    ["a map", "name: Ann", "found a map, expected a list"],
    ["no text", "- a: [", "YAML that can be read"],
    ["an empty file", "", "expected a list"],
  ])("name %s in YAML", (_, text, expected) => {
    expect(faults(text, "p.yaml").join("\n")).toContain(expected);
  });

  it("name bytes that are not UTF-8", () => {
    expect(faults(Buffer.from([0xc4, 0xe3]), "p.csv")).toEqual([
      "p.csv: found bytes that are not UTF-8, expected UTF-8 text",
    ]);
  });

  it("keep every control character out of a name, and nothing else that is visible", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 12 }), (name) => {
        const quoted = `"${name.replaceAll('"', '""')}"`;
        const text = `name,address,language,groups\n${quoted},a@example.org,en,x\n`;
        const hasControl = /\p{Cc}/u.test(name.trim());
        if (!name.isWellFormed()) return;
        if (hasControl) expect(faults(text, "p.csv")).not.toEqual([]);
        else if (/[\p{L}\p{N}]/u.test(name) && !/[\u202A-\u202E\u2066-\u2069]/u.test(name))
          expect(parse(text, "p.csv")[0]?.name).toBe(name.trim());
      }),
      { numRuns: 40 },
    );
  });
});
