import type { Disruption } from "./disruption";
import { createObject } from "./disruption-kinds";
import { disruptions } from "./disruptions";
import { kubectl } from "./kubernetes";
import { changedObject, deletedObject } from "./saved-object";
import { lokiVolume, smallVolume } from "./small-volume";
import { answerWith } from "./webhook";

/** A fault of a deployment, and the words with which `verify` must name it. */
export interface VerifiedFault {
  readonly fault: string;
  /** What the fault needs first. It is undone last. @default nothing */
  readonly prepared?: readonly Disruption[];
  readonly disruption: Disruption;
  /** Failures that must be reported, each with the id of its check. Written by hand. */
  readonly named: readonly RegExp[];
  /** Options of the command. @default none */
  readonly flags?: readonly string[];
}

const secret = { namespace: "erp", kind: "secret", name: "erp-redis" };

/** The faults, one at a time. Those that need a restart of Prometheus or Loki come last. */
export const verifiedFaults: readonly VerifiedFault[] = [
  {
    fault: "an emptied Secret",
    disruption: changedObject(secret, () => patch("secret/erp-redis", [{ op: "replace", path: "/data", value: {} }])),
    named: [/^secrets-exist: Secret erp\/erp-redis: .* has no value for the key url/],
  },
  {
    fault: "a Secret with a line break",
    disruption: changedObject(secret, () => {
      const value = Buffer.from(
        kubectl("-n", "erp", "get", "secret", "erp-redis", "-o", "jsonpath={.data.url}"),
        "base64",
      );
      const broken = Buffer.concat([value, Buffer.from("\n")]).toString("base64");
      patch("secret/erp-redis", [{ op: "replace", path: "/data/url", value: broken }]);
    }),
    named: [/^secrets-usable: Secret erp\/erp-redis: .* must not start or end with white space/],
  },
  {
    fault: "a rule that was deleted by hand",
    disruption: deletedObject({ namespace: "erp", kind: "prometheusrule", name: "erp-errors" }),
    named: [
      /^objects: PrometheusRule erp\/erp-errors: it does not exist/,
      /^rules: rule group erp-errors: the group is not loaded/,
    ],
  },
  {
    fault: "a removed ServiceMonitor",
    disruption: disruptions.noRedisExporterMonitor,
    named: [
      /^objects: ServiceMonitor erp\/redis-exporter: it does not exist/,
      /^targets: scrape job redis-exporter: no target: its ServiceMonitor is missing/,
    ],
  },
  {
    fault: "a removed NetworkPolicy",
    disruption: deletedObject({ namespace: "erp", kind: "networkpolicy", name: "default-deny-ingress" }),
    named: [/^policies: NetworkPolicy erp\/default-deny-ingress: it does not exist/],
  },
  {
    fault: "a NetworkPolicy too many",
    disruption: createObject({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { namespace: "erp", name: "by-hand" },
      spec: { podSelector: {}, ingress: [{}] },
    }),
    named: [
      /^policies: NetworkPolicy erp\/by-hand: a policy that may admit/,
      /^connections: erp\/postgresql-.*:5432 at .*: open/,
    ],
  },
  {
    fault: "a wrong image",
    disruption: {
      begin: () =>
        kubectl("-n", "erp", "set", "image", "deployment/erp-worker", "erp-worker=localhost/erp:does-not-exist"),
      end: () => {
        const image = "jsonpath={.spec.template.spec.containers[0].image}";
        const current = kubectl("-n", "erp", "get", "deployment/erp-worker", "-o", image);
        if (current.endsWith(":does-not-exist")) kubectl("-n", "erp", "rollout", "undo", "deployment/erp-worker");
        kubectl("-n", "erp", "rollout", "status", "deployment/erp-worker", "--timeout=180s");
      },
    },
    named: [
      /^images: Deployment erp\/erp-worker, container erp-worker: image localhost\/erp:does-not-exist/,
      /^rollouts: Deployment\/erp-worker in namespace erp: .*(ErrImage|ImagePullBackOff)/,
    ],
  },
  {
    fault: "a stopped log agent",
    disruption: changedAgent("nowhere"),
    named: [
      /^replicas: DaemonSet node-agents\/promtail: 0 pods/,
      /^targets: scrape job promtail: no target/,
      /^request-log: log store: no line within/,
    ],
  },
  {
    fault: "receivers that refuse notifications",
    disruption: { begin: () => answerWith(500), end: () => answerWith(200) },
    flags: ["--notify"],
    named: [
      /^test-notifications: receiver pager\/webhook: it was not delivered/,
      /^test-notifications: receiver chat\/webhook/,
    ],
  },
  {
    fault: "Prometheus' volume is full",
    prepared: [disruptions.smallPrometheusVolume],
    disruption: disruptions.fullPrometheusVolume,
    named: [/^newest-sample: Prometheus: .*no space left on device/],
  },
  {
    fault: "Loki's volume is read-only",
    disruption: smallVolume(lokiVolume, 96, "ro"),
    named: [
      /^rollouts: StatefulSet\/loki in namespace logging: .*read-only file system/,
      /^servers: Loki: Loki has no ready pod/,
    ],
  },
];

function patch(object: string, operations: readonly object[]): void {
  kubectl("-n", "erp", "patch", object, "--type=json", `--patch=${JSON.stringify(operations)}`);
}

/** Lets the log agent run on no node. */
function changedAgent(label: string): Disruption {
  const agent = ["-n", "node-agents", "patch", "daemonset/promtail", "--type=merge"];
  const selector = (value: string | null) =>
    JSON.stringify({ spec: { template: { spec: { nodeSelector: { [label]: value } } } } });
  return {
    begin: () => kubectl(...agent, `--patch=${selector("true")}`),
    end: () => {
      kubectl(...agent, `--patch=${selector(null)}`);
      kubectl("-n", "node-agents", "rollout", "status", "daemonset/promtail", "--timeout=180s");
    },
  };
}
