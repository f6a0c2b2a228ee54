import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, posix } from "node:path";
import type { Fault } from "../faults";
import { alertFile } from "../subjects/listings";

/**
 * Compares the files of alerts, metrics, dashboards and runbooks with the lists that should contain them. A file that
 * no list contains would silently not be deployed.
 *
 * @param root folder of the project. @default the current folder
 */
export function contentFileFaults(root = "."): Fault[] {
  const project = readProject(root);
  return [
    ...unlistedFaults(project, "subjects/", "Subject", subjectList, "the file and the content of its folders"),
    ...alertFaults(project),
    ...runbookFaults(project),
    ...metricFaults(project),
    ...dashboardFaults(project),
  ];
}

interface Project {
  /** Texts of the TypeScript files of subjects and of their content, by path. */
  readonly sources: ReadonlyMap<string, string>;
  /** Texts of the runbooks, by the names of their alerts. */
  readonly runbooks: ReadonlyMap<string, string>;
}

const folders = ["subjects", "alerts", "metrics", "dashboards"];
const subjectList = "subjects/subjects.ts";
const runbookFolder = "docs/runbooks";

function readProject(root: string): Project {
  const paths = folders.flatMap((folder) => filesBelow(root, folder, ".ts"));
  return {
    sources: new Map(["signals.ts", ...paths].map((path) => [path, readFileSync(join(root, path), "utf8")])),
    runbooks: new Map(
      filesBelow(root, runbookFolder, ".md")
        // Several runbooks link to each of the other pages, which belong to no alert.
        .filter((path) => /^[A-Z]/.test(basename(path)))
        .map((path) => [basename(path, ".md"), readFileSync(join(root, path), "utf8")]),
    ),
  };
}

function filesBelow(root: string, folder: string, ending: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return entries.filter((path) => path.endsWith(ending)).map((path) => posix.join(folder, path.replaceAll("\\", "/")));
}

/** Faults of files that declare a value of the type but are not imported by the list. */
function unlistedFaults({ sources }: Project, folder: string, type: string, list: string, leftovers: string): Fault[] {
  const listed = importsOf(list, sources);
  return pathsIn(sources, folder)
    .filter((path) => (sources.get(path) ?? "").includes(`: ${type} = {`) && !listed.includes(path))
    .map((path) => ({
      place: path,
      rule: `must be listed by ${list}`,
      remedy: `import it there and add it to the list, or delete ${leftovers}`,
    }));
}

/** Faults of alerts whose file is not named after them, or that the subject of their folder does not list. */
function alertFaults({ sources }: Project): Fault[] {
  const reached = reachableFiles(sources, "alerts/");
  return pathsIn(sources, "alerts/").flatMap((path) => {
    const text = sources.get(path) ?? "";
    const misplaced = [...text.matchAll(/\bname: "([A-Z]\w+)"/g)]
      .map(([, name = ""]) => name)
      .filter((name) => alertFile(subjectOf(path), name) !== path);
    return [
      ...misplaced.map((name) => ({
        place: path,
        rule: `must be named after the alert that it contains, ${name}`,
        remedy: `rename the file to ${alertFile(subjectOf(path), name)}`,
      })),
      ...(isAlert(path, text) ? listFaults(sources, path, "alerts") : unreachableFaults(path, reached)),
    ];
  });
}

