/** Values of a dashboard's variables, by name. */
export type Choices = Readonly<Record<string, string>>;

/** Replaces the variables that have a value. */
export function completeVariables(text: string, choices: Choices): string {
  return text.replace(
    /\$\{(\w+)(?::\w+)?\}|\[\[(\w+)(?::\w+)?\]\]|\$(\w+)/g,
    (whole, ...names: (string | undefined)[]) => choices[names.slice(0, 3).find(Boolean) ?? ""] ?? whole,
  );
}
