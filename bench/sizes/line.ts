/** A straight line. */
export interface Line {
  readonly slope: number;
  /** The value at zero. */
  readonly intercept: number;
}

/** The line through points with the least squares. */
export function fitLine(points: readonly (readonly [x: number, y: number])[]): Line {
  const [x, y] = [mean(points.map(([one]) => one)), mean(points.map(([, other]) => other))];
  const slope = sum(points.map(([px, py]) => (px - x) * (py - y))) / sum(points.map(([px]) => (px - x) ** 2));
  return { slope, intercept: y - slope * x };
}

function mean(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
