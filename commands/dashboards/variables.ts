/** Values of a dashboard's variables, by name. */
export type Choices = Readonly<Record<string, string>>;

/** The text with the variables replaced by their values, where they have one. */
export function completeVariables(text: string, choices: Choices): string {
  return text.replace(
    /\$\{(\w+)(?::\w+)?\}|\[\[(\w+)(?::\w+)?\]\]|\$(\w+)/g,
    (whole, ...names: (string | undefined)[]) => choices[names.slice(0, 3).find(Boolean) ?? ""] ?? whole,
  );
}
