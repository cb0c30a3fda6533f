import { writeFile } from "node:fs/promises";
import { workspaceJsonSchemaText } from "#src/config/json-schema.ts";
import { referencePage } from "#src/config/reference-page.ts";

/* `npm run schema`: writes the JSON Schema that editors read and the page that people read. A test checks both. */
const docs = new URL("../../docs/", import.meta.url);
await writeFile(new URL("tideline.schema.json", docs), workspaceJsonSchemaText());
await writeFile(new URL("configuration.md", docs), referencePage());
