import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import { ok } from "#src/metrics/result.ts";
import { listed, narrativeFacts } from "#src/sections/narrative-data.ts";
import type { Intensities } from "#src/sections/narrative-intensity.ts";
import type { Measured } from "#src/sections/narrative-table.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** What of the section is missing: first the headlines, then the measures without a number, in one line, and the series left out. */
export function gapsOf(context: SectionContext, measured: Measured): readonly Say[] {
  const { intensities, tones, diffusion, victims, capex, assets } = measured;
  const lacking = [
    ...tones.filter(({ tone }) => isMissing(tone)).map(({ theme }) => term("tone", theme.short)),
    ...(diffusion && isMissing(diffusion.hit) ? [term("diffusion")] : []),
    ...(victims && isMissing(victims.rise) ? [term("victims", victims.rule.name)] : []),
    ...(capex && isMissing(capex.spent) ? [term("capex")] : []),
    ...(assets && isMissing(assets.spread) ? [term("assets")] : []),
  ];
  return [...intensityGaps(context, intensities), ...lacking, ...absentOf(context, measured)];
}

const isMissing = ({ value }: Fact): boolean => value === null;

const term = (what: string, theme?: { readonly en: string; readonly "zh-CN": string }): Say =>
  say(`narrative.gap.${what}`, theme === undefined ? {} : { name: { name: theme } });

/** A narrative without intensity, and why; once where both have none for one reason. */
function intensityGaps(context: SectionContext, { told, news }: Intensities): readonly Say[] {
  const out = told.filter(({ value }) => isMissing(value));
  const [first] = out;
  if (first === undefined) return [];
  const reason = first.value.reasons[0];
  const name = { name: listed(out.map(({ theme }) => theme.short)) };
  if (reason?.code !== "too-few" || reason.need === undefined)
    return [say("narrative.gap.intensity", { name })];
  const fact = narrativeFacts(context, "contest", {
    series: news.told.flatMap((each) => each?.series ?? []),
    method: "N1 weeks of the base",
  });
  return [
    say("narrative.gap.short", {
      name,
      have: { fact: fact("have", ok(reason.have ?? 0, 1), "count").id },
      need: { fact: fact("need", ok(reason.need, 1), "count").id },
    }),
  ];
}

/** Series that do not count. */
function absentOf({ facts }: SectionContext, measured: Measured): readonly Say[] {
  const { intensities, tones, diffusion, victims, capex, assets } = measured;
  const all: readonly Column[] = [
    ...intensities.news.absent,
    ...[...tones, diffusion, victims, capex, assets].flatMap((each) => each?.absent ?? []),
  ];
  const columns = [...new Map(all.map((column) => [column.series.id, column])).values()];
  const [first, ...others] = columns;
  if (first === undefined) return [];
  const name = { name: first.series.short };
  if (others.length === 0) return [say("narrative.gap.absent.one", { name })];
  const n = facts.add({
    id: "narrative.absent",
    value: others.length,
    unit: "count",
    series: columns.map(({ series }) => series.id),
    method: "series left out",
  });
  return [say("narrative.gap.absent.several", { name, n: { fact: n.id } })];
}
