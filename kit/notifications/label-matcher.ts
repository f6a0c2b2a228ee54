/** A condition on one label, in Alertmanager's notation: `severity=~"critical|warning"`. */
export interface Matcher {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

export type Labels = Readonly<Record<string, string>>;

const notation = /^(\w+)(=~|!~|!=|=)"(.*)"$/;

/** Whether the text is a matcher in the only notation that we write. */
export function isMatcher(text: string): boolean {
  return notation.test(text);
}

/** @throws if it is not a matcher. The project's own matchers are valid. */
export function parseMatcher(text: string): Matcher {
  const [, label, operator, value] = notation.exec(text) ?? [];
  if (label === undefined || operator === undefined) throw new Error(`not a matcher: ${text}`);
  return { label, operator: operator as Matcher["operator"], value: value ?? "" };
}

/** A missing label counts as empty. */
export function matches({ label, operator, value }: Matcher): (labels: Labels) => boolean {
  const pattern = operator.endsWith("~") ? new RegExp(`^(?:${value})$`, "s") : undefined;
  const equal = (given: string) => pattern?.test(given) ?? given === value;
  return (labels) => equal(labels[label] ?? "") !== operator.startsWith("!");
}

export function allMatch(texts: readonly string[] = []): (labels: Labels) => boolean {
  const conditions = texts.map((text) => matches(parseMatcher(text)));
  return (labels) => conditions.every((condition) => condition(labels));
}

/** The values that the matcher accepts, if they can be listed. */
export function alternatives({ operator, value }: Matcher): readonly string[] | undefined {
  if (operator === "=") return [value];
  return operator === "=~" && /^[\w|-]+$/.test(value) ? value.split("|") : undefined;
}
