import type { Kubectl } from "../cluster/kubectl";
import type { Rollout } from "./rollouts";

/**
 * An event, as `kubectl get events --output=json` prints it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
interface Event {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
}

const lastLines = 15;

/** A report about a workload that is not ready: events and last log lines of its pods, and the number of older pods. */
export async function troubleReport(kubectl: Kubectl, rollout: Rollout): Promise<string> {
  const { namespace, name, progress, older } = rollout;
  const pods = await Promise.all(
    rollout.troubled.slice(0, 2).map((troubled) => podReport(kubectl, namespace, troubled)),
  );
  return [
    `\n${namespace} ${name} is not ready: ${progress.givenUp ?? progress.text}`,
    ...(pods.length > 0 ? pods : await workloadEvents(kubectl, rollout)),
    ...(older > 0 ? [`  ${olderPodsText(older)}`] : []),
  ].join("\n");
}

function olderPodsText(older: number): string {
  const pods = older === 1 ? "1 pod of the previous version is" : `${older} pods of the previous version are`;
  return `${pods} still running, so there is no outage. Fix the cause and deploy again, or deploy the previous version.`;
}

async function podReport(
  kubectl: Kubectl,
  namespace: string,
  { pod, trouble }: Rollout["troubled"][number],
): Promise<string> {
  const [events, log] = await Promise.all([
    eventsOf(kubectl, namespace, "Pod", pod),
    trouble.container ? logOf(kubectl, namespace, pod, trouble.container) : [],
  ]);
  return [
    `  pod ${pod}: ${trouble.reason}: ${trouble.message}`,
    ...events,
    ...(log.length > 0 ? ["    last lines of its log:", ...log.map((line) => `      ${line}`)] : []),
    `    more: ${kubectl.command("-n", namespace, "describe", "pod", pod)}`,
  ].join("\n");
}

async function workloadEvents(kubectl: Kubectl, { namespace, name }: Rollout): Promise<string[]> {
  const [kind = "", workload = ""] = name.split("/");
  return [
    ...(await eventsOf(kubectl, namespace, kind, workload)),
    `    more: ${kubectl.command("-n", namespace, "describe", kind.toLowerCase(), workload)}`,
  ];
}

async function eventsOf(kubectl: Kubectl, namespace: string, kind: string, name: string): Promise<string[]> {
  const selector = `--field-selector=involvedObject.kind=${kind},involvedObject.name=${name}`;
  const events = await kubectl.list<Event>("events", "--namespace", namespace, selector, "--sort-by=.lastTimestamp");
  const warnings = events.filter(({ type }) => type === "Warning");
  return (warnings.length > 0 ? warnings : events).slice(-4).map(({ reason, message, count = 1 }) => {
    const times = count > 1 ? ` (${count} times)` : "";
    return `    event ${reason}${times}: ${message?.trim()}`;
  });
}

/** The last log lines of the previous run of a container, or of the current run if there was no previous one. */
export async function logOf(kubectl: Kubectl, namespace: string, pod: string, container: string): Promise<string[]> {
  const args = ["logs", "--namespace", namespace, pod, "--container", container, `--tail=${lastLines}`];
  const previous = await kubectl.attempt([...args, "--previous"]);
  const { stdout } = previous.code === 0 ? previous : await kubectl.attempt(args);
  return stdout.split("\n").filter(Boolean);
}
