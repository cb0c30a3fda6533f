import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { checkRules, type Environment } from "#src/config/checks.ts";
import { readDocument } from "#src/config/document.ts";
import { type Finding, invalid } from "#src/config/finding.ts";
import { findingsOf } from "#src/config/issues.ts";
import { workspaceJsonSchema } from "#src/config/json-schema.ts";
import { danglingReferences } from "#src/config/references.ts";
import { resolveWorkspace } from "#src/config/resolve.ts";
import { workspaceSchema } from "#src/config/schema.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { Workspace } from "#src/domain/workspace.ts";

/** The file that makes a folder a workspace. */
export const configFile = "tideline.yaml";

/**
 * The workspace in a folder, every default decided and every reference checked. `env` answers for `${VARIABLES}` in paths.
 *
 * @throws TidelineError CONFIG_INVALID with all problems at once, each with its line and column
 */
export async function loadWorkspace(dir: string, env: Environment): Promise<Workspace> {
  const file = join(dir, configFile);
  return parseWorkspace(await readConfig(file), { file, dir: resolve(dir), env });
}

/** Where a configuration comes from: its file as messages name it, its folder, and what answers for variables. */
export interface Origin {
  readonly file: string;
  readonly dir: string;
  readonly env: Environment;
}

/** The workspace that a text describes; as `loadWorkspace`, without reading anything. */
export function parseWorkspace(text: string, { file, dir, env }: Origin): Workspace {
  const document = readDocument(file, text.replace(/^\uFEFF/, ""));
  if (document.values === undefined) throw invalid("the configuration", document.problems);
  const raw = document.values;
  const parsed = workspaceSchema.safeParse(raw);
  const findings: readonly Finding[] = [
    ...(parsed.success ? [] : findingsOf(parsed.error.issues, raw, workspaceJsonSchema())),
    ...danglingReferences(raw),
    ...checkRules(raw, env),
  ];
  const problems = [...document.problems, ...findings.map(document.place)];
  if (!parsed.success || problems.length > 0) throw invalid("the configuration", problems);
  return resolveWorkspace(parsed.data, dir, env);
}

async function readConfig(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const expected = isMissing
      ? `a file ${configFile} in the workspace; \`tideline init DIR\` makes one`
      : `a file that can be read (${(cause as NodeJS.ErrnoException).code})`;
    throw new TidelineError("CONFIG_INVALID", "no workspace", [{ file, expected }], { cause });
  }
}
