import { writeFile } from "node:fs/promises";
import { workspaceJsonSchemaText } from "#src/config/json-schema.ts";

/* `npm run schema`: writes the JSON Schema that editors read. A test checks that it is up to date. */
await writeFile(new URL("../../docs/tideline.schema.json", import.meta.url), workspaceJsonSchemaText());
