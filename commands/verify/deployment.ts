import { namespaces } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import { ownNamespaces } from "../../settings/own-namespaces";
import type { Signals } from "../../signals";
import type { Kubectl } from "../cluster/kubectl";
import type { ProxiedServers } from "../cluster/proxied-servers";
import { Answers } from "../dashboards/answers";
import { listWorkloads } from "../rollouts/follow";
import type { Listed } from "../rollouts/rollouts";
import { type CheckedSecret, checkSecrets } from "../secrets/check-secrets";
import type { Synthesis } from "../synthesized-stacks";
import { type ExpectedObject, type ExpectedRelease, expectedObjects, expectedReleases } from "./expected-objects";
import { type ExistingObject, type InventoryKind, inventory } from "./inventory";
import { Server } from "./server";

/** The namespaces in which everything of any environment runs. An environment without traces lacks one of them. */
export const ourNamespaces: readonly string[] = Object.values(namespaces);

/** The namespaces in which the stacks create objects. Dashboards of an existing Grafana are in its own namespace. */
export function namespacesOf(environment: Environment): readonly string[] {
  const { grafana } = environment;
  const ours = ownNamespaces(environment);
  return grafana.mode === "existing" ? [...new Set([...ours, grafana.namespace])] : ours;
}

/** A deployed environment: what the configuration expects, and access to what runs. Lists of objects are read once. */
export class Deployment {
  readonly signals: Signals;
  readonly objects: readonly ExpectedObject[];
  readonly releases: readonly ExpectedRelease[];
  readonly prometheus: Server;
  readonly alertmanager: Server;
  readonly loki: Server;
  /** The API server, for requests that kubectl has no command for. */
  readonly api: Server;
  /** Queries for Prometheus and Loki, over the last hour. */
  readonly answers: Answers;
  private readonly read = new Map<string, Promise<unknown>>();

  constructor(
    readonly environment: Environment,
    readonly kubectl: Kubectl,
    { stacks, signals }: Synthesis,
    servers: ProxiedServers,
  ) {
    this.signals = [...signals.values()][0] as Signals;
    this.objects = expectedObjects(stacks);
    this.releases = expectedReleases(stacks);
    this.prometheus = new Server("Prometheus", servers.prometheus);
    this.alertmanager = new Server("Alertmanager", servers.alertmanager);
    this.loki = new Server("Loki", servers.loki);
    this.api = new Server("The API server", servers.api);
    this.answers = new Answers(servers);
  }

  /** The workloads of our namespaces, with their ReplicaSets and pods. */
  workloads(): Promise<readonly Listed[]> {
    return this.once("workloads", () => listWorkloads(this.kubectl, ownNamespaces(this.environment)));
  }

  /** The Secrets that the configuration refers to. */
  secrets(): Promise<readonly CheckedSecret[]> {
    return this.once("secrets", () => checkSecrets(this.signals.secrets, this.kubectl));
  }

  /** The objects of a kind in a namespace. */
  async list<T extends ExistingObject>(kind: InventoryKind, namespace: string): Promise<readonly T[]> {
    return (await this.inventory(namespace)).filter((object): object is T => object.kind === kind);
  }

  /** The objects of a kind in all our namespaces. */
  async listOurs<T extends ExistingObject>(kind: InventoryKind): Promise<readonly T[]> {
    const ours = ownNamespaces(this.environment);
    return (await Promise.all(ours.map((namespace) => this.list<T>(kind, namespace)))).flat();
  }

  /** The objects of all kinds that checks compare, in a namespace. */
  inventory(namespace: string): Promise<readonly ExistingObject[]> {
    return this.once(`inventory ${namespace}`, () => inventory(this.kubectl, namespace));
  }

  /** The objects of a kind that belong to no namespace. */
  listClusterWide<T>(kind: string): Promise<readonly T[]> {
    return this.once(kind, () => this.kubectl.list<T>(kind));
  }

  /** The series that a PromQL expression returns now. */
  async query(promql: string): Promise<readonly Sample[]> {
    const { data } = await this.prometheus.get<{ data: { result: readonly Sample[] } }>("/api/v1/query", {
      query: promql,
    });
    return data.result;
  }

  private once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.read.get(key) ?? read();
    this.read.set(key, known);
    return known as Promise<T>;
  }
}

/** One series of the answer to an instant query. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [seconds: number, value: string];
}
