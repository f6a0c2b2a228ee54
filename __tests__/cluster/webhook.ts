import { readFileSync } from "node:fs";
import { join } from "node:path";
import { testNamespace } from "./deployed-mark";
import { ask, kubectl, kubectlWith, startPod } from "./kubernetes";

/**
 * The body that Alertmanager sends to a webhook.
 * https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 */
export interface Notification {
  readonly status: "firing" | "resolved";
  readonly groupKey: string;
  readonly commonLabels: Labels;
  readonly alerts: readonly { readonly status: "firing" | "resolved"; readonly labels: Labels }[];
}

type Labels = Readonly<Record<string, string>>;
export type Receiver = "pager" | "chat" | "heartbeat";

/**
 * Starts the receiver of notifications in the namespace of the tests, unless it exists, and writes the Secret that
 * points Alertmanager to it.
 */
export function startWebhook(): void {
  const labels = { serving: "webhook" };
  if (!kubectl("-n", testNamespace, "get", "pod", "webhook", "--ignore-not-found", "-o", "name")) {
    startPod(testNamespace, "webhook", labels, program("webhook"), []);
  }
  const spec = { selector: labels, ports: [{ port: 8080 }] };
  apply({ apiVersion: "v1", kind: "Service", metadata: { namespace: testNamespace, name: "webhook" }, spec });
  const url = (path: string) => `http://webhook.${testNamespace}.svc:8080${path}`;
  const stringData = { "pager-url": url("/pager"), "chat-url": url("/chat"), "heartbeat-url": url("/heartbeat") };
  const metadata = { namespace: "monitoring", name: "alertmanager-receivers" };
  apply({ apiVersion: "v1", kind: "Secret", metadata, stringData });
}

function apply(manifest: object): void {
  kubectlWith(JSON.stringify(manifest), "apply", "-f", "-");
}

/** The notifications of a receiver, in the order in which they arrived. */
function notifications(receiver: Receiver): readonly Notification[] {
  const received = ask<Readonly<Record<string, readonly Notification[]>>>(testNamespace, "webhook:8080", "/");
  return received[`/${receiver}`] ?? [];
}

/** Names of the alerts of which a receiver was notified, in the order of the notifications. */
export function notifiedAlerts(receiver: Receiver, status: Notification["status"]): string[] {
  return notifications(receiver)
    .filter((notification) => notification.status === status)
    .map(({ commonLabels }) => commonLabels.alertname ?? "several");
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
