import { writeFile } from "node:fs/promises";
import { workspaceJsonSchemaText } from "#src/config/json-schema.ts";
import { referencePage } from "#src/config/reference-page.ts";
import { loadMessages } from "#src/locale/messages.ts";
import { ladders } from "#src/statements/ladders.ts";
import { rulesPage } from "#src/statements/rules-page.ts";
import { factsJsonSchemaText } from "#src/verify/facts-shape.ts";

/* `npm run schema`: writes the JSON Schemas that editors and programs read, and the pages that people read. Tests check them. */
const docs = new URL("../docs/", import.meta.url);
await writeFile(new URL("tideline.schema.json", docs), workspaceJsonSchemaText());
await writeFile(new URL("configuration.md", docs), referencePage());
await writeFile(new URL("facts.schema.json", docs), factsJsonSchemaText());
const messages = await loadMessages([new URL("../locales", import.meta.url).pathname]);
await writeFile(new URL("rules.md", docs), rulesPage(ladders, messages));
