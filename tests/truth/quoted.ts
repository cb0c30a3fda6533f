import type { CheckRule, OperandRule } from "#src/domain/check-rules.ts";
import { exponents } from "#src/domain/series.ts";
import { returnsOf } from "#tests/truth/country.ts";
import { flowsOf } from "#tests/truth/flow-days.ts";
import type { Checker, Truth } from "#tests/truth/judge.ts";
import { at, sum } from "#tests/truth/plain.ts";
import { daysFrom, type World } from "#tests/truth/world.ts";

/** A number, and half of its last digit: of one that is computed, nothing. */
interface Quoted {
  readonly value: number;
  readonly half: number;
  readonly isOurs: boolean;
}

/** A fact of the issue that a relation names; others than those of the sample are not checked. */
function ours(world: World, id: string): number | null {
  const [section = "", subject = "", span = ""] = id.split(".");
  if (section === "flows" && span === "year") return flowsOf(world, subject).year;
  if (section === "levels" && span === "close") return at(world.points(subject), -1).value;
  if (subject === "local" || subject === "fx") return returnsOf(world, section, "year")[subject];
  throw new RangeError(`nobody checks the fact ${id} of a relation`);
}

/** Somebody's number, as rounded as it was printed; `null` where nobody is quoted, or long ago. */
function theirs(world: World, id: string, decimals: number | null): Quoted | null {
  const { unit, staleAfter } = world.series(id);
  const point = world.points(id).at(-1);
  if (point === undefined || daysFrom(point.day, world.lastDay) > (staleAfter ?? 0)) return null;
  const digits = Number((point.value * 10 ** -exponents[unit]).toPrecision(12));
  const own = decimals ?? (String(digits).split(".")[1] ?? "").length;
  return { value: point.value, half: 0.5 * 10 ** (exponents[unit] - own), isOurs: false };
}

function numberOf(world: World, operand: OperandRule): Quoted | null {
  if ("series" in operand) return theirs(world, operand.series, operand.decimals);
  const value = ours(world, operand.fact);
  return value === null ? null : { value, half: 0, isOurs: true };
}

/** What a relation makes of numbers, each given as one of its ends: the least and the most are at ends of all. */
function ends(numbers: readonly Quoted[], of: (values: readonly number[]) => number) {
  const corners = numbers.reduce<readonly (readonly number[])[]>(
    (all, { value, half }) =>
      all.flatMap((each) => [
        [...each, value - half],
        [...each, value + half],
      ]),
    [[]],
  );
  const values = corners.map(of);
  return {
    low: Math.min(...values),
    value: of(numbers.map(({ value }) => value)),
    high: Math.max(...values),
  };
}

const grown = (growths: readonly number[]): number => growths.reduce((level, g) => level * (1 + g), 1) - 1;

/** The arithmetic of a relation (M1), and the parts that it takes; that of a multiple is not checked. */
function arithmeticOf(rule: CheckRule): {
  parts: readonly string[];
  of: (values: readonly number[]) => number;
} {
  switch (rule.relation) {
    case "share":
      return { parts: ["part", "others"], of: (values) => at(values, 0) / sum(values) };
    case "ratio":
      return { parts: ["of", "over"], of: (values) => at(values, 0) / at(values, 1) };
    case "sum":
      return { parts: ["parts"], of: sum };
    case "compound":
      return { parts: ["growths"], of: grown };
    case "upside":
      return { parts: ["from", "to"], of: (values) => at(values, 1) / at(values, 0) - 1 };
    case "fx":
      return { parts: ["local", "currency"], of: grown };
    case "pe":
      throw new RangeError("a multiple is not checked");
  }
}

/** What the fact of a number is called; one that is rounded otherwise than it was entered has its decimals in its name. */
function idOf(operand: OperandRule): string {
  if ("fact" in operand) return operand.fact;
  const { series, decimals } = operand;
  return `checks.quoted.${series}${decimals === null ? "" : `.decimals-${decimals}`}`;
}

interface Relation {
  readonly rule: CheckRule;
  /** Whether one of its numbers is somebody's. */
  readonly isQuoted: boolean;
  /** `null` where no number is stated. */
  readonly holds: boolean | null;
  /** The stated number, by the id of its fact. */
  readonly stated: Readonly<Record<string, number>>;
  readonly implied: { readonly low: number; readonly value: number; readonly high: number };
}

/** What became of a relation; `null` where a number is missing. */
function relationOf(world: World, rule: CheckRule): Relation | null {
  const all = (part: string) => (rule.numbers[part] ?? []).map((operand) => numberOf(world, operand));
  const { parts, of } = arithmeticOf(rule);
  const numbers = parts.flatMap(all);
  const part = rule.relation === "fx" ? "dollars" : "stated";
  const [stated] = all(part);
  const found = numbers.filter((number) => number !== null);
  if (found.length < numbers.length || stated === null) return null;
  const implied = ends(found, of);
  const isQuoted = [...found, stated].some((number) => number?.isOurs === false);
  if (stated === undefined) return { rule, isQuoted, holds: null, stated: {}, implied };
  // Beside a number of ours a vendor's return in dollars may lie half a point away: another index, another fixing (G9).
  const allowed = rule.relation === "fx" && found.some(({ isOurs }) => isOurs) ? 0.005 : 0;
  const gap = Math.abs(stated.value - implied.value);
  const meets =
    stated.value + stated.half >= implied.low - 1e-12 && stated.value - stated.half <= implied.high + 1e-12;
  const id = idOf(at(rule.numbers[part] ?? [], 0));
  return { rule, isQuoted, holds: meets || gap <= allowed + 1e-12, stated: { [id]: stated.value }, implied };
}

function quotedTruth(world: World): Truth {
  const done = world.workspace.checks.map((rule) => relationOf(world, rule)).filter((each) => each !== null);
  const count = (holds: boolean | null) => done.filter((each) => each.holds === holds).length;
  const [held, failed] = [count(true), count(false)];
  // What numbers of ours make of each other is nothing that quoted numbers imply.
  const implied = done.filter(({ holds, isQuoted }) => holds === null && isQuoted).length;
  const first = done.find(({ holds }) => holds === false);
  const words: Readonly<Record<string, boolean>> = {
    agree: held >= 1 && failed === 0,
    disagree: failed > 0,
    implied: held + failed === 0 && implied >= 1,
  };
  return {
    facts: {
      "checks.checked": held + failed,
      "checks.held": held,
      "checks.implied": implied,
      "checks.all": done.length,
      ...(first === undefined
        ? {}
        : {
            ...first.stated,
            [`checks.${first.rule.id}.implied`]: first.implied.value,
            [`checks.${first.rule.id}.low`]: first.implied.low,
            [`checks.${first.rule.id}.high`]: first.implied.high,
          }),
    },
    names: { first: first === undefined ? [] : [first.rule.name] },
    says: {
      ...Object.fromEntries(
        Object.entries(words).flatMap(([word, holds]) => [
          [`checks.${word}.claim`, holds],
          [`checks.${word}.text`, holds],
        ]),
      ),
      "checks.agree.text.all": words.agree === true && implied === 0,
      "checks.agree.text.part": words.agree === true && implied > 0,
      "checks.disagree.first": failed > 0,
    },
  };
}

/** What is said of relations between quoted numbers. */
export const quotedCheckers: readonly Checker[] = [
  {
    section: "checks",
    standard: "M1 consistency",
    ids: /^checks\.quoted\.(agree|disagree|implied)$/,
    truth: (world) => quotedTruth(world),
  },
];
