import { escapePattern } from "../queries/escape-pattern";

/** Whether an alert with this expression can be about a namespace, because the expression selects it by its name. */
export function canBeAbout(expression: string, namespace: string): boolean {
  return new RegExp(`namespace=~?"([^"]*\\|)?${escapePattern(namespace)}(\\|[^"]*)?"`).test(expression);
}
