import { Parser } from "commonmark";

/**
 * The text that Microsoft Teams shows, and the addresses of its links. Teams interprets a part of CommonMark.
 * https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/text-features
 *
 * @throws if the text contains anything but paragraphs, lists, text and links, such as emphasis or HTML
 */
export function readTeams(text: string): { readonly text: string; readonly links: readonly string[] } {
  const links: string[] = [];
  const parts: string[] = [];
  const walker = new Parser().parse(text).walker();
  for (let step = walker.next(); step; step = walker.next()) {
    const { type, literal, destination } = step.node;
    if (!step.entering) continue;
    if (!["document", "paragraph", "list", "item", "text", "softbreak", "link"].includes(type))
      throw new Error(`not text: ${type} ${literal}`);
    if (type === "link") links.push(destination ?? "");
    parts.push(type === "item" ? "\n- " : (literal ?? ""));
  }
  return { text: parts.join("").trim(), links };
}
