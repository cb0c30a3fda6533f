import { daysOf, grown } from "#tests/truth/pair-days.ts";
import { at, fitted, normalBelow, sum } from "#tests/truth/plain.ts";
import { once, type World } from "#tests/truth/world.ts";

/** Logarithms of both legs' levels, through the week. */
export const logLevels = (
  world: World,
  id: string,
): { long: readonly number[]; short: readonly number[] } => {
  const pair = daysOf(world, id);
  return { long: grown(pair.long).map(Math.log), short: grown(pair.short).map(Math.log) };
};

/** Changes on the level before and on so many changes before them, from a place on; without a constant. */
function unitRootColumns(values: readonly number[], lags: number, from: number) {
  const changes = values.slice(1).map((v, i) => v - at(values, i));
  const places = changes.map((_, t) => t).slice(from);
  return {
    y: places.map((t) => at(changes, t)),
    columns: [
      places.map((t) => at(values, t)),
      ...Array.from({ length: lags }, (_, i) => places.map((t) => at(changes, t - 1 - i))),
    ],
  };
}

/** Statistic of the augmented Dickey–Fuller test without constant; lags by AIC on one sample, then on all of the values. */
function dickeyFuller(values: readonly number[]): number {
  const most = Math.floor(12 * (values.length / 100) ** 0.25);
  const criteria = Array.from({ length: most + 1 }, (_, lags) => {
    const { y, columns } = unitRootColumns(values, lags, most);
    const squares = sum(fitted(columns, y).residuals.map((e) => e * e));
    return y.length * Math.log(squares) + 2 * lags;
  });
  const lags = criteria.indexOf(Math.min(...criteria));
  const { y, columns } = unitRootColumns(values, lags, lags);
  const { coefficients, residuals, inverse } = fitted(columns, y);
  const square = sum(residuals.map((e) => e * e)) / (y.length - columns.length);
  return at(coefficients, 0) / Math.sqrt(square * at(at(inverse, 0), 0));
}

/** MacKinnon's p-value for the residuals of two series with a constant (appendix A). */
function mackinnon(tau: number): number {
  if (tau > 0.92) return 1;
  if (tau < -18.86) return 0;
  const polynomial = tau <= -2.62 ? [2.92, 1.5012, 0.039796] : [2.1945, 0.64695, -0.29198, -0.042377];
  return normalBelow(sum(polynomial.map((c, i) => c * tau ** i)));
}

/** Engle and Granger's test in both orders (P4), to the session before the last. */
function relationOf(world: World, id: string): { p: number; n: number } {
  const { long, short } = logLevels(world, id);
  const [a, b] = [long.slice(0, -1).slice(-500), short.slice(0, -1).slice(-500)];
  const ofOrder = (y: readonly number[], x: readonly number[]): number =>
    mackinnon(dickeyFuller(fitted([x.map(() => 1), x], y).residuals));
  return { p: Math.min(1, 2 * Math.min(ofOrder(a, b), ofOrder(b, a))), n: a.length };
}

/** Chances of the relations of all pairs: with those of the paces of flows the family of tests of an issue. */
export const relationChances = (
  world: World,
): readonly { readonly id: string; readonly p: number; readonly n: number }[] =>
  once(world, "chances of relations", () =>
    Object.keys(world.workspace.pairs).map((id) => ({ id, ...relationOf(world, id) })),
  );
