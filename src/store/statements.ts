/**
 * What is made of a text, kept for the texts used last.
 *
 * @param make  called for a text that is not kept, or no longer
 * @param most.texts  how many are kept
 * @param most.characters  what is made of a longer text is not kept at all
 */
export function lastUsed<Made>(
  make: (text: string) => Made,
  most: { readonly texts: number; readonly characters: number },
): (text: string) => Made {
  /** In the order of their last use. */
  const kept = new Map<string, Made>();
  return (text) => {
    if (text.length > most.characters) return make(text);
    const made = kept.get(text) ?? make(text);
    kept.delete(text);
    kept.set(text, made);
    const [oldest = text] = kept.keys();
    if (kept.size > most.texts) kept.delete(oldest);
    return made;
  };
}
