import type { Fields } from "./deployed-objects";

/** @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/network_policy_v1 */
interface PolicySpec {
  readonly pod_selector?: Selector;
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
  readonly policy_types?: readonly string[];
}

/** @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/network_policy_v1 */
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly port?: string; readonly end_port?: number; readonly protocol?: string }[];
}

/** @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/network_policy_v1 */
interface Peer {
  readonly ip_block?: { readonly cidr: string; readonly except?: readonly string[] };
  readonly namespace_selector?: Selector;
  readonly pod_selector?: Selector;
}

/** @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/network_policy_v1 */
interface Selector {
  readonly match_labels?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/**
 * A NetworkPolicy as the connections that it admits: `monitoring/prometheus to port 9114`. The lists are sorted, because
 * their order has no effect.
 */
export function policyPaths(content: Fields): Fields {
  const {
    ingress = [],
    egress = [],
    pod_selector: pods,
    policy_types: types,
    ...others
  } = (content.spec ?? {}) as PolicySpec;
  return {
    ...content,
    spec: others,
    pods: selectorText(pods),
    directions: types,
    admits: ingress.flatMap((rule) => pathTexts(rule.from, rule.ports)).sort(),
    "may connect to": egress.flatMap((rule) => pathTexts(rule.to, rule.ports)).sort(),
  };
}

function pathTexts(peers: Rule["from"], ports: Rule["ports"]): string[] {
  const places = peers === undefined || peers.length === 0 ? ["everybody"] : peers.map(peerText);
  const ends = ports === undefined || ports.length === 0 ? ["every port"] : ports.map(portText);
  return places.flatMap((place) => ends.map((end) => `${place} to ${end}`));
}

function portText({ port, end_port: end, protocol = "TCP" }: NonNullable<Rule["ports"]>[number]): string {
  const range = `${port ?? "any"}${end === undefined ? "" : `-${end}`}`;
  return `port ${range}${protocol === "TCP" ? "" : `/${protocol}`}`;
}

function peerText({ ip_block: block, namespace_selector: namespaces, pod_selector: pods }: Peer): string {
  if (block) return `${block.cidr}${block.except?.length ? ` except ${block.except.join(", ")}` : ""}`;
  return namespaces === undefined ? selectorText(pods) : `${selectorText(namespaces)}/${selectorText(pods)}`;
}

/** Labels that alone name what they select: a namespace, or the pods of a program. */
const names = ["kubernetes.io/metadata.name", "app.kubernetes.io/name"];

function selectorText(selector: Selector | undefined): string {
  const { match_labels: labels = {}, ...others } = selector ?? {};
  const [[key, value] = ["", ""], ...more] = Object.entries(labels);
  const expressions = Object.values(others).filter((list) => Array.isArray(list) && list.length > 0);
  if (expressions.length > 0) return JSON.stringify(selector);
  if (key === "") return "*";
  if (more.length === 0 && names.includes(key)) return value;
  return `{${Object.entries(labels)
    .map(([label, text]) => `${label}=${text}`)
    .join(", ")}}`;
}

/** @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/ingress_v1 */
interface IngressSpec {
  readonly rule?: readonly {
    readonly host?: string;
    readonly http?: { readonly path?: readonly { readonly path?: string; readonly backend?: Fields }[] };
  }[];
}

/** An Ingress as the addresses that it publishes: `erp.example.com/api to erp-api`. */
export function ingressPaths(content: Fields): Fields {
  const { rule: rules = [], ...others } = (content.spec ?? {}) as IngressSpec;
  const publishes = rules.flatMap(({ host = "*", http }) =>
    (http?.path ?? []).map(({ path = "/", backend = {} }) => `${host}${path} to ${serviceText(backend)}`),
  );
  return { ...content, spec: others, publishes: publishes.sort() };
}

function serviceText({ service }: Fields): string {
  const { name, port } = (service ?? {}) as Readonly<Record<"name" | "port", unknown>>;
  return [name, ...Object.values((port ?? {}) as Fields)].filter((part) => part !== undefined).join(":");
}
