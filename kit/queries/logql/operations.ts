import type { SyntaxNode } from "@lezer/common";
import type { Span } from "../query-finding";
import { descendants, type Source, textOf } from "./logql-syntax";

/** Two operands and the operator between them. */
export interface Operation extends Span {
  readonly operator: SyntaxNode;
  readonly modifier: SyntaxNode;
  readonly left: SyntaxNode | Operation;
  readonly right: SyntaxNode | Operation;
}

/** The operation by the precedence of its operators. The grammar has no precedence: it reads `a or b * c` as `(a or b) * c`. */
export function parseOperation(node: SyntaxNode, source: Source): Operation {
  return group(chainOf(node), source) as Operation;
}

/** Operands, with an operator and its modifier between two operands. */
interface Chain {
  readonly operands: readonly SyntaxNode[];
  readonly operators: readonly Pick<Operation, "operator" | "modifier">[];
}

function chainOf(node: SyntaxNode): Chain {
  const [left, right] = node.getChildren("Expr").map((side): Chain => {
    const bare = descendants(side, /^BinOpExpr$/).find(({ from, to }) => from === side.from && to === side.to);
    return bare ? chainOf(bare) : { operands: [side], operators: [] };
  }) as [Chain, Chain];
  const modifier = node.getChild("BinOpModifier") as SyntaxNode;
  const operator = modifier.prevSibling as SyntaxNode;
  return {
    operands: [...left.operands, ...right.operands],
    operators: [...left.operators, { operator, modifier }, ...right.operators],
  };
}

/** Operators by precedence, lowest first. Only those of the last group are right-associative. */
const strengths = [/^or$/i, /^(and|unless)$/i, /^([=!]=|[<>]=?)$/, /^[-+]$/, /^[*/%]$/, /^\^$/];

function group({ operands, operators }: Chain, source: Source): SyntaxNode | Operation {
  const [only] = operands as [SyntaxNode];
  const found = operators.map(({ operator }) => strengths.findIndex((one) => one.test(textOf(operator, source))));
  const weakest = Math.min(...found);
  const at = weakest === strengths.length - 1 ? found.indexOf(weakest) : found.lastIndexOf(weakest);
  const joint = operators[at];
  if (!joint) return only;
  const left = group({ operands: operands.slice(0, at + 1), operators: operators.slice(0, at) }, source);
  const right = group({ operands: operands.slice(at + 1), operators: operators.slice(at + 1) }, source);
  return { ...joint, left, right, from: left.from, to: right.to };
}
