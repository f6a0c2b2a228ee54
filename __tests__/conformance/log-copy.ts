import { appendFileSync, closeSync, openSync, readSync, statSync, writeFileSync } from "node:fs";

/** Changes a line of the log. @returns the lines in its place */
export type LineChange = (line: string) => readonly string[];

/** Copies the lines that a program adds to its log to another file, changed. */
export function copyLog(from: string, to: string, change: LineChange): { stop(): void } {
  let position = statSync(from).size;
  let rest = "";
  writeFileSync(to, "");
  const copy = () => {
    const size = statSync(from).size;
    if (size === position) return;
    const part = Buffer.alloc(size - position);
    const file = openSync(from, "r");
    readSync(file, part, 0, part.length, position);
    closeSync(file);
    position = size;
    const lines = (rest + part.toString()).split("\n");
    rest = lines.pop() ?? "";
    const changed = lines.flatMap(change);
    if (changed.length > 0) appendFileSync(to, `${changed.join("\n")}\n`);
  };
  const timer = setInterval(copy, 50);
  return {
    stop() {
      clearInterval(timer);
    },
  };
}
