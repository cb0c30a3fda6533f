import { join } from "node:path";
import { expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import { inside } from "#tests/cli/inside.ts";
import { writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { basisOf, issueOf } from "#tests/store/rows.ts";

const now = Date.parse("2026-02-14T00:00:00Z");
const basis = { ...basisOf(0), knowledge: null };
const files = new Map([["facts.json", Buffer.from('{"facts":[],"statements":[],"refusals":[]}')]]);

it("the archive names issues that are held, and who released one and why", async () => {
  const dir = writeWorkspace(join(temporaryFolder(), "ws"));
  await using store = await openStore({ file: join(dir, ".tideline/tideline.db") });
  const keep = (asOf: string) => store.keepIssue(issueOf(asOf, "", { files, basis, now }));
  const [one, two] = [await keep("2026-02-06"), await keep("2026-02-13")];
  await keep("2026-02-20");
  await store.ledger.noteGate(one.id, ["levels.KRIX has no value", "late"], now);
  await store.ledger.noteGate(two.id, ["late"], now);
  await store.ledger.release(two.id, "Ada", "the exchange closed late", [], now + 60_000);
  const said = async (...args: readonly string[]) => (await inside(dir, ["archive", ...args], now)).out;
  const released = "released 2026-02-14T00:01:00Z by Ada, because the exchange closed late (held: late)";
  const made = "made 2026-02-14T00:00:00Z";
  expect((await said("list")).split("\n")).toEqual([
    `weekly/2026-02-20@1      ${made}`,
    `weekly/2026-02-13@1      ${made}  ${released}`,
    `weekly/2026-02-06@1      ${made}  held: levels.KRIX has no value; late`,
  ]);
  expect(await said("show", "weekly/2026-02-06")).toMatch(/^gate {5}held: levels.KRIX has no value; late$/m);
  expect(await said("show", "weekly/2026-02-20")).not.toMatch(/^gate/m);
  expect(JSON.parse(await said("show", "weekly/2026-02-13", "--json"))).toMatchObject({
    held: false,
    gate: {
      findings: ["late"],
      released: { by: "Ada", because: "the exchange closed late", at: "2026-02-14T00:01:00Z" },
    },
  });
  expect(JSON.parse(await said("list", "--json"))).toMatchObject([
    { held: false, gate: null },
    { held: false },
    { held: true },
  ]);
  // What is held is exported by its name only, and not to where issues are out.
  expect((await said("export")).split("\n").map((folder) => folder.slice(-10))).toEqual([
    "2026-02-20",
    "2026-02-13",
  ]);
  const refused = await inside(dir, ["archive", "export", "weekly/2026-02-06"], now);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("--out DIR")]);
  expect(await said("export", "weekly/2026-02-06", "--out", "elsewhere")).toMatch(/2026-02-06$/);
});
