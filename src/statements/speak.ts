import type { Fact, Reason } from "#src/domain/fact.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Refusal, Statement } from "#src/domain/statement.ts";
import type { Condition, Found, Ladder, Piece, Plain, Rule, Subject } from "#src/statements/rule.ts";

/** What became of one subject: the sentence that stands, if any, and the stronger ones that were not earned. */
export interface Answer {
  readonly statement: Statement | null;
  readonly refusals: readonly Refusal[];
}

/**
 * Goes down the ladder: the first rule that is about such evidence and is earned speaks; each before it that was about it
 * and not earned is refused, with the reasons and with what is said instead.
 *
 * @throws {RangeError} if the subject's evidence is not what the ladder declares, or a rule names evidence that there is not
 */
export function speak(ladder: Ladder, subject: Subject): Answer {
  declared(ladder, subject);
  const asked = ladder.rules.filter((rule) => isAbout(rule, subject));
  const spoken = asked.findIndex((rule) => isEarned(rule, subject));
  const rule = asked[spoken];
  const statement = rule === undefined ? null : statementOf(ladder, rule, subject);
  const above = rule === undefined ? asked : asked.slice(0, spoken);
  return {
    statement,
    refusals: above.map((each) => refusalOf(ladder, each, subject, statement?.id ?? null)),
  };
}

/** Whether a rule is about such evidence at all. */
export const isAbout = (rule: Rule, subject: Subject): boolean =>
  (rule.if ?? []).every((each) => holds(subject, each));

/** Whether what a rule is about has earned it: all of its gate holds, and all that it would tell is there. */
export const isEarned = (rule: Rule, subject: Subject): boolean =>
  [...(rule.gate ?? []), ...told(rule, subject)].every((each) => holds(subject, each));

/** That whatever is told, or stands in a key, is known. */
const told = ({ word, claim, text, tells }: Rule, subject: Subject): readonly Condition[] => {
  const keys = [word, claim, ...text.filter((sentence) => typeof sentence === "string")];
  return known([...tells, ...keys.flatMap(operandsOf)], subject);
};

/** That evidence is known; what is no evidence is a name, and always there. */
const known = (tells: readonly string[], subject: Subject): readonly Condition[] =>
  tells
    .map((each) => each.split("=").at(-1) ?? each)
    .filter((operand) => nameOf(operand) in subject.evidence)
    .map((operand): Condition => [operand, "known", null, "no-value"]);

const operandsOf = (template: string): readonly string[] =>
  [...template.matchAll(/\{([^}]+)\}/g)].map(([, operand = ""]) => operand);

function declared({ id, evidence }: Ladder, subject: Subject): void {
  const [want, have] = [Object.keys(evidence), Object.keys(subject.evidence)];
  const wrong = [
    ...want.filter((name) => !have.includes(name)),
    ...have.filter((name) => !(name in evidence)),
  ];
  if (wrong.length > 0)
    throw new RangeError(
      `ladder ${id} requires its own evidence of ${subject.id}, got otherwise: ${wrong.join(", ")}`,
    );
}

function statementOf(ladder: Ladder, rule: Rule, subject: Subject): Statement {
  const fill = (template: string) => filled(template, subject);
  const said = (key: string, tells: readonly string[], name: Place | undefined): Say => {
    const places = placesOf(tells, subject);
    return { key: fill(key), places: name ? { ...places, name } : places };
  };
  return {
    id: idOf(ladder, rule.word, subject),
    section: sectionOf(ladder, subject),
    claim: said(rule.claim, rule.tells, subject.name),
    text: rule.text.flatMap((sentence) => {
      if (typeof sentence === "string") return [said(sentence, rule.tells, subject.prose)];
      const { say, if: when, tells = [] } = sentence;
      const isSaid = [...when, ...known(tells, subject)].every((each) => holds(subject, each));
      return isSaid ? [said(say, [...rule.tells, ...tells], subject.prose)] : [];
    }),
    gate: { rule: ladder.standard, found: foundOf(rule, subject) },
    tail: { ...tailOf(rule, subject), record: rule.record === true },
    stance: rule.stance === undefined ? null : fill(rule.stance),
    proof: subject.proof ?? null,
    lasting: rule.passing !== true,
    earned: (rule.gate ?? []).length > 0,
  };
}

const sectionOf = (ladder: Ladder, { section }: Subject): string => section ?? ladder.section;

const idOf = (ladder: Ladder, word: string, subject: Subject): string =>
  [sectionOf(ladder, subject), subject.id, filled(word, subject)].filter((part) => part !== "").join(".");

const refusalOf = (ladder: Ladder, rule: Rule, subject: Subject, instead: string | null): Refusal => ({
  id: idOf(ladder, rule.refused ?? rule.word, subject),
  word: rule.named ?? filled(rule.word, subject),
  section: sectionOf(ladder, subject),
  reasons: whyNot(rule, subject),
  instead,
});

/**
 * What of its gate does not hold; where all does, what it would tell and is not there. Where all that lacks was measured and is none,
 * which has no reason of its own, the codes of the conditions.
 */
