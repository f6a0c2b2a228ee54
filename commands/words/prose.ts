import * as ts from "typescript";
import { codeBlock, codeSpan } from "./markdown-code";

/** A piece of text that people read. */
export interface Passage {
  /** Line of the file at which the passage begins, from 1. */
  readonly line: number;
  readonly text: string;
}

type Reader = (text: string) => readonly Passage[];

const readers: readonly (readonly [ending: RegExp, reader: Reader])[] = [
  [/\.md$/, markdown],
  [/\.(?:[cm]?ts|tsx|[cm]js)$/, typescript],
  [/\.(?:py|pyi)$/, python],
  [/(?:\.(?:ya?ml|toml|ini)|Dockerfile|\.ci\/\w+|erp\/(?:run|test|virtualenv))$/, numberSigns],
  [/\.(?:go|java)$/, slashes],
];

/** @returns the passages of a file that people read, without code, names and quotations; none for files of data. */
export function prose(path: string, text: string): readonly Passage[] {
  const [, reader] = readers.find(([ending]) => ending.test(path)) ?? [];
  return (reader?.(text) ?? []).map((passage) => ({ ...passage, text: withoutQuotations(passage.text) }));
}

function markdown(text: string): readonly Passage[] {
  const blank = (match: string) => match.replace(/[^\n]/g, "");
  const readable = text
    .replace(codeBlock, blank)
    .replace(/^ {4}.*$/gm, (line) => (/^ {4,}[-\d*]/.test(line) ? line : ""))
    .replace(/\]\([^)]*\)/g, "]");
  // A sentence may continue on the next line; a paragraph is one passage.
  return [...readable.matchAll(/(?:^.*\S.*\n?)+/gm)].map((match) => passage(readable, match.index, match[0]));
}

/** Comments, and string literals of more than one word. */
function typescript(text: string): readonly Passage[] {
  const source = ts.createSourceFile("x.tsx", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const passages: Passage[] = [];
  let remaining = text;
  const visit = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node);
    if (isText || ts.isRegularExpressionLiteral(node)) {
      const [start, end] = [node.getStart(), node.getEnd()];
      const isPath = ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent);
      if (isText && !isPath && /\s/.test(node.text.trim())) passages.push(passage(text, start, node.text));
      remaining = remaining.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, " ") + remaining.slice(end);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...passages, ...commentsWith(remaining, /\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/[^\n]*\n?)+|\/\/[^\n]*/gm)];
}

/** Comments, and strings of more than one word. */
function python(text: string): readonly Passage[] {
  const tokens =
    /[rbf]?("""|''')[\s\S]*?\1|[rbf]?"(?:\\.|[^"\\\n])*"|[rbf]?'(?:\\.|[^'\\\n])*'|(?:^[ \t]*#[^\n]*\n?)+|#[^\n]*/gm;
  return [...text.matchAll(tokens)]
    .map((match) => passage(text, match.index, match[0].replace(/^[rbf]?("""|'''|"|')|("""|'''|"|')$/g, "")))
    .filter((found) => /\s/.test(found.text.trim()));
}

function numberSigns(text: string): readonly Passage[] {
  return commentsWith(text, /(?:^[ \t]*#[^\n]*\n?)+|(?<=\s)#[^\n]*|(?<=\becho ")[^"\n]*/gm);
}

function slashes(text: string): readonly Passage[] {
  return commentsWith(text, /\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/[^\n]*\n?)+|(?<!:)\/\/[^\n]*/gm);
}

function commentsWith(text: string, comment: RegExp): readonly Passage[] {
  return [...text.matchAll(comment)].map((match) =>
    passage(text, match.index, match[0].replace(/^[ \t]*(?:\/\/|\*|#)+/gm, "")),
  );
}

function passage(file: string, index: number, text: string): Passage {
  return { line: file.slice(0, index).split("\n").length, text };
}

/** The text with its lines, without what it quotes: names in backticks, words in quotation marks, addresses. */
function withoutQuotations(text: string): string {
  return text
    .replace(codeSpan, keepLines)
    .replace(/"[^"]{0,300}?"|“[^”]{0,300}?”/g, keepLines)
    .replace(/https?:\/\/\S+/g, keepLines);
}

function keepLines(quoted: string): string {
  return `…${quoted.replace(/[^\n]/g, "")}`;
}
