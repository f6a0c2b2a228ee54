import type { ReviewLine } from "./review-lines";

/** The lines as plain text: breaking changes first and marked, then one line for each change. */
export function reviewText(lines: readonly ReviewLine[]): string {
  if (lines.length === 0) return "Nothing changes.";
  const breaking = lines.filter((line) => line.breaking);
  const others = lines.filter((line) => !line.breaking);
  return [
    ...(breaking.length > 0 ? [[breakingTitle(breaking.length), ...breaking.flatMap(printed)].join("\n")] : []),
    ...(others.length > 0 ? [others.flatMap(printed).join("\n")] : []),
  ].join("\n\n");
}

export function breakingTitle(count: number): string {
  return count === 1 ? "!!! 1 CHANGE IS BREAKING" : `!!! ${count} CHANGES ARE BREAKING`;
}

function printed(line: ReviewLine): string[] {
  const logs = line.changeLogs.length > 0 ? `: ${line.changeLogs.join(" ")}` : "";
  return [`${line.text}${logs}`, ...line.details.map((detail) => `    ${detail}`)];
}
