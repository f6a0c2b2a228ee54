import { readFileSync } from "node:fs";
import { join } from "node:path";
import { testNamespace } from "./deployed-mark";
import { ask, kubectl, kubectlWith, startPod } from "./kubernetes";

const service = "webhook:8080";

/**
 * The body that Alertmanager sends to a webhook.
 * https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 */
export interface Notification {
  readonly status: "firing" | "resolved";
  readonly groupKey: string;
  readonly commonLabels: Labels;
  readonly alerts: readonly {
    readonly status: "firing" | "resolved";
    readonly labels: Labels;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

type Labels = Readonly<Record<string, string>>;
/** The paths of the webhook, each of which is the receiver of one integration. */
export const receivers = ["pager", "chat", "heartbeat", "payments", "payments-pager", "warehouse"] as const;
export type Receiver = (typeof receivers)[number];

/** The token without which the pager of `payments` refuses notifications. It protects nothing. */
const token = "only-for-the-tests";

/**
 * Starts the receiver of notifications in the namespace of the tests, unless it exists, and writes the Secret that
 * points Alertmanager to it.
 */
export function startWebhook(): void {
  const labels = { serving: "webhook" };
  if (!kubectl("-n", testNamespace, "get", "pod", "webhook", "--ignore-not-found", "-o", "name")) {
    startPod(testNamespace, "webhook", labels, program("webhook"), [`/payments-pager=${token}`]);
  }
  const spec = { selector: labels, ports: [{ port: 8080 }] };
  apply({ apiVersion: "v1", kind: "Service", metadata: { namespace: testNamespace, name: "webhook" }, spec });
  const url = (path: string) => `http://webhook.${testNamespace}.svc:8080${path}`;
  const urls = receivers.map((receiver) => [`${receiver}-url`, url(`/${receiver}`)]);
  const stringData = Object.fromEntries([...urls, ["payments-token", token]]);
  const metadata = { namespace: "monitoring", name: "alertmanager-receivers" };
  apply({ apiVersion: "v1", kind: "Secret", metadata, stringData });
}

function apply(manifest: object): void {
  kubectlWith(JSON.stringify(manifest), "apply", "-f", "-");
}

/** A notification that was accepted. */
interface Accepted {
  /** Seconds since 1970. */
  readonly at: number;
  readonly body: Notification;
}

function accepted(receiver: Receiver): readonly Accepted[] {
  const received = ask<Readonly<Record<string, readonly Accepted[]>>>(testNamespace, service, "/");
  return received[`/${receiver}`] ?? [];
}

/** The notifications of a receiver, in the order in which they arrived. */
function notifications(receiver: Receiver): readonly Notification[] {
  return accepted(receiver).map(({ body }) => body);
}

/** The alerts that a receiver was notified of, each with the arrival of the notification, in milliseconds since 1970. */
export function arrivals(receiver: Receiver): readonly { readonly alert: string; readonly at: number }[] {
  return accepted(receiver)
    .filter(({ body }) => body.status === "firing")
    .map(({ at, body }) => ({ alert: alertName(body), at: at * 1000 }));
}

/** The description of an alert in the last notification of it. */
export function description(receiver: Receiver, alert: string): string | undefined {
  const newest = notifications(receiver)
    .filter((notification) => alertName(notification) === alert)
    .at(-1);
  return newest?.alerts[0]?.annotations.description;
}

/** Decides what all receivers answer from now on. 0: they accept connections and answer nothing. */
export function answerWith(status: 200 | 500 | 0): void {
  // In one step, because the program may read the file at any time.
  const write = `echo ${status} >/tmp/new && mv /tmp/new /tmp/status`;
  kubectl("-n", testNamespace, "exec", "webhook", "--", "sh", "-c", write);
}

/** Names of the alerts of which a receiver was notified, in the order of the notifications. */
export function notifiedAlerts(receiver: Receiver, status: Notification["status"]): string[] {
  return notifications(receiver)
    .filter((notification) => notification.status === status)
    .map(alertName);
}

function alertName({ commonLabels }: Notification): string {
  return commonLabels.alertname ?? "several";
}

/** The alerts that are firing according to the last notification of a receiver. */
export function unresolved(receiver: Receiver): readonly Labels[] {
  const newest = new Map(notifications(receiver).map((notification) => [notification.groupKey, notification]));
  return [...newest.values()].flatMap(({ alerts }) =>
    alerts.filter(({ status }) => status === "firing").map(({ labels }) => labels),
  );
}

/** The source of a program in `pods/`. */
export function program(name: string): string {
  return readFileSync(join(__dirname, "pods", `${name}.py`), "utf8");
}
