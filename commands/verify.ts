import type { Environment } from "../settings/environment";
import { signals } from "../signals";
import { Kubectl } from "./cluster/kubectl";
import { type Command, type Given, start } from "./command";
import { environmentArgument, environmentOf } from "./environments";
import { checkGroups } from "./verify/checks";
import { exitCode, jsonReport, resultLines, summary } from "./verify/report";
import { rolesText } from "./verify/roles";
import type { Choice, Result } from "./verify/run-checks";
import { verifyEnvironment } from "./verify/verify-environment";

const verify: Command = {
  name: "verify",
  positionals: environmentArgument,
  options: {
    "read-only": { type: "boolean", help: "skips the checks that create something, and lists them" },
    "without-secrets": { type: "boolean", help: "skips the checks that read Secrets, and lists them" },
    notify: {
      type: "boolean",
      help: "also sends a test alert, marked as such, through each route to each receiver, and resolves it. Takes up to seven minutes",
    },
    sentry: { type: "boolean", help: "also sends a test event, marked as such, to Sentry" },
    permissions: {
      type: "boolean",
      help: "prints the account and the Roles that the chosen checks need, and checks nothing",
    },
    json: { type: "boolean", help: "prints the report as JSON (docs/verify.md)" },
  },
  help: `
Checks that a deployed environment is what its configuration describes. It needs the kubeconfig and kubectl, and no
Terraform state. It prints the checks in groups, each with its duration. Each failure states what was expected, what was
found, and which runbook helps. Requests go through the API server. Values of Secrets are never printed.

The checks that create something run last: one request to the ERP, which leaves a log line, and a Job with one restricted
pod, which tries connections and is deleted. \`--read-only\` skips them.

Environment variables: KUBECONFIG; ERP_TOKEN, a bearer token for the request to the ERP (without it, the answer 401 is
expected; tier \`local\` signs its own token); SENTRY_AUTH_TOKEN, SENTRY_ORG and SENTRY_URL, with which \`--sentry\` looks the
event up; DEBUG=1, which prints where an unexpected error occurred.

Exit code 0: every check passed. 1: a check failed. 2: no check failed, but some could not be run, for example because
the cluster does not answer, a token has expired, a permission is missing, or nothing is deployed.`,
  errorCode: 2,
  run: (given) => verifyAndReport(environmentOf(given), given),
};

/** Verifies an environment and prints the report. @returns the exit code */
export async function verifyAndReport(environment: Environment, given: Given): Promise<number> {
  const choice = choiceOf(given);
  if (given.permissions === true) {
    console.log(rolesText(checkGroups, environment, signals(environment), choice));
    return 0;
  }
  const kubectl = new Kubectl(environment.cluster.context);
  const start = performance.now();
  const json = given.json === true;
  let group = "";
  const print = (result: Result) => {
    if (json) return;
    if (result.group !== group) console.log(`\n${result.group}`);
    group = result.group;
    for (const line of resultLines(result)) console.log(line);
  };
  const results = await verifyEnvironment(environment, kubectl, checkGroups, choice, print);
  const seconds = (performance.now() - start) / 1000;
  if (json) console.log(jsonReport(environment.name, kubectl.context, results, seconds));
  else console.log(`\n${summary(results, seconds)}`);
  return exitCode(results);
}

function choiceOf(given: Given): Choice {
  return {
    readOnly: given["read-only"] === true,
    withoutSecrets: given["without-secrets"] === true,
    with: (["notify", "sentry"] as const).filter((option) => given[option] === true),
  };
}

if (require.main === module) void start(verify);
