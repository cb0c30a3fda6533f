import { fileURLToPath } from "node:url";
import type { Locale } from "#src/domain/locale.ts";

/** One static TrueType file: variable fonts and CFF end as Type 3 in the PDF. */
export interface Face {
  readonly family: string;
  readonly weight: number;
  /** Inside `@expo-google-fonts`. */
  readonly file: string;
}

/** A face of the English edition, and the one that the browser takes for the system's. */
export const systemFace: Face = {
  family: "Source Sans 3",
  weight: 400,
  file: "source-sans-3/400Regular/SourceSans3_400Regular.ttf",
};

const faces: Readonly<Record<Locale, readonly Face[]>> = {
  en: [
    { family: "Source Serif 4", weight: 400, file: "source-serif-4/400Regular/SourceSerif4_400Regular.ttf" },
    {
      family: "Source Serif 4",
      weight: 600,
      file: "source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf",
    },
    systemFace,
    { family: "Source Sans 3", weight: 600, file: "source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf" },
  ],
  "zh-CN": [
    { family: "Noto Serif SC", weight: 500, file: "noto-serif-sc/500Medium/NotoSerifSC_500Medium.ttf" },
    { family: "Noto Serif SC", weight: 700, file: "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf" },
    { family: "Noto Sans SC", weight: 400, file: "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf" },
    { family: "Noto Sans SC", weight: 600, file: "noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf" },
  ],
};

/** The faces of an edition. There is no other: a character that they lack holds the issue. */
export const facesOf = (locale: Locale): readonly Face[] => faces[locale];

/** The face that names another language in a link, where the edition's own faces lack its characters; for screens only. */
export const guestFaceOf = (locale: Locale): Face | null =>
  locale === "en" ? (faces["zh-CN"].find(({ file }) => file.includes("noto-sans-sc/400")) ?? null) : null;

/** Path of a face's file. */
export const fileOf = ({ file }: Face): string =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/${file}`));
