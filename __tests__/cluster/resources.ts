import { kubectl } from "./kubernetes";

/** A container's memory request and what it holds, in MiB. */
export interface Held {
  readonly container: string;
  readonly requested: number;
  readonly workingSet: number;
}

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly namespace: string; readonly name: string };
    readonly spec: { readonly containers: readonly Container[] };
    readonly status: { readonly phase: string };
  }[];
}

interface Container {
  readonly name: string;
  readonly resources: { readonly requests?: { readonly cpu?: string; readonly memory?: string } };
}

/** What the running pods of the namespaces ask for, in cores and MiB. */
export function resourceRequests(namespaces: readonly string[]): { readonly cpu: number; readonly memory: number } {
  const containers = running(namespaces).flatMap(({ spec }) => spec.containers);
  const sum = (amount: (container: Container) => number) =>
    containers.reduce((total, container) => total + amount(container), 0);
  return {
    cpu: sum(({ resources }) => cores(resources.requests?.cpu ?? "0")),
    memory: sum(({ resources }) => mebibytes(resources.requests?.memory ?? "0Mi")),
  };
}

/** What each running container asks for and holds. */
export function containerUsage(namespaces: readonly string[]): Held[] {
  const used = new Map(namespaces.flatMap(usage));
  return running(namespaces).flatMap(({ metadata, spec }) =>
    spec.containers.map(({ name, resources }) => ({
      container: `${metadata.namespace}/${metadata.name}/${name}`,
      requested: mebibytes(resources.requests?.memory ?? "0Mi"),
      workingSet: used.get(`${metadata.namespace}/${metadata.name}/${name}`) ?? Number.NaN,
    })),
  );
}

function running(namespaces: readonly string[]) {
  return namespaces.flatMap((namespace) => {
    const { items }: PodList = JSON.parse(kubectl("-n", namespace, "get", "pods", "-o", "json"));
    return items.filter(({ status }) => status.phase === "Running");
  });
}

function usage(namespace: string): [string, number][] {
  const table = kubectl("-n", namespace, "top", "pods", "--containers", "--no-headers");
  return table
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [pod = "", container = "", , memory = ""] = line.split(/\s+/);
      return [`${namespace}/${pod}/${container}`, mebibytes(memory)];
    });
}

function cores(quantity: string): number {
  return quantity.endsWith("m") ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity);
}

function mebibytes(quantity: string): number {
  return quantity.endsWith("Gi") ? Number(quantity.slice(0, -2)) * 1024 : Number(quantity.replace("Mi", ""));
}

/** How often containers of a Deployment were started anew: liveness must not depend on a server that is away. */
export function restarts(name: string): number {
  const counts = "jsonpath={.items[*].status.containerStatuses[*].restartCount}";
  const selector = `app.kubernetes.io/name=${name}`;
  return kubectl("-n", "erp", "get", "pods", "-l", selector, "-o", counts)
    .split(" ")
    .reduce((sum, count) => sum + Number(count), 0);
}
