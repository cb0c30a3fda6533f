import type { WorkspaceConfig } from "#src/config/schema.ts";
import type { EpicentreRule } from "#src/domain/epicentre-rules.ts";
import type { GridRule } from "#src/domain/grid-rules.ts";

/** The sector in focus; `null` where none is. */
export function resolveEpicentre({ epicentre }: WorkspaceConfig): EpicentreRule | null {
  if (epicentre === undefined) return null;
  const { multiple = null, earnings = null, volume = null } = epicentre;
  return { ...epicentre, multiple, earnings, volume };
}

/** The theme in focus; `null` where none is. */
export const resolveGrid = ({ grid }: WorkspaceConfig): GridRule | null =>
  grid === undefined ? null : { ...grid, volume: grid.volume ?? null };
