import { countryCheckers } from "#tests/truth/country.ts";
import { tradeCheckers } from "#tests/truth/country-trade.ts";
import { epicentreCheckers } from "#tests/truth/epicentre.ts";
import { flowCheckers } from "#tests/truth/flows.ts";
import { fundCheckers } from "#tests/truth/funds.ts";
import type { Checker } from "#tests/truth/judge.ts";
import { levelCheckers } from "#tests/truth/levels.ts";
import { marketCheckers } from "#tests/truth/markets.ts";
import { narrativeCheckers } from "#tests/truth/narrative.ts";
import { pairCheckers } from "#tests/truth/pair.ts";
import { quotedCheckers } from "#tests/truth/quoted.ts";
import { regimeCheckers } from "#tests/truth/regime.ts";
import { signalCheckers } from "#tests/truth/signals.ts";
import { surfaceCheckers } from "#tests/truth/surface.ts";
import { themeCheckers } from "#tests/truth/theme.ts";

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
 * - `tests/slow/other-seeds.test.ts` plants faults into each statement; a new checker is taken in by itself where a market says its words.
 */
export const checkers: readonly Checker[] = [
  ...narrativeCheckers,
  ...epicentreCheckers,
  ...themeCheckers,
  ...levelCheckers,
  ...flowCheckers,
  ...marketCheckers,
  ...countryCheckers,
  ...tradeCheckers,
  ...pairCheckers,
  ...surfaceCheckers,
  ...signalCheckers,
  ...regimeCheckers,
  ...fundCheckers,
  ...quotedCheckers,
];
