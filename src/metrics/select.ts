/**
 * The value at place `k` of the order of the first `count` values, by quickselect: these are moved about, so that none before
 * place `k` is larger and none after it smaller. It takes a few passes, and no sort.
 *
 * @param values  no NaN among the first `count`
 * @see Hoare (1961), Algorithm 65: Find, Communications of the ACM 4(7)
 */
export function select(values: Float64Array, count: number, k: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const place = partition(values, low, high);
    if (place <= k) low = place + 1;
    if (place >= k) high = place - 1;
  }
  return values[k] ?? Number.NaN;
}

/** Moves what is below the middle element before it; returns its place, which is then that of the order. */
function partition(values: Float64Array, low: number, high: number): number {
  swap(values, (low + high) >>> 1, high);
  const pivot = values[high] ?? 0;
  let place = low;
  for (let i = low; i < high; i++) if ((values[i] ?? 0) < pivot) swap(values, i, place++);
  swap(values, place, high);
  return place;
}

function swap(values: Float64Array, i: number, j: number): void {
  const held = values[i] ?? 0;
  values[i] = values[j] ?? 0;
  values[j] = held;
}
