import type { Fact, Reason } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { monthEnds } from "#src/metrics/month-ends.ts";
import { percentileRank } from "#src/metrics/percentile-rank.ts";
import { insufficient, type Measured, mapMeasured } from "#src/metrics/result.ts";
import { type TrailingPeak, trailingPeak } from "#src/metrics/trailing-peak.ts";
import { nothing, type Part, type Sector } from "#src/sections/epicentre-part.ts";
import { type Split, splitsOf, splitTable } from "#src/sections/epicentre-split.ts";
import { shortName, staleness, subjectOf } from "#src/sections/market.ts";
import { type AddFact, factsOf } from "#src/sections/regime-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { rankTail } from "#src/sections/tail.ts";
import { sectorMultiple } from "#src/statements/rules/epicentre.ts";

const years = 3;
/** Month-ends that the ratio is ranked among before it counts as rare, and months of which neighbours are made (G20). */
const need = { min: 60, preferred: 180 };
const overlap = 12;

/** The multiple against its peak of three years (S2), and what of the return since was earnings and what the multiple (V3). */
export function multipleOf(context: SectionContext, found: Sector): Part {
  const { rule, sector, prefix } = found;
  if (rule.multiple === null) return nothing;
  const column = context.panel.column(rule.multiple);
  const late = staleness(context, column);
  const measured = late === null ? trailingPeak(column.dates, column.values, years) : insufficient(0, late);
  const facts = multipleFacts(context, prefix, column, measured);
  const splits = measured.value === null ? null : splitsOf(context, found, column, measured.value);
  const isKnown = facts.ratio.value !== null;
  return {
    ...nothing,
    questions: [
      {
        ladder: sectorMultiple,
        subject: {
          ...subjectOf(sector.series),
          places: signed(splits?.peak ?? null),
          evidence: {
            ...facts,
            isWhole: measured.value?.isWhole ?? null,
            isPeak: measured.value === null ? null : measured.value.ratio === 1,
            ...changes(splits?.peak ?? null),
          },
        },
      },
    ],
    tables: splits === null ? [] : splitTable(found, splits),
    gaps: [
      ...(isKnown ? [] : [say("epicentre.gap.multiple", { name: shortName(column.series) })]),
      ...(splits === null || splits.lack === null ? [] : [say(`epicentre.gap.split.${splits.lack}`)]),
    ],
  };
}

const lacking: { readonly value: null; readonly reasons: readonly Reason[] } = {
  value: null,
  reasons: [{ code: "no-split" }],
};

/** The changes since the peak as the rules see them. */
const changes = (split: Split | null) => ({
  price: split?.price.change ?? lacking,
  earnings: split?.earnings.change ?? lacking,
});

/** They are told side by side, each with its sign. */
function signed(split: Split | null) {
  if (split === null) return {};
  const place = ({ change }: Split["price"]) => ({ fact: change.id, signed: true });
  return { price: place(split.price), earnings: place(split.earnings) };
}

type Facts = Readonly<Record<"multiple" | "peak" | "ratio" | "peakDate" | "date", Fact>>;

function multipleFacts(
  context: SectionContext,
  prefix: string,
  { series, dates, values }: Column,
  measured: Measured<TrailingPeak>,
): Facts {
  const fact: AddFact = factsOf(context, prefix, {
    series: [series.id],
    method: "B3 multiple against its trailing peak of three years",
    params: { years },
    window: { start: measured.value?.from ?? null, end: dates.at(-1) ?? null, n: measured.n },
  });
  const latest = values.at(-1) ?? Number.NaN;
  return {
    multiple: fact(
      "multiple",
      mapMeasured(measured, () => latest),
      "multiple",
    ),
    peak: fact(
      "multiple-peak",
      mapMeasured(measured, ({ peak }) => peak),
      "multiple",
    ),
    ratio: fact(
      "multiple-to-peak",
      mapMeasured(measured, ({ ratio }) => ratio),
      "share",
      {
        stats: tailOfRatio(dates, values, measured),
      },
    ),
    peakDate: fact(
      "multiple-peak-date",
      mapMeasured(measured, ({ peakDate }) => peakDate),
      "date",
    ),
    date: fact(
      "multiple-date",
      mapMeasured(measured, () => dates.at(-1) ?? ""),
      "date",
    ),
  };
}

/** How rare the ratio is among those of earlier month-ends. */
function tailOfRatio(
  dates: readonly IsoDate[],
  values: readonly number[],
  { value }: Measured<TrailingPeak>,
): NonNullable<Fact["stats"]> {
  if (value === null) return {};
  const history = monthEnds(dates)
    .slice(0, -1)
    .flatMap(({ index }) => {
      const then = trailingPeak(dates.slice(0, index + 1), values.slice(0, index + 1), years).value;
      return then?.isWhole ? [then.ratio] : [];
    });
  const rank = percentileRank(history, value.ratio, need);
  return rank.value === null ? {} : rankTail(rank.value, { n: rank.n, overlap, side: "either" });
}
