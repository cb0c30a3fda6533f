import type { Fact } from "#src/domain/fact.ts";
import { type AssetShares, assetShares } from "#src/sections/flow-assets.ts";
import type { Group } from "#src/sections/flow-data.ts";
import { type Pace, paceOf } from "#src/sections/flow-pace.ts";
import { type Rotation, rotationOf } from "#src/sections/flow-rotation.ts";
import { type Size, sizeOf } from "#src/sections/flow-size.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";

/** What is measured of a group beside its sums. */
export interface Gauges {
  readonly group: Group;
  readonly due: Fact;
  readonly four: Fact;
  readonly assets: AssetShares | null;
  readonly size: Size;
  readonly pace: Pace;
  readonly rotation: Rotation;
}

/** The gauges of a group; none where its last four weeks have no sum. */
export function gaugesOf(
  context: SectionContext,
  group: Group,
  compared: readonly Group[],
  due: Fact,
): readonly Gauges[] {
  const [four] = group.recent;
  if (four === undefined || four.value === null) return [];
  return [
    {
      group,
      due,
      four,
      assets: assetShares(context, group),
      size: sizeOf(context, group),
      pace: paceOf(context, group),
      rotation: rotationOf(context, group, compared, due),
    },
  ];
}

/** What the rules are asked about a group, in the order in which the page says it. */
export const questionsOf = ({ rotation, size, pace }: Gauges): readonly Question[] => [
  rotation.question,
  size.question,
  pace.question,
];
