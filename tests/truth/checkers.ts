import { flowCheckers } from "#tests/truth/flows.ts";
import type { Checker } from "#tests/truth/judge.ts";
import { levelCheckers } from "#tests/truth/levels.ts";
import { pairCheckers } from "#tests/truth/pair.ts";
import { regimeCheckers } from "#tests/truth/regime.ts";
import { surfaceCheckers } from "#tests/truth/surface.ts";

/*
 * Who checks what is said. A section adds one line here, and a file of its own beside this one:
 *
 * - A `Checker` is of one ladder: its section, the ladder's `standard` (a statement has it in `gate.rule`) and the pattern of its
 *   statements' ids. Each statement must be known to exactly one, so that a new rule or word is a fault until it is checked.
 * - Its `truth` is computed from `world.points`, what was known at the cut-off, and from the configuration. It imports nothing
 *   of src/metrics, src/sections and src/statements; src/calendar tells sessions and src/domain holds nouns.
 * - It says of each fact that a sentence may print what it should be, whom each place may name, and of each sentence, by the key
 *   of its message, whether it holds. A sentence, fact or name that it does not speak of is a fault as well.
 * - Numbers must agree but for roundings (1e-9). Of what is found by iteration or simulation an `Estimate` says how near it must be.
 * - A test with a p-value belongs to the family of the issue: `family.ts`.
 * - `checkers.test.ts` plants faults into each statement; a new checker is taken in by itself where the sample says its words.
 */
export const checkers: readonly Checker[] = [
  ...levelCheckers,
  ...flowCheckers,
  ...pairCheckers,
  ...surfaceCheckers,
  ...regimeCheckers,
];
