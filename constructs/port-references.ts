import type { Fault } from "../faults";
import type { StackContents, StackObject, Texts } from "./stack-contents";

/**
 * Faults of names of ports that lead to no container: in Services, ServiceMonitors, Ingresses and the probes of
 * containers. Kubernetes and the operator accept such a name, and nothing reaches the program. The pods of other projects'
 * charts, which PodMonitors select, are not known here.
 */
export function portFaults({ objects, releases }: StackContents): Fault[] {
  const services = objects.filter(({ kind }) => kind === "Service");
  const pods = objects.flatMap(({ kind, spec }) => (kind === "Deployment" ? [spec.template as Pod] : []));
  const monitors = releases.flatMap(({ resources = [] }) => resources).filter(({ kind }) => kind === "ServiceMonitor");
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

function hasLabels(labels: Texts = {}, selector: Texts = {}): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}

function absentFaults(place: string, asked: readonly string[], known: readonly string[], what: string): Fault[] {
  const absent = [...new Set(asked)].filter((port) => !known.includes(port));
  const remedy = known.length > 0 ? `use one of ${[...new Set(known)].join(", ")}` : "add the port to the container";
  return absent.map((value) => ({ place: `${place}: port`, rule: `must name ${what}`, value, remedy }));
}
