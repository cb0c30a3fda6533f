import handlebars from "handlebars";
import type { Figure } from "#src/domain/figure.ts";
import type { Locale } from "#src/domain/locale.ts";
import { figureCid, type MailRules, unsubscribePlaceholder } from "#src/domain/mail.ts";
import type { Say } from "#src/domain/say.ts";
import type { RankedStatement } from "#src/domain/statement.ts";
import type { ColourConvention } from "#src/domain/workspace.ts";
import { creditsOf, type Desk, drawFigure, helpersOf, mastheadOf } from "#src/render/desk.ts";
import { mailFigure } from "#src/render/mail-figure.ts";
import { oneLine, subjectLine } from "#src/render/mail-subject.ts";
import { plainMail } from "#src/render/mail-text.ts";
import type { KeyNumber } from "#src/sections/headline.ts";
import { leading, sentencesEach } from "#src/sections/headline.ts";
import { say } from "#src/sections/section.ts";

/** The mail of one edition before its picture is taken. */
export interface SetMail {
  readonly html: string;
  readonly text: string;
  /** The SVG of its figure; `null` where it has none. */
  readonly svg: string | null;
}

/**
 * Sets the mail of the edition of a desk: what page one says, for a reader who may never open the issue. The subject is its title. Facts stand
 * in it as in the edition; the address for unsubscribing is still a placeholder.
 */
export async function setMail(desk: Desk, rules: Pick<MailRules, "site">): Promise<SetMail> {
  const { input } = desk;
  const figure = mailFigure(input.composed);
  const model = modelOf(desk, rules, figure);
  return {
    html: input.templates.run("mail", model, { ...helpersOf(desk), ...toneHelper(desk) }),
    text: plainMail(input.templates.run("mail.txt", model, plainHelpers(desk)), input.locale),
    svg: figure === null ? null : await drawFigure(desk, figure),
  };
}

const hei = "'PingFang SC','Microsoft YaHei','Hiragino Sans GB','Noto Sans CJK SC',sans-serif";
/** Families that mail programs have, for none can be brought along, and heights of lines in px. */
const type = {
  en: {
    display: "Georgia,'Times New Roman',serif",
    sans: "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif",
    ...{ wide: 31, narrow: 27, lead: 24, body: 23, small: 19, note: 18 },
  },
  "zh-CN": {
    display: hei,
    sans: hei,
    ...{ wide: 37, narrow: 32, lead: 28, body: 26, small: 21, note: 20 },
  },
} as const;

function modelOf(desk: Desk, { site }: Pick<MailRules, "site">, figure: Figure | null) {
  const { workspace, publication, composed, locale } = desk.input;
  const { asOf } = composed.facts;
  const front = composed.sections.find(({ name }) => name === "headline") ?? composed.sections[0];
  const [first, ...others] = leading(composed.facts.statements);
  const claim = first?.claim ?? front?.claim ?? say("headline.none.claim");
  const masthead = mastheadOf(desk);
  return {
    locale,
    font: type[locale],
    subject: subjectOf(desk, claim),
    preheader: first?.text[0] ?? masthead.known,
    brand: workspace.brand.name,
    simulated: workspace.simulated,
    masthead,
    claim,
    lead: first?.text.slice(0, sentencesEach) ?? [],
    points: pointsOf(others),
    keyNumbers: front?.name === "headline" ? composed.keyNumbers.map(rowOf) : [],
    convention: `page.convention.${publication.colours[locale]}`,
    figure: figure && { ...figure, cid: figureCid, credits: creditsOf(desk, figure) },
    ...gapsOf(desk),
    archive: `${site}/${publication.id}/${asOf.date}/${locale}.html`,
    unsubscribe: unsubscribePlaceholder,
    why: say("mail.why", { publication: { name: publication.title } }),
  };
}

function subjectOf({ input, translate, set }: Desk, claim: Say): string {
  const { workspace, publication, locale } = input;
  const lead = say(workspace.simulated ? "mail.subject.simulated" : "mail.subject.plain", {
    publication: { name: publication.title },
    date: { fact: "issue.date", full: true },
  });
  const text = [lead, claim].map(translate).join(locale === "en" ? " " : "");
  return subjectLine(text, locale, set.plain);
}

/** The statements after the first, those of one section together in the place of its first. */
const pointsOf = (statements: readonly RankedStatement[]) =>
  [...Map.groupBy(statements, ({ section }) => section)].map(([section, own]) => ({
    kicker: `${section}.kicker`,
    texts: own.map(({ text }) => text.slice(0, sentencesEach)),
  }));

function rowOf({ name, day, value, change, coloured }: KeyNumber) {
  const places = {
    name: { name },
    value: { fact: value.id },
    change: { fact: change.id, signed: true },
    ...(day === null ? {} : { date: { fact: day.id } }),
  };
  return {
    name:
      day === null
        ? say("page.name", { name: { name } })
        : say("headline.strip.dated", { name: { name }, date: { fact: day.id } }),
    line: say(day === null ? "mail.numbers.line" : "mail.numbers.dated", places),
    value: value.id,
    change: change.id,
    coloured,
  };
}

/** Gaps that a mail has room for; the issue says them all. */
const mostGaps = 3;

function gapsOf({ input: { composed } }: Desk) {
  const gaps = composed.sections.flatMap((section) => section.gaps);
  return { gaps: gaps.slice(0, mostGaps), hasMoreGaps: gaps.length > mostGaps };
}

const ink = "#14202b";
/** Colours of gains and losses as on the page (`templates/style/1-tokens.css`): mail programs know no custom properties. */
const tones: Readonly<Record<ColourConvention, { readonly up: string; readonly down: string }>> = {
  west: { up: "#0b7a5a", down: "#b2182b" },
  "east-asia": { up: "#b2182b", down: "#0b7a5a" },
  korea: { up: "#c62828", down: "#1565c0" },
  cvd: { up: "#0072b2", down: "#b4540a" },
};

const arrowOf = (classes: string, sign: string) =>
  new handlebars.SafeString(
    `<span class="${classes}" aria-hidden="true" style="font-size:11px;">${sign}</span>&nbsp;`,
  );
const arrows = new Map<string | undefined, handlebars.SafeString>([
  ["up", arrowOf("tri", "▲")],
  ["down", arrowOf("tri d", "▼")],
]);

function toneHelper({ facts, input: { publication, locale } }: Desk) {
  const tone = tones[publication.colours[locale]];
  const stateOf = (id: string) => facts.get(id)?.state;
  return {
    tone: (id: string, coloured: boolean) => {
      const state = stateOf(id);
      return coloured && (state === "up" || state === "down") ? tone[state] : ink;
    },
    /** A sign of its own, for those who do not see the colour. */
    arrow: (id: string) => arrows.get(stateOf(id)) ?? "",
  };
}

/** The helpers of the text part: the same words as bare text. */
function plainHelpers({ input, translate, set }: Desk) {
  const { locale } = input;
  const safe = (text: string) => new handlebars.SafeString(oneLine(text));
  const spoken = (message: Say) => set.plain(translate(message));
  return {
    t: (key: string) => safe(spoken(say(key))),
    say: (message: Say) => safe(spoken(message)),
    text: (message: Say) => safe(spoken(message)),
    sentences: (messages: readonly Say[]) => safe(messages.map(spoken).join(locale === "en" ? " " : "")),
    named: (name: Readonly<Record<Locale, string>>) => safe(name[locale]),
    colon: () => `${spoken(say("mail.colon"))}${locale === "en" ? " " : ""}`,
  };
}
