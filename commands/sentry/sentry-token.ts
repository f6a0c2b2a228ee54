import type { StackDirectory } from "../stack-directory";

/** Variable of the shell with a token of Sentry's API. Terraform's provider reads it too. */
export const tokenVariable = "SENTRY_AUTH_TOKEN";

/** The token, if the shell has one. */
export function sentryToken(variables: NodeJS.ProcessEnv = process.env): string | undefined {
  return variables[tokenVariable] || undefined;
}

/** The stack with the project in Sentry, as a list, if there is one and the shell has a token. Otherwise prints why not. */
export function withToken(stack: StackDirectory | undefined, consequence: string): readonly StackDirectory[] {
  if (stack === undefined) return [];
  if (sentryToken() !== undefined) return [stack];
  console.log(`${stack.name}: ${tokenVariable} is not set, so that ${consequence} (docs/sentry.md).`);
  return [];
}
