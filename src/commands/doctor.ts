import type { Call } from "#src/commands/call.ts";
import { folderOf, placeOfStore } from "#src/commands/job.ts";
import { count, type Verdict } from "#src/doctor/check.ts";
import { type Checked, examine } from "#src/doctor/examine.ts";

/** `tideline doctor`: what is missing or about to fail, and what mends it. Works without a configuration that can be read. */
export async function doctor(call: Call): Promise<number> {
  const { around, values } = call;
  const dir = await folderOf(call);
  const checks = await examine({
    machine: around,
    dir,
    place: placeOfStore(around, dir),
    env: around.env,
    now: around.now(),
  });
  const verdict = worst(checks);
  around.print(values.json ? JSON.stringify({ verdict, checks }, null, 1) : report(checks));
  return verdict === "fail" ? 1 : 0;
}

const of = (checks: readonly Checked[], verdict: Verdict): number =>
  checks.filter((check) => check.verdict === verdict).length;

const worst = (checks: readonly Checked[]): Verdict =>
  of(checks, "fail") > 0 ? "fail" : of(checks, "warn") > 0 ? "warn" : "ok";

function report(checks: readonly Checked[]): string {
  const width = Math.max(...checks.map(({ check }) => check.length));
  const lines = checks.flatMap(({ verdict, check, found, ...rest }) => [
    `${verdict.padEnd(4)}  ${check.padEnd(width)}  ${found}`,
    ...("mend" in rest ? [`${" ".repeat(width + 8)}→ ${rest.mend}`] : []),
  ]);
  const sum = `${of(checks, "ok")} all right, ${count(of(checks, "warn"), "warning")}, ${count(of(checks, "fail"), "failure")}`;
  return [...lines, sum].join("\n");
}
