import type { Locale } from "#src/domain/locale.ts";
import { facesOf } from "#src/render/faces.ts";
import { openFace } from "#src/render/fonts.ts";

/** Family, size in CSS px, and weight of a text. */
export interface TextStyle {
  readonly family: string;
  readonly size: number;
  readonly weight: number;
}

const advances = new Map<string, Map<number, number>>();

/**
 * Width of a text in CSS px by the advances of its face, without kerning. A kerned pair is set up to 0.12 em nearer or
 * farther: who needs room for certain must leave some.
 */
export function textWidth(locale: Locale, text: string, { family, size, weight }: TextStyle): number {
  const face = facesOf(locale).find((each) => each.family === family && each.weight === weight);
  if (face === undefined)
    throw new RangeError(`textWidth requires a face of the ${locale} edition, got ${family} ${weight}`);
  const font = openFace(face);
  const known = advances.get(face.file) ?? new Map<number, number>();
  advances.set(face.file, known);
  let units = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const advance = known.get(code) ?? font.glyphForCodePoint(code).advanceWidth;
    known.set(code, advance);
    units += advance;
  }
  return (units / font.unitsPerEm) * size;
}
