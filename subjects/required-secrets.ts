import { addresses, namespaces } from "../settings/addresses";
import { alertmanagerKeys } from "../settings/alertmanager-keys";
import type { Environment } from "../settings/environment";
import type { SecretRef } from "../settings/fields";
import { keySecret, signingKey } from "../settings/identity";
import { ownNamespaces } from "../settings/own-namespaces";
import type { WorkloadPod } from "../settings/pod";
import { remoteWriteSecrets } from "../settings/remote-write";
import { traceServer, tracingOf } from "../settings/tracing";
import { exportersOf, subjectsOf } from "./listings";
import type { Variables } from "./subject";

/** A Secret that the stacks refer to but do not create. It must exist before the pods that read it start. */
export interface RequiredSecret {
  readonly namespace: string;
  readonly name: string;
  /** The keys that are read. Empty if the keys of the Secret are not known. */
  readonly keys: readonly string[];
  /** Program that reads the Secret, or its purpose. */
  readonly purpose: string;
}

/** All existing Secrets that an environment refers to, without duplicates. */
export function requiredSecrets(environment: Environment): readonly RequiredSecret[] {
  const named = [
    ...registrySecrets(environment),
    ...alertmanagerSecrets(environment),
    ...samplesSecrets(environment.prometheus),
    ...grafanaSecrets(environment.grafana),
    ...tracesSecrets(environment),
    ...subjectSecrets(environment),
    ...erpSecrets(environment.erp),
    ...identitySecrets(environment.erp),
    ...serverSecrets(environment.erp),
    ...podSecrets(environment),
  ];
  const found = new Map<string, RequiredSecret>();
  for (const secret of named) {
    const id = `${secret.namespace}/${secret.name}`;
    found.set(id, mergeSecrets(found.get(id), secret));
  }
  return [...found.values()];
}

/** Key of the credentials in a Secret of type `kubernetes.io/dockerconfigjson`. */
export const registryKey = ".dockerconfigjson";

/** The Secrets with which nodes pull the images of all pods, in each namespace of the stacks that has pods. */
function registrySecrets(environment: Environment): RequiredSecret[] {
  const { pods, grafana } = environment;
  const withPods = ownNamespaces(environment).filter((one) => one !== namespaces.grafana || grafana.mode === "on");
  return withPods.flatMap((namespace) =>
    (pods?.imagePullSecrets ?? []).map((name) => ({
      namespace,
      name,
      keys: [registryKey],
      purpose: "credentials of registries",
    })),
  );
}

function alertmanagerSecrets(environment: Environment): RequiredSecret[] {
  const { secret: name } = environment.alertmanager;
  const keys = alertmanagerKeys(environment);
  if (name === undefined || keys.length === 0) return [];
  return [{ namespace: namespaces.monitoring, name, keys, purpose: "receivers of alerts" }];
}

function samplesSecrets({ remoteWrite }: Environment["prometheus"]): RequiredSecret[] {
  return remoteWrite.flatMap((receiver) =>
    remoteWriteSecrets(receiver).map(({ ref }) =>
      requiredSecret(namespaces.monitoring, ref, `remote write to ${receiver.url}`),
    ),
  );
}

function grafanaSecrets(grafana: Environment["grafana"]): RequiredSecret[] {
  if (grafana.mode !== "on") return [];
  const { adminSecret, oidc, ingress } = grafana;
  const namespace = namespaces.grafana;
  return [
    { namespace, name: adminSecret, keys: ["admin-user", "admin-password"], purpose: "Grafana's administrator" },
    ...(oidc ? [requiredSecret(namespace, oidc.clientSecret, "Grafana's single sign-on")] : []),
    ...certificate(namespace, ingress, "Grafana's certificate"),
  ];
}

/** Secrets with which the collector and the store connect to the servers of others. */
function tracesSecrets(environment: Environment): RequiredSecret[] {
  const traces = tracingOf(environment);
  const server = traceServer(environment);
  const [refs, purpose] =
    traces?.store === "existing"
      ? [[...Object.values(traces.headers ?? {}), traces.ca], "the store of traces"]
      : [[server?.basicAuth?.username, server?.basicAuth?.password, server?.ca], "the server that stores traces"];
  return refs.flatMap((ref) => (ref === undefined ? [] : [requiredSecret(namespaces.tracing, ref, purpose)]));
}

