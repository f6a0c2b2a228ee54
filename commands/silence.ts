import { type Fault, refuseAny } from "../faults";
import { inSeconds } from "../kit/queries/duration";
import type { Environment } from "../settings/environment";
import { checkClusterAccess } from "./cluster/cluster-access";
import { Kubectl } from "./cluster/kubectl";
import { type Command, CommandError, type Given, start } from "./command";
import { environmentArgument, environmentOf } from "./environments";
import { listSilences } from "./silences/alertmanager";
import { author } from "./silences/author";
import { endSilences } from "./silences/end-silences";
import { configuredAlerts, type KnownAlert } from "./silences/known-alerts";
import { otherAlerts } from "./silences/other-alerts";
import { type Reach, reachThrough } from "./silences/reach-alertmanager";
import { findScope, type Scope } from "./silences/scope";
import { silenceAlerts } from "./silences/silence-alerts";
import { listText, scopeText, silencedText } from "./silences/silence-text";
import { durationFaults } from "./silences/times";

export const silence: Command = {
  name: "silence",
  positionals: environmentArgument,
  operands: {
    name: "what",
    help: "an alert, a team, a namespace, a service or a subject by its name, `<label>=<value>`, or `everything`. With `--end`: ids of silences",
  },
  options: {
    for: {
      type: "string",
      value: "duration",
      help: "how long the work takes, such as `90m`; at most 7d, for `everything` 1d",
    },
    because: { type: "string", value: "reason", help: "the work, for people who read the silence" },
    list: { type: "boolean", help: "lists the silences of the environment, with the commands that end them" },
    end: { type: "boolean", help: "ends the silences with these ids now" },
  },
  help: `
Silences alerts of a deployed environment during planned work: they notify nobody until the work is over. The silence ends
by itself. The command prints which alerts are silenced, which ones fire already, and the command that ends the silence
earlier. It refuses a name that matches no alert, and proposes the nearest one.

The heartbeat is never silenced, because an external service pages when it stops. Silenced alerts still inhibit the
alerts that they explain. If an alert still fires at the end, people are notified then.

Requests go to Alertmanager through the API server, so it needs the kubeconfig and kubectl, and no Terraform state. The
author of the silence is the author of commits on this machine, as git knows them. docs/planned-work.md has examples.

Environment variables: KUBECONFIG; GIT_AUTHOR_NAME and GIT_AUTHOR_EMAIL, the author in a pipeline.

Exit code 0: silenced, listed or ended. 1: nothing was changed, or an Alertmanager did not get the silence.`,
  async run(given, operands) {
    const environment = environmentOf(given);
    const faults = argumentFaults(given, operands);
    refuseAny(faults, "nothing was changed");
    const kubectl = new Kubectl(environment.cluster.context);
    refuseAny(await checkClusterAccess(environment, kubectl, console.error), "nothing was changed");
    return runSilence(environment, reachThrough(kubectl), given, operands);
  },
};

/** Creates, lists or ends silences of an environment whose servers can be reached. @returns the exit code */
export async function runSilence(
  environment: Environment,
  reach: Reach,
  given: Given,
  operands: readonly string[],
): Promise<number> {
  if (given.list === true) {
    console.log(listText(await reach(({ alertmanager }) => listSilences(alertmanager)), environment.name));
    return 0;
  }
  if (given.end === true) return endSilences(reach, operands, environment.name);
  return createSilences(environment, reach, given, operands);
}

async function createSilences(
  environment: Environment,
  reach: Reach,
  given: Given,
  names: readonly string[],
): Promise<number> {
  const configured = configuredAlerts(environment);
  return reach(async (servers) => {
    const alerts = [...configured, ...(await otherAlerts(servers, configured))];
    const scopes = findScopes(names, environment, alerts);
    const startsAt = new Date();
    const endsAt = new Date(startsAt.getTime() + inSeconds(String(given.for)) * 1000);
    const work = { startsAt, endsAt, createdBy: await author(), comment: String(given.because).trim() };
    const silenced = await silenceAlerts(servers, scopes, work);
    console.log(scopeText(scopes, alerts, environment));
    console.log(silencedText(silenced, work, environment.name));
    return silenced.without.length > 0 ? 1 : 0;
  });
}

/** @throws {Faults} with every name that matches no alert. */
function findScopes(names: readonly string[], environment: Environment, alerts: readonly KnownAlert[]): Scope[] {
  const found = names.map((name) => findScope(name, environment, alerts));
  refuseAny(
    found.filter((one): one is Fault => "rule" in one),
    "nothing was silenced",
  );
  return found.filter((one): one is Scope => "silences" in one);
}

/** @throws {CommandError} when the options contradict each other. */
function argumentFaults(given: Given, operands: readonly string[]): Fault[] {
  if (given.list === true || given.end === true) {
    if (given.list === true && given.end === true) throw new CommandError("Use either --list or --end.");
    if (given.for !== undefined || given.because !== undefined)
      throw new CommandError("--for and --because describe a new silence, and do not go with --list or --end.");
    if (given.list === true && operands.length > 0) throw new CommandError("--list takes no further argument.");
    if (given.end === true && operands.length === 0)
      throw new CommandError("--end takes the ids of silences, which `--list` prints.");
    return [];
  }
  const because = String(given.because ?? "").trim();
  return [
    ...(operands.length === 0
      ? [
          {
            place: "<what>",
            rule: "must name at least one alert, team, namespace or service",
            remedy: "name it, or write `everything`",
          },
        ]
      : []),
    ...durationFaults(given.for === undefined ? undefined : String(given.for), operands),
    ...(because === ""
      ? [
          {
            place: "--because",
            rule: "must state the work",
            remedy: 'write such as `--because "upgrade of PostgreSQL"`',
          },
        ]
      : []),
  ];
}

if (require.main === module) void start(silence);