/** Faults of alerts without a runbook, and of runbooks without an alert or without a query. */
function runbookFaults({ sources, runbooks }: Project): Fault[] {
  const alerts = pathsIn(sources, "alerts/").filter((path) => isAlert(path, sources.get(path) ?? ""));
  const names = new Set(alerts.map(alertName));
  return [
    ...alerts
      .filter((path) => !runbooks.has(alertName(path)))
      .map((path) => ({
        place: path,
        rule: "must have a runbook",
        remedy: `write ${runbookFolder}/${alertName(path)}.md with the sections of the other pages`,
      })),
    ...[...runbooks.keys()]
      .filter((name) => !names.has(name))
      .map((name) => ({
        place: `${runbookFolder}/${name}.md`,
        rule: "must belong to an alert",
        remedy: "name it after the alert that links to it, or delete it",
      })),
    ...[...runbooks]
      .filter(([, text]) => !/```(promql|logql)\b/.test(text))
      .map(([name]) => ({
        place: `${runbookFolder}/${name}.md`,
        rule: "must contain a query",
        remedy: "add a query that shows the measure of the alert, in a block of the language `promql` or `logql`",
      })),
  ];
}

/**
 * Faults of files that no subject imports. Imports by alerts and dashboards do not count, because they only use
 * metrics.
 */
function metricFaults({ sources }: Project): Fault[] {
  const reached = reachableFiles(sources, "metrics/");
  return pathsIn(sources, "metrics/").flatMap((path) => unreachableFaults(path, reached));
}

function dashboardFaults({ sources }: Project): Fault[] {
  const reached = reachableFiles(sources, "dashboards/");
  return pathsIn(sources, "dashboards/").flatMap((path) =>
    /from "[./]*\/kit\/dashboards\/dashboard"/.test(sources.get(path) ?? "")
      ? listFaults(sources, path, "dashboards")
      : unreachableFaults(path, reached),
  );
}

/** A fault if the subject of the file does not import it, or does not use the import. */
function listFaults(sources: Project["sources"], path: string, list: string): Fault[] {
  const subject = `subjects/${subjectOf(path)}.ts`;
  if (importsOf(subject, sources).includes(path) && usesImport(sources.get(subject) ?? "", path)) return [];
  const rule = `must be listed by ${subject}`;
  const remedy = sources.has(subject)
    ? `import it there and add its exports to \`${list}\`, or delete the file`
    : `write ${subject} and add it to ${subjectList}, or move the file to the folder of its subject`;
  return [{ place: path, rule, remedy }];
}

function unreachableFaults(path: string, reached: ReadonlySet<string>): Fault[] {
  if (reached.has(path)) return [];
  const subject = `subjects/${subjectOf(path)}.ts`;
  return [
    { place: path, rule: "must be used by a subject", remedy: `add its exports to ${subject}, or delete the file` },
  ];
}

/** Files of the folder that the subjects import, directly or through other files of the folder. */
function reachableFiles(sources: Project["sources"], folder: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = ["signals.ts", ...pathsIn(sources, "subjects/")];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const next of importsOf(path, sources)) {
      if (reached.has(next) || !next.startsWith(folder)) continue;
      reached.add(next);
      waiting.push(next);
    }
  }
  return reached;
}

function usesImport(text: string, path: string): boolean {
  const [, names = ""] = new RegExp(`import \\{([^}]+)\\} from "[./]*/${path.replace(/\.ts$/, "")}"`).exec(text) ?? [];
  const used = names.split(",").map((name) => name.replace(/^.*\bas\b/, "").trim());
  return used.filter(Boolean).some((name) => text.split(new RegExp(`\\b${name}\\b`)).length > 2);
}

function importsOf(path: string, sources: Project["sources"]): string[] {
  const imports = (sources.get(path) ?? "").matchAll(/\bfrom "(\.[^"]+)"/g);
  return [...imports].map(([, target = ""]) => `${posix.join(posix.dirname(path), target)}.ts`);
}

function pathsIn(sources: Project["sources"], folder: string): string[] {
  return [...sources.keys()].filter((path) => path.startsWith(folder));
}

/** `alerts/redis/redis-down.ts` is about the subject `redis`. */
function subjectOf(path: string): string {
  return path.split("/")[1]?.replace(/\.ts$/, "") ?? "";
}

/** `alerts/redis/redis-down.ts` is the file of the alert `RedisDown`. */
function alertName(path: string): string {
  return basename(path, ".ts").replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function isAlert(path: string, text: string): boolean {
  return text.includes(`"${alertName(path)}"`);
}
