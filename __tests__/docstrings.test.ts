import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

const root = join(__dirname, "..");

/** A property that callers can omit. Only its doc comment states the default. */
type OptionalProperty = ts.PropertySignature | ts.PropertyAssignment;

const files = execFileSync("git", ["ls-files", "*.ts"], { cwd: root, encoding: "utf8" })
  .trim()
  .split("\n")
  .filter((file) => !/^(__tests__|bench)\//.test(file) && existsSync(join(root, file)));

describe("doc comments of optional properties", () => {
  test("contain a sentence and `@default`, unless the type links to the reference of its format", () => {
    expect(files.flatMap((file) => undocumented(file, readFileSync(join(root, file), "utf8")))).toEqual([]);
  });

  test.each([
    ["a missing comment", "interface A { b?: string }", ["x.ts:1 b"]],
    ["a comment without a sentence", "interface A {\n/** @default none */\nb?: string }", ["x.ts:3 b"]],
    ["a comment without `@default`", "interface A {\n/** The name that it has. */\nb?: string }", ["x.ts:3 b"]],
    [
      "a sentence without a full stop",
      "interface A {\n/** Name of a user @default none */\nb?: string }",
      ["x.ts:3 b"],
    ],
    ["a property of a nested type", "interface A {\n  b: { c?: string } }", ["x.ts:2 c"]],
    ["a link above another type", "/** @see https://a.example */\ntype A = 1;\ntype B = { c?: 1 }", ["x.ts:3 c"]],
  ])("are refused for %s", (_, text, expected) => {
    expect(undocumented("x.ts", text)).toEqual(expected);
  });

  test.each([
    ["a sentence and `@default`", "interface A {\n/** The name that it has. @default none */\nb?: string }"],
    ["a link above the type", "/** @see https://a.example */\ninterface A { b: { c?: string } }"],
    ["a required property", "interface A { b: string | undefined }"],
  ])("are accepted for %s", (_, text) => {
    expect(undocumented("x.ts", text)).toEqual([]);
  });

  test("are required for optional settings of the schemas", () => {
    const text = "const a = z.object({\n  b: z.string().min(1).optional(),\n  c: z.string(),\n});";
    expect(undocumented("settings/x.ts", text)).toEqual(["settings/x.ts:2 b"]);
  });
});

/** Optional properties of a file that have no complete doc comment, as `file:line name`. */
function undocumented(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return source.statements
    .filter((declaration) => !hasReference(declaration))
    .flatMap((declaration) => optionalProperties(declaration, file.startsWith("settings/")))
    .filter((property) => !isDocumented(property))
    .map((property) => {
      const { line } = source.getLineAndCharacterOfPosition(property.getStart());
      return `${file}:${line + 1} ${property.name.getText()}`;
    });
}

/** Whether a declaration links to a reference, which documents the fields of another program's format. */
function hasReference(declaration: ts.Statement): boolean {
  return /@see https:\/\//.test(commentOf(declaration));
}

function optionalProperties(node: ts.Node, inSchemas: boolean): OptionalProperty[] {
  const found = isOptional(node, inSchemas) ? [node] : [];
  ts.forEachChild(node, (child) => void found.push(...optionalProperties(child, inSchemas)));
  return found;
}

/** Whether a node is an optional property of a type, or a setting whose schema ends with `.optional()`. */
function isOptional(node: ts.Node, inSchemas: boolean): node is OptionalProperty {
  if (ts.isPropertySignature(node)) return node.questionToken !== undefined;
  return inSchemas && ts.isPropertyAssignment(node) && /\.optional\(\)$/.test(node.initializer.getText());
}

/** Whether the comment has at least three words and a full stop, followed by `@default` and a text. */
function isDocumented(property: OptionalProperty): boolean {
  const [sentence = "", fallback = ""] = commentOf(property).split("@default");
  return /\.$/.test(sentence.trim()) && sentence.trim().split(/\s+/).length >= 3 && fallback.trim() !== "";
}

/** The text of the doc comments above a node, without the marks of the comments. */
function commentOf(node: ts.Node): string {
  return ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .map((comment) => comment.getText().replace(/^\/\*\*|\*\/$/g, ""))
    .join("\n")
    .replace(/^\s*\*/gm, "");
}