/** Secrets with which the ERP and the exporters connect to the servers. */
function subjectSecrets(environment: Environment): RequiredSecret[] {
  return subjectsOf(environment).flatMap(({ name, server = name, erpVariables, exporter }) => [
    ...secretsOfVariables(erpVariables?.(environment), `the ERP's URL of ${server}`),
    ...secretsOfVariables(exporter?.(environment).env, `the exporter's URL of ${server}`),
  ]);
}

function secretsOfVariables(variables: Variables = {}, purpose: string): RequiredSecret[] {
  return Object.values(variables).flatMap((value) =>
    typeof value === "object" ? [requiredSecret(namespaces.erp, value, purpose)] : [],
  );
}

function erpSecrets({ sentry, ingress }: Environment["erp"]): RequiredSecret[] {
  return [
    ...(sentry.mode === "existing" ? [requiredSecret(namespaces.erp, sentry.secret, "the ERP's Sentry DSN")] : []),
    ...certificate(namespaces.erp, ingress, "the ERP's certificate"),
  ];
}

/** The Secret with the public keys of the issuer and, for the traffic generator, with its private key. */
function identitySecrets({ identity, inCluster }: Environment["erp"]): RequiredSecret[] {
  const keys = keySecret(identity);
  if (keys === undefined) return [];
  const signing = { ...keys, key: signingKey };
  return [
    requiredSecret(namespaces.erp, keys, "public keys of the issuer of tokens"),
    ...(inCluster ? [requiredSecret(namespaces.erp, signing, "the traffic generator's private key")] : []),
  ];
}

/** Secrets that the pods of the ERP and of its exporters read as variables or as files. */
function podSecrets(environment: Environment): RequiredSecret[] {
  const { pod, api, celery } = environment.erp;
  const purpose = "settings of pods";
  const programs = [pod, api.pod, celery.worker.pod, celery.beat.pod];
  return [...programs, ...exportersOf(environment).map((exporter) => exporter.pod)].flatMap((given) => {
    const { env, envFrom, volumes = {}, initContainers = [], sidecars = [] }: WorkloadPod = given ?? {};
    const containers = [{ env, envFrom }, ...initContainers, ...sidecars];
    const variables = containers.flatMap((one) => Object.values(one.env ?? {}));
    return [
      ...variables.flatMap((one) =>
        typeof one === "object" && "secret" in one ? [requiredSecret(namespaces.erp, one.secret, purpose)] : [],
      ),
      ...[...containers.flatMap((one) => one.envFrom ?? []), ...Object.values(volumes)].flatMap((one) =>
        "secret" in one
          ? [
              {
                namespace: namespaces.erp,
                name: one.secret,
                keys: "items" in one ? Object.keys(one.items ?? {}) : [],
                purpose,
              },
            ]
          : [],
      ),
    ];
  });
}

/** Secrets of PostgreSQL and Redis themselves, if the stacks run them. */
function serverSecrets({ inCluster }: Environment["erp"]): RequiredSecret[] {
  if (inCluster === undefined) return [];
  const { postgresql, redis } = addresses;
  return [
    {
      namespace: postgresql.namespace,
      name: postgresql.service,
      keys: ["postgres-password", "erp-password", "exporter-password"],
      purpose: "roles of PostgreSQL",
    },
    { namespace: redis.namespace, name: redis.service, keys: ["users.acl"], purpose: "users of Redis" },
  ];
}

interface Ingress {
  /** The name of the Secret that holds the certificate. @default the Ingress serves no TLS */
  readonly tlsSecret?: string;
  /** The annotations of the Ingress, which may ask cert-manager to create the certificate. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * The Secret with an Ingress's certificate, unless cert-manager creates it because of the annotations of the Ingress.
 */
function certificate(namespace: string, ingress: Ingress | undefined, purpose: string): RequiredSecret[] {
  const { tlsSecret, annotations = {} } = ingress ?? {};
  const issued = Object.keys(annotations).some((name) => name.startsWith("cert-manager.io/"));
  return tlsSecret && !issued ? [{ namespace, name: tlsSecret, keys: ["tls.crt", "tls.key"], purpose }] : [];
}

function requiredSecret(namespace: string, { name, key }: SecretRef, purpose: string): RequiredSecret {
  return { namespace, name, keys: [key], purpose };
}

function mergeSecrets(known: RequiredSecret | undefined, secret: RequiredSecret): RequiredSecret {
  if (known === undefined) return secret;
  return {
    ...secret,
    keys: [...new Set([...known.keys, ...secret.keys])],
    purpose: [...new Set([...known.purpose.split(", "), secret.purpose])].join(", "),
  };
}
