import { readFile } from "node:fs/promises";
import { count, type Diagnosis, fail, ok } from "#src/doctor/check.ts";
import { locales } from "#src/domain/locale.ts";
import { sha256 } from "#src/render/digest.ts";
import { facesOf, fileOf } from "#src/render/faces.ts";

/** A face as it was found: the hash of its file, or why there is none. */
export type FoundFace = { readonly name: string } & ({ readonly hash: string } | { readonly fault: string });

export function judgeFonts(faces: readonly FoundFace[]): Diagnosis {
  const missing = faces.flatMap((face) => ("fault" in face ? [`${face.name} (${face.fault})`] : []));
  if (missing.length > 0) return fail(`without ${missing.join(", ")}`, "`npm ci` in the project's folder");
  const all = sha256(faces.map((face) => ("hash" in face ? face.hash : "")).join("\n"));
  return ok(`${count(faces.length, "face")}, SHA-256 of all ${all.slice(0, 16)}`);
}

/** TrueType files begin so; the subsetter and the browser read no others of ours. */
const trueType = "00010000";

export async function fonts(): Promise<Diagnosis> {
  const faces = locales.flatMap((locale) => facesOf(locale));
  return judgeFonts(
    await Promise.all(
      faces.map(async (face): Promise<FoundFace> => {
        const name = `${face.family} ${face.weight}`;
        try {
          const bytes = await readFile(fileOf(face));
          const isTrueType = bytes.subarray(0, 4).toString("hex") === trueType;
          return isTrueType ? { name, hash: sha256(bytes) } : { name, fault: "no TrueType file" };
        } catch (error) {
          return { name, fault: (error as NodeJS.ErrnoException).code ?? "not found" };
        }
      }),
    ),
  );
}
