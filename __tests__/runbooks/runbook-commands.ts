import type { RunbookPage } from "./runbook-pages";

/** A command on a page. */
export interface RunbookCommand {
  readonly page: string;
  readonly text: string;
  readonly calls: readonly KubectlCall[];
}

/** One call of kubectl in a command. */
export interface KubectlCall {
  /** The call without the rest of its pipeline. */
  readonly text: string;
  /** `get`, `rollout undo`. */
  readonly verb: string;
  /** The namespace of the call. @default the call has no namespace */
  readonly namespace?: string;
  /** Objects in the call, as `deployment/erp-api`. */
  readonly objects: readonly string[];
  /** Labels that the objects must have, by their name. */
  readonly selector: ReadonlyMap<string, readonly string[]>;
  readonly flags: ReadonlySet<string>;
  /** The program that the call runs in a container. @default the call runs no program */
  readonly program?: string;
}

/** The commands of a page that use the cluster: lines of its shell blocks, and calls of kubectl in its sentences. */
export function runbookCommands({ name: page, text, blocks }: RunbookPage): readonly RunbookCommand[] {
  const lines = blocks
    .filter(({ language, text: block }) => language === "sh" && !isDefinition(block))
    .flatMap(({ text: block }) => block.replaceAll(/\\\n\s*/g, "").split("\n"));
  const inline = [...text.replaceAll(/^ *```(?:.*\n)*?^ *```/gm, "").matchAll(/`(kubectl [^`]+)`/g)].map(
    ([, code = ""]) => code,
  );
  return [...lines, ...inline.filter((code) => /^kubectl .*\S \S/.test(code))]
    .map((command) => ({ page, text: command, calls: kubectlCalls(command) }))
    .filter(({ text: command, calls }) => calls.length > 0 || /\b(redis|elasticsearch) /.test(command));
}

/**
 * A command for each statement in a page's SQL blocks, with which PostgreSQL plans the statement but does not run it.
 */
export function plannedStatements({ name: page, blocks }: RunbookPage): readonly RunbookCommand[] {
  const statements = blocks.filter(({ language }) => language === "sql").flatMap(({ text }) => text.split(";"));
  return statements
    .filter((statement) => statement.trim() !== "")
    .map((statement) => {
      const explained = quote(`EXPLAIN ${statement.trim()}`);
      const text = `kubectl --namespace erp exec deployment/postgresql -- psql --username postgres erp --command ${explained}`;
      return { page, text, calls: kubectlCalls(text) };
    });
}

/** The shell functions that a page defines for other pages. */
export function shellFunctions({ blocks }: RunbookPage): readonly string[] {
  return blocks.map(({ text }) => text).filter(isDefinition);
}

function isDefinition(block: string): boolean {
  return /^\w+\(\) \{/m.test(block);
}

/** Flags of kubectl that take no value. */
const switches = new Set(
  "all-containers all-namespaces containers delete-emptydir-data ignore-daemonsets it prefix previous show-labels stdin tty".split(
    " ",
  ),
);

/** Verbs that have a second word. */
const groups = ["rollout", "top", "create"];

export function kubectlCalls(command: string): readonly KubectlCall[] {
  return pipeline(command).flatMap((words) => {
    const start = words.indexOf("kubectl");
    return start < 0 ? [] : [kubectlCall(words.slice(start + 1))];
  });
}

function kubectlCall(words: readonly string[]): KubectlCall {
  const end = words.includes("--") ? words.indexOf("--") : words.length;
  const flags = new Map<string, string>();
  const positional: string[] = [];
  for (let index = 0; index < end; index++) {
    const [, name, value] = /^--?([\w-]+)(?:=(.*))?$/s.exec(words[index] ?? "") ?? [];
    if (name === undefined) positional.push(words[index] ?? "");
    else flags.set(name, value ?? (switches.has(name) ? "" : (words[++index] ?? "")));
  }
  const [first = "", ...others] = positional;
  const verb = groups.includes(first) ? `${first} ${others.shift()}` : first;
  const program = words[end + 1];
  const namespace = flags.get("namespace");
  return {
    text: ["kubectl", ...words.map(quote)].join(" "),
    verb,
    ...(namespace !== undefined && { namespace }),
    objects: objectsOf(verb, others),
    selector: parseSelector(flags.get("selector") ?? ""),
    flags: new Set(flags.keys()),
    ...(program !== undefined && { program }),
  };
}

function objectsOf(verb: string, [first = "", ...names]: readonly string[]): readonly string[] {
  if (first.includes("/")) return [first, ...names].filter((name) => name.includes("/"));
  if (["logs", "exec"].includes(verb)) return [`pod/${first}`].filter((name) => name !== "pod/");
  if (["cordon", "drain"].includes(verb)) return [`node/${first}`];
  if (/^(apply|create|port-forward|top)/.test(verb)) return [];
  return names.map((name) => `${first}/${name}`);
}

/** `a=b,c in (d,e)` */
function parseSelector(text: string): ReadonlyMap<string, readonly string[]> {
  const pairs = text.matchAll(/([\w./-]+)(?:=([\w.-]+)| in \(([^)]*)\))/g);
  return new Map([...pairs].map(([, label = "", one, several = ""]) => [label, one ? [one] : several.split(",")]));
}

/** Quoted text, `<placeholder>`, redirections, separators of commands, and all other characters. */
const shellParts =
  /'(?<single>[^']*)'|"(?<double>(?:\\.|[^"\\])*)"|(?<placeholder><\w[^>]*>)|(?<redirection>\d?[<>]\S*)|(?<separator>\|\|?|&&?|;)|(?<space>\s+)|(?<other>\\?.)/gs;

/** The words of each command of a line: `a b | c; d` is a b, c, and d. */
function pipeline(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  let word: string | undefined;
  const endWord = () => {
    if (word !== undefined) commands.at(-1)?.push(word);
    word = undefined;
  };
  for (const { groups: { single, double, placeholder, separator, other } = {} } of line.matchAll(shellParts)) {
    const text = single ?? double?.replaceAll(/\\(["\\$`])/g, "$1") ?? placeholder ?? other?.slice(-1);
    if (text === undefined) endWord();
    else word = (word ?? "") + text;
    if (separator !== undefined) commands.push([]);
  }
  endWord();
  return commands;
}

function quote(word: string): string {
  return /^[\w./:=@,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
