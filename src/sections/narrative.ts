import type { NarrativeRules } from "#src/domain/narrative-rules.ts";
import type { Say } from "#src/domain/say.ts";
import type { Statement } from "#src/domain/statement.ts";
import { assetsOf, assetsQuestion } from "#src/sections/narrative-assets.ts";
import { capexOf, capexQuestion } from "#src/sections/narrative-capex.ts";
import { stakeOf } from "#src/sections/narrative-capital.ts";
import { diffusionOf, diffusionQuestion } from "#src/sections/narrative-diffusion.ts";
import { intensitiesFigure } from "#src/sections/narrative-figure.ts";
import { gapsOf } from "#src/sections/narrative-gaps.ts";
import { contestQuestion, intensitiesOf } from "#src/sections/narrative-intensity.ts";
import { measuresTable } from "#src/sections/narrative-table.ts";
import { toneOf, toneQuestion } from "#src/sections/narrative-tone.ts";
import { victimsOf, victimsQuestion } from "#src/sections/narrative-victims.ts";
import {
  type Answers,
  type Draft,
  emptySection,
  type Question,
  type Section,
  type SectionContext,
  say,
} from "#src/sections/section.ts";

/** Two narratives: how much each is told and in what tone, how far the one spreads, whom it hurts, and what is built on it. */
export function narrative(context: SectionContext): Draft {
  const { narratives } = context.workspace;
  return narratives === null
    ? { questions: [], page: () => bare([say("narrative.gap.none")]) }
    : followed(context, narratives);
}

function followed(context: SectionContext, rules: NarrativeRules): Draft {
  const intensities = intensitiesOf(context, rules);
  const stake = stakeOf(context, rules);
  const tones = rules.themes.flatMap((theme) => toneOf(context, theme) ?? []);
  const diffusion = diffusionOf(context, rules);
  const victims = victimsOf(context, rules, intensities);
  const capex = capexOf(context, rules);
  const assets = assetsOf(context, rules);
  const measured = { intensities, stake, tones, diffusion, victims, capex, assets };
  const told = [contestQuestion(intensities, stake), ...tones.map(toneQuestion)];
  const spread = [
    ...(diffusion === null ? [] : [diffusionQuestion(context, diffusion)]),
    ...(victims === null ? [] : [victimsQuestion(victims)]),
  ];
  const built = [
    ...(capex === null ? [] : [capexQuestion(capex)]),
    ...(assets === null ? [] : [assetsQuestion(assets)]),
  ];
  const figure = intensitiesFigure(context, intensities);
  const table = measuresTable(measured);
  const gaps = gapsOf(context, measured);
  return {
    // Of equals the first leads page one: what was found of the narratives, before how loud they are.
    questions: [...spread, ...built, ...told],
    page(answers) {
      const paragraphs = [told, spread, built].map((questions) => saidOf(answers, questions));
      return {
        ...bare(gaps),
        claim: leading(paragraphs.flat())?.claim ?? say("narrative.none.claim"),
        words: paragraphs.map((said) => said.flatMap(({ text }) => text)).filter(({ length }) => length > 0),
        figures: figure === null ? [] : [figure],
        tables: table === null ? [] : [table],
      };
    },
  };
}

const bare = (gaps: readonly Say[]): Section => emptySection("narrative", say("narrative.none.claim"), gaps);

const saidOf = (answers: Answers, questions: readonly Question[]): readonly Statement[] =>
  questions.flatMap((question) => answers(question).statement ?? []);

/** What leads, the strongest first: that both are told much, that one spreads or hurts, that what is built earns less. */
const order = [
  /\.battle-for-trillions$/u,
  /\.battle$/u,
  /\.spreading$/u,
  /\.asymmetric$/u,
  /\.questioned$/u,
  /\.both-told-much$/u,
  /-told-much$/u,
  /\.tone\.darker$/u,
  /-ahead$/u,
  /\.tone\.brighter$/u,
  /\.usual$/u,
];

function leading(said: readonly Statement[]): Statement | undefined {
  for (const pattern of order) {
    const found = said.find(({ id }) => pattern.test(id));
    if (found !== undefined) return found;
  }
  return said[0];
}
