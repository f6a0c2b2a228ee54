import { gzipSync } from "node:zlib";
import type { Resource, Stack } from "../../commands/read-stack";
import type { Fault } from "../../faults";
import type { Invariant } from "./invariant";

const mebibyte = 1024 * 1024;

/** Names and sizes of all deployed objects are within the limits of Kubernetes, Helm and the Prometheus operator. */
export const objectLimits: Invariant = {
  name: "the names and sizes of all objects are within the limits of the cluster",
  faults: (all) => new Map(all.map((one) => [one, one.stacks.flatMap(objectFaults)])),
};

/** The faults of the objects in one stack. */
export function objectFaults({ name, resources }: Pick<Stack, "name" | "resources">): Fault[] {
  return resources.flatMap((resource) => {
    const object = resource.arguments as Partial<DeployedObject>;
    const place = `${name}: ${resource.type} ${object.metadata?.name ?? object.name}`;
    const found = resource.type === "helm_release" ? releaseFindings(resource) : manifestFindings(object);
    return found.map((finding) => ({ place, ...finding }));
  });
}

interface DeployedObject {
  readonly name: string;
  readonly metadata: { readonly name: string; readonly annotations?: Texts };
  readonly data?: Texts;
  readonly kind?: string;
}

type Texts = Readonly<Record<string, string>>;
type Finding = Pick<Fault, "rule" | "value" | "remedy">;

function manifestFindings(object: Partial<DeployedObject>): Finding[] {
  return [
    ...nameFindings(object.metadata?.name ?? ""),
    // The labels in a rule are not labels of a Kubernetes object.
    ...labelFindings(object.kind === "PrometheusRule" ? object.metadata : object),
    // https://kubernetes.io/docs/concepts/configuration/configmap/#motivation
    ...sizeFindings("data", bytesIn(object.data), mebibyte),
    // https://kubernetes.io/docs/reference/kubernetes-api/: TotalAnnotationSizeLimitB of the API machinery
    ...sizeFindings("annotations", bytesIn(object.metadata?.annotations), mebibyte / 4),
    // The largest request that etcd accepts: https://etcd.io/docs/v3.5/dev-guide/limit/
    ...sizeFindings("object", Buffer.byteLength(JSON.stringify(object)), 1.5 * mebibyte),
  ];
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
function nameFindings(name: string): Finding[] {
  if (/^(?!.{254})[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(name)) return [];
  return [{ rule: "must have a DNS subdomain name (RFC 1123)", value: name, remedy: "shorten the name" }];
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
function labelFindings(value: unknown): Finding[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, held]) =>
    /^(match_?labels|labels)$/i.test(key)
      ? Object.values(held as Texts)
          .filter((label) => !/^(?!.{64})([A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?)?$/.test(label))
          .map((label) => ({
            rule: "must have label values of at most 63 characters",
            value: label,
            remedy: "shorten it",
          }))
      : labelFindings(held),
  );
}

function releaseFindings({ arguments: given }: Resource): Finding[] {
  const { name, chart, values } = given as { name: string; chart: string; values: readonly string[] };
  const tooLong: Finding[] =
    name.length > 53
      ? [{ rule: "must have a name of at most 53 characters, for Helm", value: name, remedy: "shorten it" }]
      : [];
  return chart.startsWith("./assets/") ? [...tooLong, ...customResourceFindings(values[0] ?? "{}")] : tooLong;
}

/** Helm stores a release in one Secret: values and manifests, compressed, in base64. */
function customResourceFindings(values: string): Finding[] {
  const resources: (DeployedObject & { readonly spec: unknown })[] = Object.values(JSON.parse(values).resources);
  const kept = 4 * Math.ceil(gzipSync(values + JSON.stringify(resources)).length / 3);
  return [
    ...sizeFindings("release", kept, mebibyte),
    ...resources.flatMap((resource) => [
      ...manifestFindings(resource),
      // The operator writes each group to a ConfigMap and uses half of its size: MaxConfigMapDataSize of the operator's
      // package prometheus.
      ...(resource.kind === "PrometheusRule"
        ? sizeFindings("rules", Buffer.byteLength(JSON.stringify(resource.spec)), mebibyte / 2)
        : []),
    ]),
  ];
}

function bytesIn(texts: Texts = {}): number {
  return Object.values(texts).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function sizeFindings(what: string, bytes: number, most: number): Finding[] {
  if (bytes <= most) return [];
  const rule = `must not have ${what} of more than ${most / 1024} KiB`;
  return [{ rule, value: `${Math.ceil(bytes / 1024)} KiB`, remedy: "split it" }];
}
