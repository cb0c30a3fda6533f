import type { Fact, Reason } from "#src/domain/fact.ts";
import { type Measured, mapMeasured } from "#src/metrics/result.ts";
import { type RotationState, rotationState } from "#src/metrics/rotation-state.ts";
import type { WeeklyFlows } from "#src/metrics/weekly-flows.ts";
import type { Group } from "#src/sections/flow-data.ts";
import { grade } from "#src/sections/market.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { flowRotation } from "#src/statements/rules/flows.ts";

/** Where a group's money goes, and what the rules are asked about it. */
export interface Rotation {
  readonly share: Fact;
  readonly change: Fact;
  /** `in-losing` and so on, by what is printed; `null` where there is none, or the share is what it was. */
  readonly state: string | null;
  readonly basis: RotationState["basis"] | null;
  readonly question: Question;
}

/** The state of a group among those that it is compared with (H7), none where it is compared with none. */
export function rotationOf(
  context: SectionContext,
  group: Group,
  compared: readonly Group[],
  due: Fact,
): Rotation {
  const others = compared.filter((each) => each !== group);
  const measured = stateAmong(group, others);
  const series = [group, ...others].flatMap(({ columns }) => columns.map((column) => column.series.id));
  const add = (measure: string, unit: Fact["unit"], of: (value: RotationState) => number): Fact =>
    context.facts.add({
      ...grade(measured),
      id: `flows.${group.id}.${measure}`,
      value: mapMeasured(measured, of).value,
      unit,
      series,
      window: { end: group.span.due, n: measured.n },
      method: "H7 rotation state",
      params: { basis: measured.value?.basis ?? null },
    });
  const share = add("share.4w", "share", (value) => value.share);
  const before = add("share.52w-before", "share", (value) => value.trailingShare);
  const change = add("share-change", "pp", (value) => value.share - value.trailingShare);
  const [flow = null] = group.recent;
  const state = printedState(flow, change);
  const basis = measured.value?.basis ?? null;
  const place = { name: group.name };
  return {
    share,
    change,
    state,
    basis,
    question: {
      ladder: flowRotation,
      subject: {
        id: group.id,
        name: place,
        prose: place,
        evidence: {
          due,
          flow,
          share,
          before,
          change,
          side: flow?.state === "down" ? "out" : "in",
          isCompared: others.length > 0,
          rotation: state === null ? { value: null, reasons: whyNone(measured, flow) } : `${state}.${basis}`,
        },
      },
    },
  };
}

/** Weeks that one group lacks at the beginning are missing: all are of one length. */
function stateAmong(group: Group, others: readonly Group[]): Measured<RotationState> {
  if (others.length === 0)
    return { status: "undefined", value: null, n: 0, reasons: [{ code: "compared-with-none" }] };
  const length = Math.max(...[group, ...others].map(({ weeks }) => weeks.length));
  const filled = ({ weeks }: Group): WeeklyFlows => [
    ...Array.from({ length: length - weeks.length }, () => null),
    ...weeks,
  ];
  return rotationState(filled(group), others.map(filled));
}

/** Both axes by what the page prints: a flow of 0.0 goes nowhere, and a change of 0.0 is none. */
function printedState(flow: Fact | null, change: Fact): string | null {
  const sides: Readonly<Record<string, string>> = { up: "in", down: "out" };
  const axes: Readonly<Record<string, string>> = { up: "gaining", down: "losing" };
  const [side, axis] = [sides[flow?.state ?? ""], axes[change.state]];
  return side === undefined || axis === undefined ? null : `${side}-${axis}`;
}

function whyNone({ value, reasons }: Measured<RotationState>, flow: Fact | null): readonly Reason[] {
  if (value === null) return reasons;
  return [{ code: flow?.state === "up" || flow?.state === "down" ? "steady" : "flat" }];
}
