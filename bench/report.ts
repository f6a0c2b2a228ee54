import { availableParallelism, cpus, loadavg } from "node:os";
import { type Costs, median } from "./measure";

/** A figure, and the value that it must not exceed. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "times" | "ms";
  /** The largest value that meets the target. @default none: the figure is only reported */
  readonly most?: number;
}

/** The measured costs and figures as a page of Markdown. */
export function report(rows: Readonly<Record<string, Costs>>, figures: readonly Figure[], machine: string): string {
  const costs = Object.entries(rows).map(([name, found]) =>
    row(name, ...spread(found.map(({ cpu }) => cpu)), ...spread(found.map(({ wall }) => wall))),
  );
  const judged = figures.map(({ name, value, unit, most }) =>
    row(
      name,
      withUnit(value, unit),
      most === undefined ? "none" : `${most} ${unit}`,
      most === undefined ? "" : value <= most ? "met" : "missed",
    ),
  );
  return [
    ...[row("synth of", "CPU: median", "least", "most", "wall: median", "least", "most"), rule(7), ...costs, ""],
    ...[row("figure", "median of the rounds", "target", ""), rule(4), ...judged, ""],
    machine,
    "",
  ].join("\n");
}

export function isMissed({ value, most = Number.POSITIVE_INFINITY }: Figure): boolean {
  return !(value <= most);
}

/** Description of the machine. Its load shows whether other programs ran during the measurement. */
export function machine(): string {
  const [load = 0] = loadavg();
  return `${cpus()[0]?.model}, ${availableParallelism()} cores, load ${load.toFixed(1)}; Node ${process.version}.`;
}

function spread(milliseconds: readonly number[]): string[] {
  return [median(milliseconds), Math.min(...milliseconds), Math.max(...milliseconds)].map((one) => withUnit(one, "ms"));
}

function withUnit(value: number, unit: Figure["unit"]): string {
  return `${value.toFixed(unit === "ms" ? 0 : 2)} ${unit}`;
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function rule(columns: number): string {
  return row(...Array.from({ length: columns }, () => "---"));
}
