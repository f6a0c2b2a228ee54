import { compile, search } from "@jmespath-community/jmespath";

/**
 * The rule that a JMESPath expression breaks, or undefined. Without claims, most expressions have a result of another kind
 * than with them, so that only faults which no claims can remove are looked for.
 */
export function brokenPathRule(path: string): string | undefined {
  try {
    compile(path);
    search({}, path);
    return undefined;
  } catch (error) {
    return ruleFor((error as Error).message);
  }
}

/** The rule behind a message of the library, whose words are about its own parser. */
function ruleFor(message: string): string | undefined {
  const [, unknown] = /^Unknown function: (\w+)/.exec(message) ?? [];
  if (unknown !== undefined) return `must not call \`${unknown}\`, which is no function of JMESPath`;
  const [, called, count] = /^Invalid arity: (\w+)\(\) takes (.*?\d+) argument/.exec(message) ?? [];
  if (called !== undefined) return `must call \`${called}\` with ${count} arguments`;
  if (!message.startsWith("Syntax error")) return undefined;
  if (message.includes("EOF"))
    return "must be a complete JMESPath expression: a bracket or an operand is missing at its end";
  const [, word] = /, value: (\S+)$/.exec(message) ?? [];
  return word === undefined
    ? "must be a JMESPath expression"
    : `must be a JMESPath expression, in which \`${word}\` cannot stand where it does`;
}
