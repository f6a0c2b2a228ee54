/** The text as a regular expression that matches only this text. Node has `RegExp.escape` from version 24 on. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
