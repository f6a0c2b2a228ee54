import { readFileSync } from "node:fs";
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from "yaml";

/** A value in a file, with its position. */
export interface SourceNode {
  readonly value: unknown;
  /** Line and column of the value, from 1. */
  readonly position: { readonly line: number; readonly column: number };
  /** Whether the text begins in the next line, as that of `expr: |` does, and keeps its lines. */
  readonly isBlock: boolean;
  /** The value of a key or an index. A missing one has the position of its parent. */
  readonly at: (key: string | number) => SourceNode;
  readonly items: readonly SourceNode[];
}

/** A file that was read, or the reason why it cannot be. */
export interface Source {
  readonly documents: readonly SourceNode[];
  readonly errors: readonly { readonly line: number; readonly column: number; readonly message: string }[];
}

/** Reads a file of YAML or JSON. JSON is YAML, so that one parser gives the positions of both. */
export function readSource(path: string): Source {
  return parseSource(readFileSync(path, "utf8"), path.endsWith(".json"));
}

export function parseSource(text: string, isJson: boolean): Source {
  const lines = new LineCounter();
  if (isJson) {
    const message = jsonError(text);
    if (message !== undefined) return { documents: [], errors: [{ line: lineOf(message, text), column: 1, message }] };
  }
  // A byte order mark and tabs are no problem in JSON.
  const documents = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: !isJson, logLevel: "silent" });
  const read = "length" in documents ? documents : [];
  const errors = isJson
    ? []
    : read.flatMap((document) =>
        document.errors.map(({ message, pos }) => {
          const { line, col } = lines.linePos(pos[0]);
          return { line, column: col, message: message.split("\n")[0]?.replace(/ at line .*$/, "") ?? message };
        }),
      );
  if (errors.length > 0) return { documents: [], errors };
  const root = { line: 1, column: 1 };
  return {
    documents: read.map((document) => nodeOf(document.contents, { lines, document: document as Document }, root)),
    errors: [],
  };
}

type Position = SourceNode["position"];

interface Context {
  readonly lines: LineCounter;
  readonly document: Document;
}

function nodeOf(given: unknown, context: Context, parent: Position): SourceNode {
  const written = given as Node | null | undefined;
  const node = isAlias(written) ? written.resolve(context.document) : written;
  const start = written?.range?.[0];
  const found = start === undefined ? undefined : context.lines.linePos(start);
  const position = found ? { line: found.line, column: found.col } : parent;
  let converted: { readonly value: unknown } | undefined;
  return {
    // A walk through a file reads few of the values, and each of them contains all values below it.
    get value() {
      converted ??= { value: node?.toJS(context.document) ?? undefined };
      return converted.value;
    },
    position,
    isBlock: isScalar(node) && node.type === "BLOCK_LITERAL",
    at: (key) => nodeOf(isMap(node) || isSeq(node) ? node.get(key, true) : undefined, context, position),
    items: isSeq(node) ? node.items.map((item) => nodeOf(item, context, position)) : [],
  };
}

function jsonError(text: string): string | undefined {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ""));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Node states the line, or the offset in the text. */
function lineOf(message: string, text: string): number {
  const [, line] = /line (\d+)/.exec(message) ?? [];
  if (line !== undefined) return Number(line);
  const [, offset] = /position (\d+)/.exec(message) ?? [];
  return offset === undefined ? 1 : text.slice(0, Number(offset)).split("\n").length;
}
