import fc from "fast-check";

/** How many of a full count are done: a tenth, unless all are asked for. */
export const count = (full: number): number => (process.env.TIDELINE_FULL === "1" ? full : full / 10);

interface Edit {
  readonly kind: "insert" | "replace" | "delete" | "repeat" | "cut" | "byte";
  /** Place in the text, in ten-thousandths of its length. */
  readonly at: number;
  readonly length: number;
  readonly token: string;
  readonly byte: number;
}

/** One or two random edits, with what is likely to hurt among the pieces that are put in. */
export const edits = (tokens: readonly string[]): fc.Arbitrary<readonly Edit[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom<Edit["kind"]>("insert", "replace", "delete", "repeat", "cut", "byte"),
      at: fc.noBias(fc.integer({ min: 0, max: 9_999 })),
      length: fc.integer({ min: 1, max: 12 }),
      token: fc.constantFrom(...tokens),
      byte: fc.integer({ min: 0, max: 255 }),
    }),
    { minLength: 1, maxLength: 2 },
  );

function edited(bytes: Buffer, { kind, at, length, token, byte }: Edit): Buffer {
  const from = Math.floor((at / 10_000) * bytes.length);
  const [head, tail] = [bytes.subarray(0, from), bytes.subarray(from)];
  const rest = tail.subarray(length);
  const middle: Readonly<Record<Edit["kind"], readonly Buffer[]>> = {
    insert: [Buffer.from(token), tail],
    replace: [Buffer.from(token), rest],
    delete: [rest],
    repeat: [tail.subarray(0, length * 5), tail],
    // Seldom near the front: a file cut there is soon nothing at all.
    cut: at > 5_000 ? [] : [tail],
    byte: [Buffer.from([byte]), tail.subarray(1)],
  };
  return Buffer.concat([head, ...middle[kind]]);
}

/** The text with the edits made one after the other. */
export const withEdits = (text: string, made: readonly Edit[]): Buffer =>
  made.reduce(edited, Buffer.from(text));
