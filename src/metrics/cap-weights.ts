/** What rounding may add to a weight that is at the cap. */
const slack = 1e-12;

/**
 * Cuts weights to a cap (权重上限), in place: what is above it is spread pro rata over the names below, and again where that lifts one above.
 *
 * @param weights  not negative, together 1; names that weigh 0 stay so
 * @returns whether the cap can hold: with so few names that all of them at the cap are less than 1, nothing is changed
 */
export function capWeights(weights: Float64Array, cap: number): boolean {
  let [names, most] = [0, 0];
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    names += Number(weight > 0);
    most = Math.max(most, weight);
  }
  if (names * cap < 1 - slack) return false;
  if (most <= cap + slack) return true;
  const isCut = new Uint8Array(weights.length);
  for (let cut = cutOff(weights, isCut, cap); cut > 0; cut = cutOff(weights, isCut, cap)) {
    const count = isCut.reduce((sum, each) => sum + each, 0);
    const rest = weights.reduce((sum, w, i) => sum + (isCut[i] === 1 ? 0 : w), 0);
    if (rest === 0) return true;
    const scale = (1 - count * cap) / rest;
    for (let i = 0; i < weights.length; i++) if (isCut[i] === 0) weights[i] = (weights[i] ?? 0) * scale;
  }
  return true;
}

/** Cuts those above; how many. */
function cutOff(weights: Float64Array, isCut: Uint8Array, cap: number): number {
  let count = 0;
  for (let i = 0; i < weights.length; i++) {
    if ((weights[i] ?? 0) <= cap + slack || isCut[i] === 1) continue;
    weights[i] = cap;
    isCut[i] = 1;
    count++;
  }
  return count;
}
