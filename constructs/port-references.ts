import type { Fault } from "../faults";
import type { StackContents, StackObject, Texts } from "./stack-contents";

/**
 * Faults of names of ports that lead to no container: in Services, ServiceMonitors, Ingresses and the probes of
 * containers, and of addresses of Probes that lead to no Service. Kubernetes and the operator accept them, and nothing
 * reaches the program. The objects of other projects' charts, such as the pods that PodMonitors select, are not known here, nor
 * are those in namespaces of teams.
 */
export function portFaults({ objects, releases }: StackContents): Fault[] {
  const services = objects.filter(({ kind }) => kind === "Service");
  const pods = objects.flatMap(({ kind, spec }) => (kind === "Deployment" ? [spec.template as Pod] : []));
  const resources = releases.flatMap(({ resources = [] }) => resources);
  const monitors = resources.filter(({ kind, spec }) => kind === "ServiceMonitor" && !spec.namespaceSelector);
  return [
    ...objects.flatMap(probeFaults),
    ...services.flatMap(({ place, spec }) => {
      const selected = pods.filter(({ metadata }) => hasLabels(metadata.labels, spec.selector));
      const known = selected.flatMap(({ spec: { container } }) => container.flatMap(portsOf));
      return absentFaults(place, spec.port.map(targetPort), known, "a port of a container that the Service selects");
    }),
    ...monitors.flatMap(({ place, spec }) => {
      const selected = services.filter(({ metadata }) => hasLabels(metadata.labels, spec.selector.matchLabels));
      return absentFaults(place, spec.endpoints.map(portName), selected.flatMap(servicePorts), "a port of its Service");
    }),
    ...resources.flatMap(({ place, kind, spec }) => (kind === "Probe" ? targetFaults(place, spec, services) : [])),
    ...objects.flatMap(({ place, kind, spec }) => (kind === "Ingress" ? backendFaults(place, spec, services) : [])),
  ];
}

interface Port {
  readonly name: string;
}

/**
 * Only the fields that we read are listed.
 * @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/deployment_v1
 */
interface Container {
  readonly name: string;
  readonly port?: readonly Port[];
  readonly startup_probe?: Probe;
  readonly liveness_probe?: Probe;
  readonly readiness_probe?: Probe;
}

/** @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/deployment_v1 */
interface Probe {
  readonly http_get?: { readonly port: string };
}

/** @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/deployment_v1 */
interface Pod {
  readonly metadata: { readonly labels?: Texts };
  readonly spec: { readonly container: readonly Container[] };
}

interface Rule {
  readonly http: { readonly path: readonly { readonly backend: { readonly service: Backend } }[] };
}

interface Backend {
  readonly name: string;
  readonly port: { readonly name: string };
}

/** @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ProbeSpec */
interface ProbeSpec {
  readonly targets: { readonly staticConfig: { readonly static: readonly string[] } };
}

interface ServicePort {
  readonly port: number;
}

const portName = ({ port }: { readonly port: string }) => port;
const targetPort = ({ target_port }: { readonly target_port: string }) => target_port;
const portsOf = ({ port = [] }: Container) => port.map(({ name }) => name);
const servicePorts = ({ spec }: StackObject) => (spec.port as readonly Port[]).map(({ name }) => name);

function probeFaults({ place, kind, spec }: StackObject): Fault[] {
  if (kind !== "Deployment") return [];
  return (spec.template as Pod).spec.container.flatMap((container) => {
    const probes = [container.startup_probe, container.liveness_probe, container.readiness_probe];
    const asked = probes.flatMap((probe) => probe?.http_get?.port ?? []);
    return absentFaults(`${place}: probes`, asked, portsOf(container), "a port of the container");
  });
}

function backendFaults(place: string, { rule }: { readonly rule: readonly Rule[] }, services: readonly StackObject[]) {
  return rule
    .flatMap(({ http }) => http.path.map(({ backend }) => backend.service))
    .flatMap(({ name, port }) => {
      const known = services.filter(({ metadata }) => metadata.name === name).flatMap(servicePorts);
      return absentFaults(place, [port.name], known, `a port of the Service ${name}`);
    })
    .slice(0, 1);
}

/** Faults of the addresses inside the cluster in a namespace whose Services the stack has. */
function targetFaults(place: string, { targets }: ProbeSpec, services: readonly StackObject[]): Fault[] {
  return targets.staticConfig.static.flatMap((value) => {
    const { hostname, port } = new URL(value);
    const [, name, namespace] = /^([^.]+)\.([^.]+)\.svc(\.|$)/.exec(hostname) ?? [];
    const own = services.filter(({ metadata }) => metadata.namespace === namespace);
    const ports = own
      .filter(({ metadata }) => metadata.name === name)
      .flatMap(({ spec }) => spec.port as ServicePort[]);
    if (namespace === undefined || own.length === 0 || ports.some((one) => String(one.port) === port)) return [];
    const known = own.flatMap(({ metadata, spec }) =>
      (spec.port as ServicePort[]).map((one) => `${metadata.name}.${namespace}.svc:${one.port}`),
    );
    const rule = "must lead to a port of a Service";
    return [{ place: `${place}: targets`, rule, value, remedy: `use one of ${known.join(", ")}` }];
  });
}

function hasLabels(labels: Texts = {}, selector: Texts = {}): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}

function absentFaults(place: string, asked: readonly string[], known: readonly string[], what: string): Fault[] {
  const absent = [...new Set(asked)].filter((port) => !known.includes(port));
  const remedy = known.length > 0 ? `use one of ${[...new Set(known)].join(", ")}` : "add the port to the container";
  return absent.map((value) => ({ place: `${place}: port`, rule: `must name ${what}`, value, remedy }));
}
