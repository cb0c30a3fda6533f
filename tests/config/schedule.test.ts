import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parseWorkspace } from "#src/config/load.ts";
import { describeProblem, TidelineError } from "#src/domain/errors.ts";
import type { Workspace } from "#src/domain/workspace.ts";

const full = await readFile(new URL("./fixtures/full.yaml", import.meta.url), "utf8");

/** The full configuration with more lines in its publication, and after its publications. */
const withLines = (inside: string, after = ""): string =>
  full
    .replace("    offset: 2h\n", `    offset: 2h\n${inside}`)
    .replace("calendars:\n", `${after}calendars:\n`);
const parse = (inside: string, after = ""): Workspace =>
  parseWorkspace(withLines(inside, after), {
    file: "tideline.yaml",
    dir: "/workspace",
    env: { TIDELINE_DATA: "/d" },
  });

function problemsOf(inside: string, after = ""): readonly string[] {
  try {
    parse(inside, after);
  } catch (error) {
    if (!(error instanceof TidelineError) || error.code !== "CONFIG_INVALID") throw error;
    return error.problems.map(({ file, ...problem }) => describeProblem(problem));
  }
  return [];
}

const mail = [
  "mail:",
  "  from: {name: {en: Desk, zh-CN: 编辑部}, address: desk@example.com}",
  "  site: https://notes.example.com/tideline/",
  "  recipients: people.yaml",
  "",
].join("\n");

