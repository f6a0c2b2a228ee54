import { sep } from "node:path";
import { Faults } from "../faults";
import { CommandError } from "./command";

/** The error of sources that are being edited, and its place: the first one in the project's sources, without the callers. */
export function sourceFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Faults || error instanceof CommandError || error.name === "TransformError") return error.message;
  const places = error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  const place = places.find((line) => line.includes(sep) && !/node_modules|node:/.test(line));
  return [error.message, place].filter(Boolean).join("\n");
}
