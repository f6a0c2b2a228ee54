import { posix } from "node:path";
import { logBucket, stateBucket } from "../buckets";
import type { Environment } from "../environment";
import { sentryProjectOf, sentryUrl } from "../sentry-project-of";
import { indexPrefix, traceServer } from "../tracing";
import type { UniqueValue } from "../unique-value";

/** Values that must be unique, because two environments that share one would overwrite each other. */
export const uniqueValues: readonly UniqueValue[] = [
  {
    at: "name",
    claims: ({ name }) => [name],
    rule: "must be unique, but another environment has the same name",
    remedy: "name each environment after its file",
  },
  {
    at: "cluster.context",
    claims: ({ cluster }) => [cluster.context],
    rule: "must be unique: namespaces and releases have the same names in every environment",
    remedy: "use a separate cluster for each environment",
  },
  {
    at: "state",
    claims: ({ state }) => [stateAddress(state)],
    rule: "must be unique: two environments in one state would delete each other's resources",
    remedy: "use a different key, prefix, path or suffix for each",
  },
  {
    at: "loki.storage",
    claims: logBuckets,
    rule: "must be unique: two Lokis in one bucket delete each other's logs",
    remedy: "use a separate bucket for each",
  },
  {
    at: "loki.storage",
    reads: ["state"],
    claims: logBuckets,
    taken: (environment) => [stateBucket(environment)].filter((bucket) => bucket !== undefined),
    rule: "must not be the bucket of the Terraform state of another environment: Loki's pods could read and delete the state",
    remedy: "use a bucket of its own for log lines",
  },
  {
    at: "tracing.storage",
    reads: ["name"],
    claims: (environment) => {
      const server = traceServer(environment);
      return server === undefined ? [] : [`${server.url.replace(/\/+$/, "")} ${indexPrefix(environment, server)}`];
    },
    rule: "must be unique: two stores that share indices show the traces of both environments",
    remedy: "use a different `indexPrefix` for each, or leave it out: it is then the name of the environment",
  },
  {
    at: "erp.ingress.hosts",
    reads: ["grafana"],
    claims: ({ erp, grafana }) => [
      ...(erp.ingress?.hosts ?? []),
      ...(grafana.mode === "on" && grafana.ingress ? [grafana.ingress.host] : []),
    ],
    rule: "must be unique, and different from Grafana's: each host serves one program of one environment",
    remedy: "use a different host for each",
  },
  {
    at: "erp.sentry.project",
    claims: sentryProjects,
    rule: "must be unique: two environments with one project in Sentry would delete each other's alerts",
    remedy: "use a different `slug` for each",
  },
  {
    at: "erp.sentry.project",
    reads: ["name"],
    claims: (environment) => (sentryProjects(environment).length > 0 ? beginnings(`sentry-${environment.name}`) : []),
    taken: ({ name }) => [name],
    rule: "must not be set while the name of its stack, `sentry-<env>`, begins with the name of another environment: `cdktf deploy '<env>-*'` of that one would deploy it",
    remedy: "choose another `name` for one of them",
  },
];

function sentryProjects(environment: Environment): readonly string[] {
  const project = sentryProjectOf(environment);
  if (project === undefined) return [];
  return [`${sentryUrl(project)} ${project.organization}/${project.slug}`];
}

/** The parts of a name that end before a dash. */
function beginnings(name: string): readonly string[] {
  return [...name.matchAll(/-/g)].map(({ index }) => name.slice(0, index));
}

function logBuckets(environment: Environment): readonly string[] {
  return [logBucket(environment)].filter((bucket) => bucket !== undefined);
}

function stateAddress(state: Environment["state"]): string {
  switch (state.backend) {
    case "local":
      return join(state.backend, posix.normalize(state.path));
    case "kubernetes":
      return join(state.backend, state.config_context, state.namespace, state.secret_suffix);
    case "s3":
      return join(state.backend, state.endpoints?.s3, state.bucket, posix.normalize(state.key));
    case "gcs":
      return join(state.backend, state.bucket, posix.normalize(state.prefix));
    case "azurerm":
      return join(state.backend, state.storage_account_name, state.container_name, posix.normalize(state.key));
  }
}

function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(" ");
}
