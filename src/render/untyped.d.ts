/** Cuts a font down to some characters; the package has no types of its own. */
declare module "subset-font" {
  function subsetFont(
    font: Buffer,
    text: string,
    options: { readonly targetFormat: "truetype" | "woff2" | "sfnt" },
  ): Promise<Buffer>;
  export = subsetFont;
}

/** Converts between font formats; the package has no types of its own. */
declare module "fontverter" {
  export function convert(font: Buffer, toFormat: "woff" | "woff2" | "sfnt"): Promise<Buffer>;
}
