import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DeclaredKind } from "#src/domain/declared.ts";
import { describeProblem } from "#src/domain/errors.ts";
import { readDeclared, readList } from "#src/sources/declared-list.ts";
import { seriesOf } from "#tests/sources/csv-folder.ts";

const known = {
  catalogue: [
    ...["NVDA", "MSFT", "WORK"].map((id) => seriesOf(id)),
    seriesOf("flow", { kind: "flow" }),
    seriesOf("target", { kind: "level", staleAfter: 30 }),
  ],
  baskets: { leaders: {}, laggards: {} },
};
const read = (kind: DeclaredKind, text: string, path = `data/${kind}.yaml`) =>
  readList({ kind, path }, Buffer.from(text), known);
const faults = (kind: DeclaredKind, text: string, path?: string) =>
  read(kind, text, path).faults.map(describeProblem);

describe("a list that somebody keeps by hand", () => {
  it("of members is the same from YAML and from CSV", () => {
    const yaml = read(
      "baskets",
      `- { basket: leaders, member: NVDA, from: 2018-01-02, source: Own desk }
- basket: leaders
  member: MSFT
  from: 2018-01-02
  until: 2024-06-28
  known_at: 2024-06-28T20:00:00Z
  source: { zh-CN: 研究部, en: Research desk }
`,
    );
    const csv = read(
      "baskets",
      `basket,member,from,until,known_at,source.en,source.zh-CN
leaders,NVDA,2018-01-02,,,Own desk,Own desk

leaders,MSFT,2018-01-02,2024-06-28,2024-06-28T20:00:00Z,Research desk,研究部
`,
      "data/baskets.CSV",
    );
    expect(yaml).toMatchObject({ gap: null, faults: [] });
    expect(csv).toEqual(yaml);
    expect(yaml.entries.map(({ key, knownAt }) => [key, knownAt])).toEqual([
      ["leaders NVDA 2018-01-02", null],
      ["leaders MSFT 2018-01-02", Date.parse("2024-06-28T20:00:00Z")],
    ]);
    expect(JSON.parse(yaml.entries[1]?.value ?? "")).toEqual({
      basket: "leaders",
      member: "MSFT",
      from: "2018-01-02",
      until: "2024-06-28",
      source: { en: "Research desk", "zh-CN": "研究部" },
    });
  });

  it("of events and of crises is the same from YAML and from CSV", () => {
    const events = read(
      "events",
      '- { id: cpi, date: 2026-02-11, kind: release, name: { en: "US CPI, January", zh-CN: 美国1月CPI }, series: NVDA, known_at: "2026-02-11T13:30:00Z", source: BLS }\n',
    );
    expect(events.faults).toEqual([]);
    expect(
      read(
        "events",
        'id,date,kind,name.en,name.zh-CN,series,known_at,source\ncpi,2026-02-11,release,"US CPI, January",美国1月CPI,NVDA,2026-02-11T13:30:00Z,BLS\n',
        "e.csv",
      ),
    ).toEqual(events);
    const crises = read("crises", "- { id: now, name: Now, from: 2026-02-02, until: null, source: Desk }\n");
    expect(crises.faults).toEqual([]);
    expect(read("crises", "id,name,from,until,source\nnow,Now,2026-02-02,,Desk\n", "c.csv")).toEqual(crises);
    expect(JSON.parse(crises.entries[0]?.value ?? "")).toMatchObject({ until: null });
  });

  it.each([
    ["", "x.yaml"],
    ["# none yet\n", "x.yaml"],
    ["[]\n", "x.yaml"],
    ["id,name,from,source\n", "x.csv"],
  ])("that holds nothing is empty: %j in %s", (text, path) => {
    expect(read("crises", text, path)).toEqual({ entries: [], gap: "file-empty", faults: [] });
  });

  it("that is not there is a gap, and one that cannot be read a fault", async () => {
    const file = (location: string) => ({ kind: "crises" as const, path: "c.yaml", location });
    const [missing, folder] = await readDeclared(
      [file(join(import.meta.dirname, "none")), file(import.meta.dirname)],
      known,
    );
    expect(missing).toMatchObject({ gap: "file-missing", faults: [], sha256: null });
    expect(folder).toMatchObject({ gap: null, faults: [{ found: "EISDIR" }] });
  });

  const member = (rest: string, basket = "leaders", id = "NVDA") =>
    `- { basket: ${basket}, member: ${id}, ${rest} }\n`;
  it.each<readonly [what: string, kind: DeclaredKind, text: string, wanted: readonly string[]]>([
    [
      "an unknown basket",
      "baskets",
      member("from: 2018-01-02", "leader"),
      ['1:13: found "leader", expected the id of a basket of this workspace; did you mean leaders?'],
    ],
    [
      "an unknown series",
      "baskets",
      member("from: 2018-01-02", "leaders", "NVDIA"),
      ['1:30: found "NVDIA", expected the id of a series of this workspace; did you mean NVDA?'],
    ],
    [
      "a member without a price",
      "baskets",
      member("from: 2018-01-02", "leaders", "flow"),
      ['1:30: found "flow" of kind flow, expected a series of kind price, total-return, level, fx'],
    ],
    [
      "a member that is no daily series",
      "baskets",
      member("from: 2018-01-02", "leaders", "target"),
      ['1:30: found "target", whose values stand for 30 days, expected a series with a value each session'],
    ],
    [
      "an end before the beginning",
      "baskets",
      member("from: 2018-01-02, until: 2018-01-01"),
      ['1:61: found "2018-01-01", expected a day not before 2018-01-02, the first'],
    ],
    ["an end on the first day", "baskets", member("from: 2018-01-02, until: 2018-01-02"), []],
    [
      "a membership twice",
      "baskets",
      member("from: 2018-01-02").repeat(2),
      [
        "2:13: found leaders NVDA 2018-01-02 a second time, as on line 1, expected each once, or a known_at that tells the revisions apart",
      ],
    ],
    [
      "a membership told of again later",
      "baskets",
      `${member("from: 2018-01-02")}${member("from: 2018-01-02, until: 2020-12-31, known_at: 2021-01-04T00:00:00Z")}`,
      [],
    ],
    [
      "a membership after one without end",
      "baskets",
      `${member("from: 2018-01-02")}${member("from: 2020-01-02")}`,
      ['2:42: found "2020-01-02", expected an until for the membership of line 1, which has no end yet'],
    ],
    [
      "a membership that begins on the last day of another",
      "baskets",
      `${member("from: 2020-01-02")}${member("from: 2018-01-02, until: 2020-01-02")}`,
      ['1:42: found "2020-01-02", expected a day after 2020-01-02, to which the membership of line 2 lasts'],
    ],
    [
      "a membership on the day after another",
      "baskets",
      `${member("from: 2020-01-03")}${member("from: 2018-01-02, until: 2020-01-02")}`,
      [],
    ],
    [
      "memberships that a revision keeps apart",
      "baskets",
      `${member("from: 2018-01-02, known_at: 2018-01-02T00:00:00Z")}${member("from: 2018-01-02, until: 2019-12-31, known_at: 2020-01-02T00:00:00Z")}${member("from: 2020-01-02")}`,
      [],
    ],
    [
      "one member of two baskets",
      "baskets",
      `${member("from: 2018-01-02")}${member("from: 2018-01-02", "laggards")}`,
      [],
    ],
    [
      "an event without known-at",
      "events",
      "- { id: cpi, date: 2026-02-11, kind: release, name: CPI, source: BLS }\n",
      [
        "1:3: found no such key, expected known_at: the instant at which its news could be read; of an event that is still to come, at which its day was announced",
      ],
    ],
    [
      "an event of an unknown kind",
      "events",
      "- { id: cpi, date: 2026-02-11, kind: releases, name: CPI, known_at: 2026-02-11T13:30:00Z, source: BLS }\n",
      [
        '1:38: found "releases", expected one of release, earnings, guidance, policy, other; did you mean release?',
      ],
    ],
    [
      "an event of an unknown series",
      "events",
      "- { id: cpi, date: 2026-02-11, kind: release, name: CPI, series: CPI, known_at: 2026-02-11T13:30:00Z, source: BLS }\n",
      ['1:66: found "CPI", expected the id of a series of this workspace'],
    ],
    [
      "a day alone for a known-at",
      "events",
      "- { id: cpi, date: 2026-02-11, kind: release, name: CPI, known_at: 2026-02-11, source: BLS }\n",
      [
        '1:68: found "2026-02-11", expected an instant with its zone, as 2026-02-13T21:00:00Z; a day alone does not say when it was known',
      ],
    ],
    [
      "a window twice",
      "crises",
      "- { id: a, name: A, from: 2020-01-02, source: D }\n".repeat(2),
      [
        "2:9: found a a second time, as on line 1, expected each once, or a known_at that tells the revisions apart",
      ],
    ],
    [
      "a window that ends before it begins",
      "crises",
      "- { id: a, name: A, from: 2020-01-02, until: 2019-12-31, source: D }\n",
      ['1:46: found "2019-12-31", expected a day not before 2020-01-02, the first'],
    ],
    [
      "a window without a source",
      "crises",
      "- { id: a, name: A, from: 2020-01-02 }\n",
      ["1:3: found no such key, expected source: whose word it is, one text or one in each language"],
    ],
    [
      "a month for a day",
      "crises",
      "- { id: a, name: A, from: 2020-02, source: D }\n",
      ['1:27: found "2020-02", expected a day that exists, as YYYY-MM-DD'],
    ],
    [
      "an id that names no fact",
      "crises",
      "- { id: a.b, name: A, from: 2020-01-02, source: D }\n",
      ['1:9: found "a.b", expected an id: a letter, then letters, digits, _ or -'],
    ],
    [
      "a misspelt key",
      "crises",
      "- { id: a, name: A, from: 2020-01-02, untill: 2020-02-03, source: D }\n",
      [
        "1:39: found the unknown key untill, expected one of id, name, from, until, known_at, source; did you mean until?",
      ],
    ],
  ])("with %s says so, or nothing where it is right", (_, kind, text, wanted) => {
    const found = faults(kind, text);
    expect(found).toEqual(wanted);
  });

  it("tells of a CSV file line and column, and what its header lacks", () => {
    expect(
      faults("crises", "id,name,from,until,source\na,A,2020-01-02,2019-12-31,D\nb,B,never,,D\n", "c.csv"),
    ).toEqual([
      '3:3: found "never", expected a day that exists, as YYYY-MM-DD',
      '2:4: found "2019-12-31", expected a day not before 2020-01-02, the first',
    ]);
    expect(faults("crises", "id,label,from\na,A,2020-01-02\n", "c.csv")).toEqual([
      "1:2: found the column label, expected each of id, name, name.en, name.zh-CN, from, until, known_at, source, source.en, source.zh-CN once",
    ]);
    expect(faults("crises", "id,name.en,from,source\na,A,2020-01-02,D\n", "c.csv")).toEqual([
      "2:2: found no such key, expected zh-CN",
    ]);
    expect(faults("events", "id,date,kind,name,source\ncpi,2026-02-11,release,CPI,BLS\n", "e.csv")).toEqual([
      "1: found no such column, expected a column known_at",
    ]);
  });

  it("reports all faults at once", () => {
    const text = `${member("from: 2018-01-02, until: 2017-01-01", "leader")}${member("from: yesterday", "leaders", "X")}- 7\n`;
    expect(faults("baskets", text).map((each) => each.split(":")[0])).toEqual(["2", "3", "1", "2", "1"]);
  });
});
