import { writeFileSync } from "node:fs";
import { flowsCsv, pricesCsv } from "./csv.ts";
import { simulate } from "./market.ts";
import { seed } from "./parameters.ts";

/** Writes the sample's two files anew: `npm run sample`. */
const market = simulate(seed);
for (const [name, text] of Object.entries({
  "prices.csv": pricesCsv(market),
  "flows.csv": flowsCsv(market),
})) {
  writeFileSync(new URL(`../../data/${name}`, import.meta.url), text);
  process.stdout.write(`data/${name}  ${Buffer.byteLength(text)} bytes\n`);
}
