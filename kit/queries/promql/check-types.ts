import { anyOperator } from "../grafana-variables";
import type { Report, Span } from "../query-finding";
import type { Expression, Operation } from "./expression";
import { experimentalFunctions, type Signature, signatureOf, type Type } from "./signatures";

/** `any` is the type of a value that Grafana inserts. */
type Found = Type | "any";

/**
 * Reports operands of another type or number than Prometheus accepts.
 *
 * @param experimental whether functions behind a feature flag of Prometheus are accepted
 * @returns whether each function has the right number of arguments
 */
export function checkTypes(root: Expression, experimental: boolean, report: Report): boolean {
  const checker = new Checker(experimental, report);
  checker.require(root, ["series", "number"]);
  return checker.complete;
}

class Checker {
  complete = true;

  constructor(
    private readonly experimental: boolean,
    private readonly report: Report,
  ) {}

  /** Checks an operand, and that it has one of these types. */
  require(operand: Expression, wanted: readonly Type[]): void {
    const found = this.typeOf(operand);
    if (found === "any" || wanted.includes(found)) return;
    const [rule, remedy] = mismatch(wanted[0] as Type, found);
    this.report(operand, rule, remedy);
  }

  private typeOf(expression: Expression): Found {
    switch (expression.kind) {
      case "number":
        return "number";
      case "string":
        return "text";
      case "selector":
        return "series";
      case "variable":
        return "any";
      case "range":
        this.checkRange(expression);
        return "range";
      case "call":
        return this.call(expression.name, expression.operands, expression);
      case "aggregation":
        return this.call(expression.operator, expression.operands, expression);
      case "binary":
        return this.binary(expression);
    }
  }

  private checkRange({ of, subquery }: Expression & { kind: "range" }): void {
    this.require(of, ["series"]);
    if (!subquery && of.kind !== "selector" && of.kind !== "variable") {
      this.report(of, "a range must follow a selector", "write a subquery with a colon, such as (…)[5m:]");
    }
  }

  private call(name: string, operands: readonly Expression[], at: Span): Found {
    if (!this.experimental && experimentalFunctions.has(name)) {
      const rule = `${name} is experimental: Prometheus refuses it, because its feature flag is not set`;
      this.report(at, rule, "use a function that is not experimental");
    }
    const signature = signatureOf(name);
    if (name === anyOperator || !signature) {
      for (const operand of operands) this.typeOf(operand);
      return "any";
    }
    const { takes, gives } = signature;
    if (acceptsCount(signature, operands.length)) {
      for (const [index, operand] of operands.entries())
        this.require(operand, [takes[index] ?? takes.at(-1) ?? "series"]);
      return gives;
    }
    this.complete = false;
    this.report(at, `${name} has ${countOf(operands.length)}`, `write ${name}(${argumentsOf(signature)})`);
    for (const operand of operands) this.typeOf(operand);
    return gives;
  }

  private binary(expression: Operation): Found {
    const { left, right, operator } = expression;
    const sides = [this.side(left), this.side(right)];
    if (operator === anyOperator || sides.includes("any")) return "any";
    const numbers = sides.filter((side) => side === "number").length;
    const fault = operatorFault(expression, numbers);
    if (fault) this.report(expression, fault.rule, fault.remedy);
    this.checkIncluded(expression);
    return numbers === 2 ? "number" : "series";
  }

  private side(operand: Expression): Found {
    const found = this.typeOf(operand);
    if (found !== "range" && found !== "text") return found;
    const [rule, remedy] = mismatch("series", found);
    this.report(operand, rule, remedy);
    return "any";
  }

  /** A label that both sides have in common cannot be copied from one to the other. */
  private checkIncluded({ matching }: Operation): void {
    if (!matching?.on) return;
    const joined = new Set(matching.names.labels.map(({ name }) => name));
    for (const label of matching.include?.labels ?? []) {
      if (!joined.has(label.name)) continue;
      const rule = `"${label.name}" must not be in both \`on\` and \`group_${matching.group}\``;
      this.report(label, rule, `remove it from \`group_${matching.group}\``);
    }
  }
}

/** @param numbers the number of operands that are numbers */
function operatorFault({ operator, bool, matching }: Operation, numbers: number) {
  const compares = /^([=!]=|[<>]=?)$/.test(operator);
  const combines = /^(and|or|unless)$/.test(operator);
  if (bool && !compares) return { rule: "`bool` must follow a comparison", remedy: "remove `bool`" };
  if (numbers === 2 && compares && !bool)
    return { rule: "a comparison of two numbers needs `bool`", remedy: `write ${operator} bool, or compare series` };
  if (numbers > 0 && combines)
    return { rule: `\`${operator}\` joins series, not numbers`, remedy: "write vector(…) around the number" };
  if (numbers > 0 && matching)
    return { rule: "`on` and `ignoring` join series, not numbers", remedy: "remove the clause" };
  if (combines && matching?.group)
    return { rule: `\`${operator}\` has no group_${matching.group}`, remedy: "remove it" };
  return undefined;
}

function mismatch(wanted: Type, found: Type): readonly [rule: string, remedy: string] {
  switch (wanted) {
    case "range":
      return ["a range is required here", "write the length of the range, such as [5m]; after a function, [5m:]"];
    case "number":
      return ["a number is required here", "write a number, or scalar(…) around series"];
    case "text":
      return ["a text is required here", "write it in quotes"];
    case "series":
      return found === "range"
        ? ["one value at a time is required here, not a range", "put a function around it, such as rate(…)"]
        : [`series are required here, not a ${found}`, "query a metric, or write vector(…) around the number"];
  }
}

function acceptsCount({ takes, optional, repeated }: Signature, count: number): boolean {
  return count >= takes.length - optional && (repeated || count <= takes.length);
}

function countOf(count: number): string {
  return count === 1 ? "one argument" : `${count || "no"} arguments`;
}

function argumentsOf({ takes, optional, repeated }: Signature): string {
  const required = takes.slice(0, takes.length - optional).join(", ");
  const rest = takes.slice(takes.length - optional).join(", ");
  if (rest === "") return required;
  return `${required}[${required ? ", " : ""}${rest}${repeated ? ", …" : ""}]`;
}
