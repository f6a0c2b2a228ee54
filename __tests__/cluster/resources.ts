import { kubectl, query } from "./kubernetes";

/** The memory of a running container, in MiB. */
export interface ContainerMemory {
  /** `<namespace>/<pod>/<container>` */
  readonly container: string;
  readonly requested: number;
  /** `NaN` if the container has no limit. */
  readonly limit: number;
  /** The highest working set in Prometheus in the last hour. `NaN` if Prometheus has no sample. */
  readonly highest: number;
}

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly namespace: string; readonly name: string };
    readonly spec: { readonly containers: readonly Container[] };
    readonly status: { readonly phase: string; readonly startTime: string };
  }[];
}

interface Container {
  readonly name: string;
  readonly resources: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
}

/** The sum of the requests of all running pods of the namespaces, in cores and MiB. */
export function resourceRequests(namespaces: readonly string[]): { readonly cpu: number; readonly memory: number } {
  const containers = runningPods(namespaces).flatMap(({ spec }) => spec.containers);
  const sum = (amount: (container: Container) => number) =>
    containers.reduce((total, container) => total + amount(container), 0);
  return {
    cpu: sum(({ resources }) => cores(resources.requests?.cpu ?? "0")),
    memory: sum(({ resources }) => mebibytes(resources.requests?.memory ?? "0Mi")),
  };
}

/** The memory of each running container of the namespaces. */
export function containerMemory(namespaces: readonly string[]): readonly ContainerMemory[] {
  const highest = highestWorkingSets();
  return runningPods(namespaces).flatMap(({ metadata, spec }) =>
    spec.containers.map(({ name, resources }) => {
      const container = `${metadata.namespace}/${metadata.name}/${name}`;
      return {
        container,
        requested: mebibytes(resources.requests?.memory ?? "0Mi"),
        limit: mebibytes(resources.limits?.memory ?? ""),
        highest: highest.get(container) ?? Number.NaN,
      };
    }),
  );
}

/** When the youngest running pod of the namespaces started, in milliseconds since 1970. */
export function youngestPodStart(namespaces: readonly string[]): number {
  return Math.max(...runningPods(namespaces).map(({ status }) => Date.parse(status.startTime)));
}

function runningPods(namespaces: readonly string[]) {
  return namespaces.flatMap((namespace) => {
    const { items }: PodList = JSON.parse(kubectl("-n", namespace, "get", "pods", "-o", "json"));
    return items.filter(({ status }) => status.phase === "Running");
  });
}

function highestWorkingSets(): ReadonlyMap<string, number> {
  const series = query('max_over_time(container_memory_working_set_bytes{container!=""}[1h])');
  return new Map(
    series.map(({ metric: { namespace, pod, container }, value: [, bytes] }) => [
      `${namespace}/${pod}/${container}`,
      Math.ceil(Number(bytes) / 2 ** 20),
    ]),
  );
}

function cores(quantity: string): number {
  return quantity.endsWith("m") ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity);
}

function mebibytes(quantity: string): number {
  if (quantity === "") return Number.NaN;
  return quantity.endsWith("Gi") ? Number(quantity.slice(0, -2)) * 1024 : Number(quantity.replace("Mi", ""));
}

/** How often the containers of a Deployment were restarted. Their liveness probe must not depend on another server. */
export function restarts(name: string): number {
  const counts = "jsonpath={.items[*].status.containerStatuses[*].restartCount}";
  const selector = `app.kubernetes.io/name=${name}`;
  return kubectl("-n", "erp", "get", "pods", "-l", selector, "-o", counts)
    .split(" ")
    .reduce((sum, count) => sum + Number(count), 0);
}
