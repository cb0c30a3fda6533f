import { type Diagnosis, fail, ok } from "#src/doctor/check.ts";

const required = 24;

/** @param version  as `process.versions.node` */
export const judgeNode = (version: string): Diagnosis =>
  Number.parseInt(version, 10) >= required
    ? ok(version)
    : fail(
        `${version}, where ${required} or newer is required`,
        "`npm ci` in the project's folder brings it, and bin/tideline finds it; or install Node 24",
      );

export const node = (): Diagnosis => judgeNode(process.versions.node);
