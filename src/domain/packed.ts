/**
 * Rows of four numbers one after another, `NaN` standing for null. A million rows as objects would take several times the
 * memory, and their making and moving would take seconds.
 */
export interface Packed {
  /** Four numbers a row, and room for more. */
  numbers: Float64Array<ArrayBuffer>;
  /** How many of the numbers are rows. */
  length: number;
}

/** No rows yet. */
export const newPacked = (): Packed => ({ numbers: new Float64Array(64), length: 0 });

export function addRow(packed: Packed, a: number, b: number, c: number, d: number): void {
  if (packed.length === packed.numbers.length) packed.numbers = grown(packed.numbers);
  const { numbers, length } = packed;
  numbers[length] = a;
  numbers[length + 1] = b;
  numbers[length + 2] = c;
  numbers[length + 3] = d;
  packed.length += 4;
}

function grown(numbers: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}

export const packedRows = ({ length }: Packed): number => length / 4;

/** The number in a row's place, 0 to 3; `NaN` for null. */
export const numberAt = ({ numbers }: Packed, row: number, place: number): number =>
  numbers[4 * row + place] ?? Number.NaN;

/** `NaN` as null, and any other number as itself. */
export const orNull = (number: number): number | null => (Number.isNaN(number) ? null : number);
