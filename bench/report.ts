import { availableParallelism, cpus, loadavg } from "node:os";
import { type Durations, median } from "./measure";

/** A figure that must not be exceeded. */
export interface Target {
  readonly name: string;
  readonly found: number;
  readonly most: number;
  readonly unit: "times" | "ms";
}

/** What was measured, as a page of Markdown. */
export function report(rows: Readonly<Record<string, Durations>>, targets: readonly Target[], machine: string): string {
  const durations = Object.entries(rows).map(([name, found]) =>
    row(
      name,
      ...[median(found), Math.min(...found), Math.max(...found)].map((duration) => `${duration.toFixed(0)} ms`),
    ),
  );
  const judged = targets.map(({ name, found, most, unit }) =>
    row(name, shown(found, unit), `${most} ${unit}`, found <= most ? "met" : "missed"),
  );
  return [
    ...[row("synth of", "median", "least", "most"), rule(4), ...durations, ""],
    ...[row("figure", "median of the rounds", "target", ""), rule(4), ...judged, ""],
    machine,
    "",
  ].join("\n");
}

/** What it was measured on; what else ran shows in the load. */
export function machine(): string {
  const [load = 0] = loadavg();
  return `${cpus()[0]?.model}, ${availableParallelism()} cores, load ${load.toFixed(1)}; Node ${process.version}.`;
}

function shown(found: number, unit: Target["unit"]): string {
  return `${found.toFixed(unit === "ms" ? 0 : 2)} ${unit}`;
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function rule(columns: number): string {
  return row(...Array.from({ length: columns }, () => "---"));
}
