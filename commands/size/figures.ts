/** Figures of the model as people read them: two digits, because the model knows no more. */

/** A number with two significant digits: `13,000`, `1.4`. */
export function numberText(value: number): string {
  return twoDigits(value).toLocaleString("en");
}

/** A number of things: `1 node`, `12 nodes`. */
export function countText(value: number, thing: string): string {
  return `${numberText(value)} ${thing}${value === 1 ? "" : "s"}`;
}

/** A size with two significant digits: `86 MiB`, `1.2 GiB`. */
export function sizeText(bytes: number): string {
  const [unit, size] = units.find(([, least]) => twoDigits(bytes / least) >= 1) ?? ["B", 1];
  return `${numberText(bytes / size)} ${unit}`;
}

const units = [
  ["TiB", 2 ** 40],
  ["GiB", 2 ** 30],
  ["MiB", 2 ** 20],
  ["KiB", 2 ** 10],
] as const;

function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}
