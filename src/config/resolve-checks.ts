import { localised } from "#src/config/primitives.ts";
import type { WorkspaceConfig } from "#src/config/schema.ts";
import { type CheckRule, type OperandRule, relations } from "#src/domain/check-rules.ts";

type Given =
  | { readonly series: string; readonly decimals?: number | undefined }
  | { readonly fact: string; readonly name?: Parameters<typeof localised>[0] | undefined };

export const resolveChecks = ({ checks }: WorkspaceConfig): readonly CheckRule[] =>
  Object.entries(checks).map(([id, rule]): CheckRule => {
    const relation = relations.find((each) => rule[each] !== undefined);
    const numbers: Readonly<Record<string, Given | readonly Given[] | undefined>> | undefined =
      relation && rule[relation];
    if (relation === undefined || numbers === undefined)
      throw new RangeError(`the relation of ${id} was not checked`);
    return {
      id,
      name: localised(rule.name),
      relation,
      numbers: Object.fromEntries(
        Object.entries(numbers).map(([part, given]) => [part, [given ?? []].flat().map(operandOf)]),
      ),
    };
  });

const operandOf = (given: Given): OperandRule =>
  "fact" in given
    ? { fact: given.fact, name: given.name === undefined ? null : localised(given.name) }
    : { series: given.series, decimals: given.decimals ?? null };
