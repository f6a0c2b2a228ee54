import { spawnSync } from "node:child_process";
import { knownObjects } from "../runbooks/known-objects";
import { type KubectlCall, type RunbookCommand, shellFunctions } from "../runbooks/runbook-commands";
import { runbookPages } from "../runbooks/runbook-pages";
import { testEnvironment } from "./cluster-environment";
import { context } from "./kubernetes";
import { fillPlaceholders } from "./runbook-placeholders";

/** The result of a command of a runbook. */
export interface Execution {
  readonly command: RunbookCommand;
  /** Why the command was not run. @default the command was run */
  readonly skipped?: string;
  /** The error of the call. @default the call succeeded */
  readonly failure?: string;
}

/**
 * Commands that are not run, with the reason. Commands for objects of other environments are detected without this
 * list.
 */
const skips: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/\bdebug node\//, "its image is not on the node of the tests"],
  [/\belasticsearch /, "the environment has no Elasticsearch"],
  [/\bdescribe certificate/, "the cluster has no cert-manager"],
  [/\bcreate secret tls/, "the command needs a certificate"],
  [/\bcontrol add_consumer/, "the command would change the running workers"],
  [/\bxargs kubectl/, "it deletes the objects that the command before it lists"],
];

/** Verbs that only read. */
const reads = /^(get|describe|logs|top \w+|exec|rollout (history|status))$/;

/**
 * Errors of kubectl that a correct command can cause, because nothing has happened yet or because of a pod of the
 * tests.
 */
const expectedErrors =
  /previous terminated container .* not found|No resources found|no rollout history found|skipped rollback|declare no controller .*: webhook/;

/** Runs commands of runbooks. Commands that change something are only validated by the API server. */
export function runCommands(commands: readonly RunbookCommand[]): readonly Execution[] {
  const { names } = knownObjects([testEnvironment({ context, charts: "charts" })]);
  return commands.map((command) => {
    const skipped = skips.find(([pattern]) => pattern.test(command.text))?.[1] ?? missingPart(command, names);
    if (skipped !== undefined) return { command, skipped };
    const failure = command.calls.map(failureOf).find((one) => one !== undefined) ?? failureOfPipe(command);
    return { command, ...(failure !== undefined && { failure }) };
  });
}

/** Pods of a second replica. */
const others = /^pod\/prometheus-.*-1$/;

/** The first thing that a command needs and that `local` does not have. */
function missingPart({ text, calls }: RunbookCommand, names: ReadonlySet<string>): string | undefined {
  const [placeholder] = fillPlaceholders(text).match(/<\w[\w ]*>/) ?? [];
  if (placeholder) return `the environment has no ${placeholder}`;
  const missing = calls.flatMap(({ namespace, objects }) =>
    objects
      .filter((object) => !object.includes("<"))
      .filter((object) => others.test(object) || !names.has([namespace, object].join(" ").trim())),
  );
  return missing.length > 0 ? `the environment has no ${missing.join(", ")}` : undefined;
}

/** The error of a pipe. A filter such as `grep` finds nothing in a healthy system, but its program must exist. */
function failureOfPipe({ text, calls }: RunbookCommand): string | undefined {
  if (calls.length > 0 && (!text.includes("|") || !calls.every(({ verb }) => reads.test(verb)))) return undefined;
  const { status, stderr } = bash(text);
  return status === 0 || status === 1 ? undefined : `${text}: exit code ${status}: ${stderr}`;
}

/** @returns the error of a call that fails or prints nothing */
function failureOf(call: KubectlCall): string | undefined {
  const { status, stdout, stderr } = bash(readOnlyForm(call));
  if (expectedErrors.test(stderr)) return undefined;
  if (call.verb === "port-forward") return stdout.includes("Forwarding from") ? undefined : `${call.text}: ${stderr}`;
  if (status !== 0) return `${call.text}: ${stderr}`;
  return stdout.trim() === "" ? `${call.text}: prints nothing` : undefined;
}

/** The call in a form that changes nothing and that ends. */
function readOnlyForm({ text, verb, objects, program, namespace }: KubectlCall): string {
  if (verb === "port-forward") {
    // Uses any free port, because the ports of the pages may be in use.
    return `timeout 5 ${text.replace("kubectl", `kubectl --context ${context}`).replace(/ (?:\d+:)?(\d+)$/, " :$1")}`;
  }
  if (verb === "rollout restart") return `kubectl --namespace ${namespace} get ${objects.join(" ")}`;
  if (program === "psql" && !text.includes("--command")) return `${text} --command 'SELECT 1'`;
  return reads.test(verb) || text.includes("--dry-run") ? text : `${text} --dry-run=server`;
}

function bash(command: string) {
  const shared = runbookPages().flatMap(shellFunctions).join("\n");
  const script = `kubectl() { command kubectl --context ${context} "$@"; }\n${shared}\n${fillPlaceholders(command)}`;
  return spawnSync("bash", ["-o", "pipefail", "-c", script], { encoding: "utf8", timeout: 60_000 });
}
