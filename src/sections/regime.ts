import { conditionsOf, conditionsTable, gapsOf } from "#src/sections/regime-conditions.ts";
import { counts, gridFigure, gridTable, summaryClaim } from "#src/sections/regime-grid.ts";
import { gap, marketOf, type Placed } from "#src/sections/regime-market.ts";
import { type Draft, type SectionContext, say } from "#src/sections/section.ts";

/** Where each market stands on the trend and volatility grid, and what else the state of markets is judged by. */
export function regime(context: SectionContext): Draft {
  const markets = context.workspace.regime.map((id) => marketOf(context, context.panel.column(id)));
  const placed = markets.flatMap((each): readonly Placed[] =>
    each.measured.value === null ? [] : [{ ...each, cell: each.measured.value }],
  );
  const absent = markets.filter(({ measured }) => measured.value === null);
  const findings = conditionsOf(context, markets);
  return {
    questions: [...markets, ...findings].flatMap((each) =>
      "question" in each ? [each.question] : each.questions,
    ),
    page(answers) {
      const statements = placed.flatMap(({ question }) => answers(question).statement ?? []);
      const rarest = statements.toSorted((a, b) => a.tail.share - b.tail.share)[0];
      const counted = placed.length > 0 ? counts(context, placed) : null;
      return {
        name: "regime",
        claim: counted ? summaryClaim(placed, counted, statements) : say("regime.none.claim"),
        standfirst: null,
        words: [
          counted && placed.length > 1 ? [say("regime.summary", counted)] : [],
          rarest?.text ?? [],
        ].filter(({ length }) => length > 0),
        figures: [
          ...(counted ? [gridFigure(placed, counted)] : []),
          ...findings.flatMap((finding) => finding.figures(answers)),
        ],
        tables: [
          ...(placed.length > 0 ? [gridTable(context, placed)] : []),
          ...conditionsTable(findings, answers),
        ],
        refusals: [],
        gaps: [...absent.map(({ column }) => gap(context, column)), ...gapsOf(findings)],
      };
    },
  };
}
