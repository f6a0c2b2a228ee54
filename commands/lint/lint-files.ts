import { inSeconds } from "../../kit/queries/duration";
import { type Finding, findingAt } from "./finding";
import { knownTypes } from "./known-types";
import { duplicates, lintDashboard } from "./lint-dashboards";
import { lintRules } from "./lint-rules";
import { readSource, type Source, type SourceNode } from "./source";

/** A file with its content. */
interface ReadFile {
  readonly file: string;
  readonly source: Source;
}

/** The findings in files of rules and dashboards, in the order of the files and lines. */
export function lintFiles(files: readonly string[], scrapeInterval?: string): readonly Finding[] {
  const scrapeSeconds = scrapeInterval === undefined ? undefined : inSeconds(scrapeInterval);
  const vocabulary = knownTypes(scrapeSeconds);
  const read = files.map((file) => ({ file, source: readOrFail(file) }));
  const found = read.flatMap(({ file, source }) => [
    ...source.errors.map(({ line, column, message }) => ({
      file,
      line,
      column,
      check: "syntax" as const,
      place: "file",
      rule: `must be a readable file of YAML or JSON: ${message}`,
      remedy: "correct it; the name of a JSON file ends with .json",
    })),
    ...(source.errors.length > 0
      ? []
      : contentsOf(file, source, (node, kind) =>
          kind === "rules"
            ? lintRules(file, node, vocabulary, scrapeSeconds)
            : lintDashboard(file, node, vocabulary, scrapeSeconds),
        )),
  ]);
  const sorted = [...found, ...sameUids(read)];
  return files.flatMap((file) => sorted.filter((one) => one.file === file).sort((one, other) => one.line - other.line));
}

function readOrFail(file: string): Source {
  try {
    return readSource(file);
  } catch (error) {
    return {
      documents: [],
      errors: [{ line: 1, column: 1, message: error instanceof Error ? error.message : String(error) }],
    };
  }
}

type Kind = "rules" | "dashboard";

/** The rule groups and dashboards of a file. */
function contentsOf(file: string, { documents }: Source, lint: (node: SourceNode, kind: Kind) => Finding[]): Finding[] {
  const found = documents.flatMap(partsOf);
  if (found.length > 0) return found.flatMap(({ node, kind }) => lint(node, kind));
  const [first] = documents;
  if (first === undefined || documents.every(({ value }) => value === undefined)) return [];
  return [
    findingAt(file, first, "form", {
      place: "file",
      rule: "must contain rule groups (`groups`), an object of kind PrometheusRule, or a dashboard in Grafana's classic model (`panels`)",
      remedy: "name only files of rules and dashboards",
    }),
  ];
}

function partsOf(node: SourceNode): readonly { readonly node: SourceNode; readonly kind: Kind }[] {
  const content = node.value;
  if (content === null || typeof content !== "object" || Array.isArray(content)) return [];
  if ("kind" in content && "items" in content) return node.at("items").items.flatMap(partsOf);
  if ("kind" in content && content.kind === "PrometheusRule")
    return [{ node: node.at("spec").at("groups"), kind: "rules" }];
  if ("groups" in content) return [{ node: node.at("groups"), kind: "rules" }];
  if ("dashboard" in content) return partsOf(node.at("dashboard"));
  return "panels" in content || "rows" in content ? [{ node, kind: "dashboard" }] : [];
}

/** Grafana keeps only one of two dashboards with the same uid. */
function sameUids(read: readonly ReadFile[]): Finding[] {
  const uids = read.flatMap(({ file, source }) =>
    source.documents
      .flatMap(partsOf)
      .flatMap(({ node, kind }) => (kind === "dashboard" ? [{ file, uid: node.at("uid") }] : [])),
  );
  return uids.flatMap(({ file, uid }, index) => {
    const before = uids.slice(0, index).find((one) => one.uid.value === uid.value && uid.value);
    if (before === undefined) return [];
    return duplicates(
      file,
      [before.uid, uid],
      "uid of the dashboard",
      `${before.file} has it too, and Grafana keeps only one of the two`,
    );
  });
}