function whyNot(rule: Rule, subject: Subject): readonly Reason[] {
  const reasons = (conditions: readonly Condition[]) =>
    distinct(conditions.filter((each) => !holds(subject, each)).flatMap((each) => reasonsOf(subject, each)));
  const all = [...(rule.gate ?? []), ...told(rule, subject)].filter((each) => !holds(subject, each));
  const codes = distinct(all.map(([operand, , , lacks]) => ({ code: lacks ?? operand })));
  return (
    [reasons(rule.gate ?? []), reasons(told(rule, subject)), codes].find(({ length }) => length > 0) ?? []
  );
}

/** What several conditions lack alike is named once. */
const distinct = (reasons: readonly Reason[]): readonly Reason[] => [
  ...new Map(reasons.map((reason) => [reason.code, reason])).values(),
];

/** Whether the evidence fulfils a condition. */
export function holds(subject: Subject, [operand, comparison, limit]: Condition): boolean {
  const value = standsFor(subject, operand);
  switch (comparison) {
    case "known":
      return value !== null;
    case "is":
      return value === limit;
    case "is not":
      return value !== limit;
    case "in":
      return Array.isArray(limit) && limit.includes(value);
    default:
      return typeof value === "number" && typeof limit === "number" && compared(value, comparison, limit);
  }
}

/** What rounding may take from a number that is exactly at its limit, against the limit's size. */
const slack = 1e-9;

function compared(value: number, comparison: ">=" | ">" | "<=" | "<", limit: number): boolean {
  const isAt = Math.abs(value - limit) <= slack * Math.max(1, Math.abs(limit));
  switch (comparison) {
    case ">=":
      return value > limit || isAt;
    case ">":
      return value > limit && !isAt;
    case "<=":
      return value < limit || isAt;
    case "<":
      return value < limit && !isAt;
  }
}

/** Why a condition is not met: the reasons of what is missing, where it has some; else the condition's code, what it needs and has. */
function reasonsOf(subject: Subject, [operand, , limit, lacks]: Condition): readonly Reason[] {
  const piece = subject.evidence[nameOf(operand)];
  if (isFound(piece) && piece.value === null) return piece.reasons;
  const have = standsFor(subject, operand);
  const numbers = {
    ...(typeof limit === "number" ? { need: limit } : {}),
    ...(typeof have === "number" ? { have } : {}),
  };
  return [{ code: lacks ?? operand, ...numbers }];
}

const nameOf = (operand: string): string => operand.split(".")[0] ?? operand;

const isFound = (piece: Piece | undefined): piece is Fact | Found =>
  typeof piece === "object" && piece !== null;

const isFact = (piece: Piece | undefined): piece is Fact => isFound(piece) && "id" in piece;

/** What stands behind an operand: a value, or one of a fact's traits. */
function standsFor(subject: Subject, operand: string): Plain {
  const [name = "", trait] = operand.split(".");
  const piece = subject.evidence[name];
  if (piece === undefined)
    throw new RangeError(`a rule asks ${subject.id} for evidence ${name}, which there is not`);
  if (trait === undefined) return isFound(piece) ? piece.value : piece;
  return isFact(piece) ? traitOf(piece, trait) : null;
}

function traitOf(fact: Fact, trait: string): Plain {
  switch (trait) {
    case "state":
    case "status":
      return fact[trait];
    case "n":
      return fact.window.n;
    case "p":
    case "q":
    case "percentile":
      return fact.stats?.[trait] ?? null;
    default:
      throw new RangeError(`a rule asks ${fact.id} for its ${trait}, which facts have not`);
  }
}

const filled = (template: string, subject: Subject): string =>
  template.replaceAll(/\{([^}]+)\}/g, (_, operand: string) => {
    if (operand === "id") return subject.id;
    return operand === "section" ? (subject.section ?? "") : String(standsFor(subject, operand));
  });

/** What is told, by place. */
function placesOf(tells: readonly string[], subject: Subject): Readonly<Record<string, Place>> {
  return Object.fromEntries(
    tells.flatMap((each): [string, Place][] => {
      const [place = each, name = place] = each.split("=");
      const given = subject.places?.[name];
      if (given !== undefined) return [[place, given]];
      const piece = subject.evidence[name];
      return isFact(piece) ? [[place, { fact: piece.id }]] : [];
    }),
  );
}

/** All evidence, and the traits of facts that the gate asked for. */
const foundOf = (rule: Rule, subject: Subject): Statement["gate"]["found"] =>
  Object.fromEntries(
    [
      ...Object.keys(subject.evidence),
      ...[...(rule.if ?? []), ...(rule.gate ?? [])].map(([operand]) => operand),
    ].map((operand) => [operand, standsFor(subject, operand)]),
  );

function tailOf({ surprise }: Rule, subject: Subject): { readonly share: number; readonly n: number } {
  const piece = surprise === undefined ? undefined : subject.evidence[surprise];
  const { tail, sample } = (isFact(piece) ? piece.stats : undefined) ?? {};
  return { share: tail ?? 1, n: sample ?? 1 };
}