describe("schedule", () => {
  it.each([
    ["last session of the week", { kind: "week" }],
    ["every session", { kind: "session" }],
    [
      '{cron: "0 7 * * 1-5", zone: Europe/London}',
      { kind: "cron", expression: "0 7 * * 1-5", zone: "Europe/London" },
    ],
  ])("is due %s", (due, slots) => {
    expect(parse(`    schedule: {due: ${due}}\n`).publications.weekly).toMatchObject({
      slots,
      schedule: { deadlineMinutes: 360, late: "hold", catchUp: "latest" },
    });
  });

  it("says what is done about late and missed issues", () => {
    const text = "    schedule: {due: every session, deadline: 1h30m, late: skip, catchUp: all}\n";
    expect(parse(text).publications.weekly?.schedule).toEqual({
      deadlineMinutes: 90,
      late: "skip",
      catchUp: "all",
    });
  });

  it("may follow a calendar of the workspace", () => {
    const text = withLines("    schedule: {due: every session}\n").replace(
      "calendar: NYSE\n    offset",
      "calendar: LSE\n    offset",
    );
    expect(text).toContain("calendar: LSE");
    const { publications } = parseWorkspace(text, { file: "x", dir: "/w", env: { TIDELINE_DATA: "/d" } });
    expect(publications.weekly).toMatchObject({ calendar: "LSE", slots: { kind: "session" } });
  });

  it.each([
    [
      "another rule",
      "{due: fridays}",
      '11:21: found "fridays", expected one of last session of the week, every session',
    ],
    ["no rule", "{late: make}", "11:5: found no such key, expected due: When an issue falls due."],
    [
      "another policy",
      "{due: every session, late: send}",
      '11:42: found "send", expected one of make, hold, skip',
    ],
    [
      "another catch-up",
      "{due: every session, catchUp: none}",
      '11:45: found "none", expected one of latest, all',
    ],
    [
      "a deadline without unit",
      '{due: every session, deadline: "6"}',
      '11:46: found "6", expected a duration such as 2h, 90m or 1h30m',
    ],
    [
      "an unknown key",
      "{due: every session, catchup: all}",
      "11:36: found the unknown key catchup, expected one of due, deadline, late, catchUp; did you mean catchUp?",
    ],
    [
      "a zone that does not exist",
      '{due: {cron: "0 7 * * 1", zone: London}}',
      '11:47: found "London", expected an IANA time zone such as America/New_York',
    ],
    ["cron without zone", '{due: {cron: "0 7 * * 1"}}', "11:16: found no such key, expected zone"],
    [
      "six fields",
      '{due: {cron: "0 0 7 * * 1", zone: UTC}}',
      '11:28: found "0 0 7 * * 1", expected five fields: minute, hour, day of the month, month, day of the week',
    ],
    ["a nickname", '{due: {cron: "@daily", zone: UTC}}', '11:28: found "@daily", expected five fields'],
    [
      "an hour that does not exist",
      '{due: {cron: "0 25 * * 1", zone: UTC}}',
      '11:28: found "0 25 * * 1", expected five fields',
    ],
    [
      "half-hours",
      '{due: {cron: "*/30 * * * *", zone: UTC}}',
      '11:28: found "*/30 * * * *", expected one minute and one hour, so that it is due at most once a day',
    ],
    [
      "two hours of a day",
      '{due: {cron: "0 7,19 * * *", zone: UTC}}',
      '11:28: found "0 7,19 * * *", expected one minute and one hour',
    ],
    [
      "a day that never comes",
      '{due: {cron: "0 7 31 2 *", zone: UTC}}',
      '11:28: found "0 7 31 2 *", expected a day that exists',
    ],
    [
      "an hour that comes twice on a day in New York",
      '{due: {cron: "30 4 * * *", zone: Europe/London}}',
      '11:28: found "30 4 * * *", expected at most once a day of the calendar\'s zone America/New_York too; it is due twice on 2024-03-30 there',
    ],
  ])("names %s", (_, schedule, expected) => {
    const problems = problemsOf(`    schedule: ${schedule}\n`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });
});

describe("to, mail and alerts", () => {
  it("are resolved", () => {
    const {
      publications,
      mail: rules,
      alerts,
    } = parse(
      "    to: [clients, sales]\n",
      `${mail}alerts: {mail: [ops@example.com], webhook: "https://ops.example.com/hook"}\n`,
    );
    expect(publications.weekly?.to).toEqual(["clients", "sales"]);
    expect(rules).toEqual({
      from: { name: { en: "Desk", "zh-CN": "编辑部" }, address: "desk@example.com" },
      replyTo: null,
      site: "https://notes.example.com/tideline",
      dkim: null,
      recipients: { path: "people.yaml", location: "/workspace/people.yaml" },
    });
    expect(alerts).toEqual({ mail: ["ops@example.com"], webhook: "https://ops.example.com/hook" });
    expect(parse("")).toMatchObject({ mail: null, alerts: { mail: [], webhook: null } });
  });

  it.each([
    ["a group twice", "    to: [clients, clients]\n", "", "11:9: found a list, expected each group once"],
    [
      "an address with a display name",
      "",
      mail.replace("desk@example.com", '"Desk <desk@example.com>"'),
      'found "Desk <desk@example.com>", expected an e-mail address',
    ],
    [
      "an address of two lines",
      "",
      mail.replace("desk@example.com", '"desk@example.com\\nBcc: x@example.com"'),
      "expected an e-mail address",
    ],
    ["a site with a query", "", mail.replace("/tideline/", "/?a=b"), "expected an address without ? and #"],
    [
      "a site that is no web address",
      "",
      mail.replace("https:", "ftp:"),
      "expected an address that begins with https://",
    ],
    [
      "mail without recipients",
      "",
      mail.replace("  recipients: people.yaml\n", ""),
      "expected recipients: File of recipients",
    ],
    [
      "an unknown key of mail",
      "",
      `${mail}  smtp: x\n`,
      "found the unknown key smtp, expected one of from, replyTo, site, dkim, recipients",
    ],
    [
      "a webhook that is no web address",
      "",
      "alerts: {webhook: ops}\n",
      'found "ops", expected an address that begins with https://',
    ],
    ["an operator without address", "", "alerts: {mail: [ops]}\n", 'found "ops", expected an e-mail address'],
  ])("name %s", (_, inside, after, expected) => {
    const problems = problemsOf(inside, after);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });
});
