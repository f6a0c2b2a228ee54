import { Construct } from "constructs";
import { ChartRelease, type ChartSource } from "./chart-release";
import type { Resources, SecretKey } from "./container";
import { pullSecrets } from "./image-source";
import type { Placement } from "./placement";
import { withoutTemplates } from "./template-text";

export interface OpenTelemetryCollectorProps {
  readonly name: string;
  readonly namespace: string;
  readonly source: ChartSource;
  /** The image, with registry and tag. */
  readonly image: string;
  /** Names of Secrets with the credentials of registries. @default the registries need no credentials */
  readonly imagePullSecrets?: readonly string[];
  /** The name of the PriorityClass of the pod, which decides when a node evicts it. */
  readonly priorityClass: string;
  /** The nodes on which the pod may run. @default any node without taints */
  readonly placement?: Placement;
  /** The whole configuration. https://opentelemetry.io/docs/collector/configuration/ */
  readonly configuration: object;
  /** Ports that other pods or probes use, by name. Those of the Service are the ports that the ERP sends spans to. */
  readonly ports: Readonly<Record<string, number>>;
  readonly healthPort: number;
  /** Environment variables whose values are keys of Secrets. @default none */
  readonly secrets?: Readonly<Record<string, SecretKey>>;
  /** A Secret whose keys become files in a folder. @default none */
  readonly files?: { readonly secret: SecretKey; readonly folder: string };
  readonly resources: Resources;
}

/** Ports of the chart for protocols that nothing sends. */
const unused = ["otlp", "jaeger-compact", "jaeger-thrift", "jaeger-grpc", "zipkin"];

/**
 * An OpenTelemetry Collector with one pod: it decides about a trace when it has all spans of it, so that all spans must reach
 * the same pod. docs/decisions/charts-of-traces.md
 */
export class OpenTelemetryCollector extends Construct {
  constructor(scope: Construct, id: string, props: OpenTelemetryCollectorProps) {
    super(scope, id);
    const { name, secrets = {}, files } = props;
    const [repository, tag] = splitImage(props.image);
    const probe = { httpGet: { port: props.healthPort, path: "/" }, periodSeconds: 10, timeoutSeconds: 5 };
    new ChartRelease(this, "Release", {
      name,
      namespace: props.namespace,
      source: props.source,
      values: {
        nameOverride: name,
        fullnameOverride: name,
        mode: "deployment",
        replicaCount: 1,
        // Two pods would share the spans of a trace.
        rollout: { strategy: "Recreate" },
        image: { repository, tag },
        ...pullSecrets(props.imagePullSecrets),
        ...props.placement,
        priorityClassName: props.priorityClass,
        resources: props.resources,
        command: { name: "otelcol-contrib" },
        // Replaces the chart's own configuration, with which `config` would be merged: receivers of Jaeger and Zipkin.
        alternateConfig: withoutTemplates(props.configuration),
        ports: {
          ...Object.fromEntries(unused.map((port) => [port, { enabled: false }])),
          ...Object.fromEntries(
            Object.entries(props.ports).map(([port, number]) => [
              port,
              { enabled: true, containerPort: number, servicePort: number, protocol: "TCP" },
            ]),
          ),
        },
        extraEnvs: Object.entries(secrets).map(([variable, key]) => ({
          name: variable,
          valueFrom: { secretKeyRef: { name: key.name, key: key.key } },
        })),
        ...(files && {
          extraVolumes: [
            {
              name: "certificates",
              secret: { secretName: files.secret.name, items: [{ key: files.secret.key, path: files.secret.key }] },
            },
          ],
          extraVolumeMounts: [{ name: "certificates", mountPath: files.folder, readOnly: true }],
        }),
        serviceAccount: { create: true, automountServiceAccountToken: false },
        podSecurityContext: {
          runAsNonRoot: true,
          runAsUser: 10001,
          runAsGroup: 10001,
          fsGroup: 10001,
          seccompProfile: { type: "RuntimeDefault" },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        livenessProbe: { ...probe, failureThreshold: 6 },
        readinessProbe: { ...probe, failureThreshold: 3 },
        // Longer than the collector needs to decide about the traces that it holds, and to send them.
        terminationGracePeriodSeconds: 60,
      },
      timeoutSeconds: 300,
    });
  }
}

/** Repository and tag of an image. The registry may have a port. */
function splitImage(image: string): readonly [repository: string, tag: string] {
  const colon = image.lastIndexOf(":");
  return [image.slice(0, colon), image.slice(colon + 1)];
}
