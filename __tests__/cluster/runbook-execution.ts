import { spawnSync } from "node:child_process";
import { knownObjects } from "../runbooks/known-objects";
import { type KubectlCall, type RunbookCommand, shellFunctions } from "../runbooks/runbook-commands";
import { runbookPages } from "../runbooks/runbook-pages";
import { testEnvironment } from "./cluster-environment";
import { context } from "./kubernetes";
import { fillPlaceholders } from "./runbook-placeholders";

/** What became of a command of a runbook. */
export interface Execution {
  readonly command: RunbookCommand;
  /** Why it was not run. @default it was run */
  readonly skipped?: string;
  /** The error of the call. @default it succeeded */
  readonly failure?: string;
}

/** Commands that are not run, with the reason. What only another environment has is found without this list. */
const skips: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/\bdebug node\//, "its image is not on the node of the tests"],
  [/\belasticsearch /, "the environment has no Elasticsearch"],
  [/\bdescribe certificate/, "the cluster has no cert-manager"],
  [/\bcreate secret tls/, "it needs a certificate"],
  [/\bcontrol add_consumer/, "it would change the running workers"],
  [/\bxargs kubectl/, "it deletes what the command before it lists"],
];

/** Verbs that only read. */
const reads = /^(get|describe|logs|top \w+|exec|rollout (history|status))$/;

/** Errors of kubectl for correct commands: nothing has happened yet, or a pod of the tests causes them. */
const calm =
  /previous terminated container .* not found|No resources found|no rollout history found|skipped rollback|declare no controller .*: webhook/;

/** Runs commands of runbooks, or has the API server judge them where they change something. */
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

/** A thing that a command needs and `local` lacks. */
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

/** A filter such as `grep` finds nothing while all is well, but its program must be there. */
function failureOfPipe({ text, calls }: RunbookCommand): string | undefined {
  if (calls.length > 0 && (!text.includes("|") || !calls.every(({ verb }) => reads.test(verb)))) return undefined;
  const { status, stderr } = bash(text);
  return status === 0 || status === 1 ? undefined : `${text}: exit code ${status}: ${stderr}`;
}

/** @returns the error of a call that fails or prints nothing */
function failureOf(call: KubectlCall): string | undefined {
  const { status, stdout, stderr } = bash(harmless(call));
  if (calm.test(stderr)) return undefined;
  if (call.verb === "port-forward") return stdout.includes("Forwarding from") ? undefined : `${call.text}: ${stderr}`;
  if (status !== 0) return `${call.text}: ${stderr}`;
  return stdout.trim() === "" ? `${call.text}: prints nothing` : undefined;
}

/** The call in a form that changes nothing, and that ends. */
function harmless({ text, verb, objects, program, namespace }: KubectlCall): string {
  if (verb === "port-forward") {
    // Any free port: those of the pages may be taken.
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
