import { writeFileSync } from "node:fs";
import { filesOf } from "./csv.ts";
import { simulate } from "./market.ts";
import { seed } from "./parameters.ts";
import { publishedScenario } from "./scenario.ts";

/** Writes the sample's files of numbers anew: `npm run sample`. */
for (const [name, text] of Object.entries(filesOf(simulate(seed, publishedScenario())))) {
  writeFileSync(new URL(`../../data/${name}`, import.meta.url), text);
  process.stdout.write(`data/${name}  ${Buffer.byteLength(text)} bytes\n`);
}
