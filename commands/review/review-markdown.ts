import { headline, type Review } from "./review";
import type { ReviewLine } from "./review-lines";
import { breakingTitle } from "./review-text";

/** The review as Markdown. Names come from the sources, so every text is escaped. */
export function reviewMarkdown(review: Review): string {
  const breaking = review.lines.filter((line) => line.breaking);
  const others = review.lines.filter((line) => !line.breaking);
  return [
    ...(breaking.length > 0
      ? [
          ["> [!CAUTION]", `> **${breakingTitle(breaking.length)}**`, ">", ...breaking.flatMap(item).map(quote)].join(
            "\n",
          ),
        ]
      : []),
    ...(others.length > 0 ? [others.flatMap(item).join("\n")] : []),
    ...(review.lines.length === 0 ? ["Nothing changes."] : []),
    escapeMarkdown(headline(review)),
  ].join("\n\n");
}

function item({ text, details, changeLogs }: ReviewLine): string[] {
  const logs = changeLogs.map((address, index) => `[change log${index > 0 ? ` ${index + 1}` : ""}](${address})`);
  const end = logs.length > 0 ? `: ${logs.join(", ")}` : "";
  return [`- ${escapeMarkdown(text)}${end}`, ...details.map((detail) => `  - ${escapeMarkdown(detail)}`)];
}

function quote(line: string): string {
  return `> ${line}`;
}

/**
 * The text as Markdown shows it unchanged: without links, pictures, HTML and formats. A zero-width space behind `@` keeps
 * GitHub from notifying a user or team of this name.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>()|~!&$#]/g, (character) => `\\${character}`)
    .replace(/(?<!\w)@/g, "@\u200b");
}
