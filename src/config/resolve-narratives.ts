import { localised } from "#src/config/primitives.ts";
import type { WorkspaceConfig } from "#src/config/schema.ts";
import type { Localised } from "#src/domain/locale.ts";
import type {
  CapexRule,
  DiffusionRule,
  NarrativeRules,
  NarrativeTheme,
  VictimRule,
} from "#src/domain/narrative-rules.ts";

type Config = NonNullable<WorkspaceConfig["narratives"]>;

const usualName: Localised = { en: "Exposed names", "zh-CN": "相关公司" };
const usualProse: Localised = { en: "the exposed names", "zh-CN": "相关公司" };

/** The two narratives, and what is measured of them; `null` where none are followed. */
export function resolveNarratives({ narratives }: WorkspaceConfig): NarrativeRules | null {
  if (narratives === undefined) return null;
  const [first, second] = Object.entries(narratives.themes).map(([id, theme]) =>
    resolveTheme(id, theme, narratives),
  );
  if (first === undefined || second === undefined) throw new RangeError("two narratives were not checked");
  return {
    themes: [first, second],
    capital: Object.values(narratives.capital),
    victims: resolveVictims(narratives, first.id),
    diffusion: resolveDiffusion(narratives, first.id),
    capex: resolveCapex(narratives),
    intensity: Object.entries(narratives.intensity).map(([series, assets]) => ({ series, assets })),
  };
}

function resolveTheme(
  id: string,
  { name, short = name, prose = short, hits, share, tone }: Config["themes"][string],
  { sources }: Config,
): NarrativeTheme {
  const counted = Object.entries(hits).flatMap(([source, series]) => {
    const articles = sources[source]?.articles;
    return articles === undefined ? [] : [{ hits: series, articles }];
  });
  return {
    id,
    name: localised(name),
    short: localised(short),
    prose: localised(prose),
    sources: [...counted, ...share.map((series) => ({ share: series }))],
    tone,
  };
}

function resolveVictims({ victims }: Config, first: string): VictimRule | null {
  if (victims === undefined) return null;
  const { name, theme = first, members, market } = victims;
  return {
    theme,
    name: name === undefined ? usualName : localised(name),
    prose:
      victims.prose === undefined
        ? name === undefined
          ? usualProse
          : localised(name)
        : localised(victims.prose),
    members,
    market,
  };
}

function resolveDiffusion(
  { subindustries, risk, victims, market }: Config,
  first: string,
): DiffusionRule | null {
  if (subindustries.length === 0 || market === undefined) return null;
  return {
    theme: risk ?? victims?.theme ?? first,
    market,
    industries: subindustries.map(({ series, mentions, articles }) => ({
      series,
      news: mentions === undefined || articles === undefined ? null : { mentions, articles },
    })),
  };
}

const resolveCapex = ({ capex }: Config): CapexRule | null =>
  capex === undefined ? null : { ...capex, market: capex.market ?? null };
