import { namespaces } from "../../settings/addresses";
import { type ReceiverKey, receiverKeys } from "../../settings/alertmanager-keys";
import type { Environment } from "../../settings/environment";
import type { SecretRef } from "../../settings/fields";
import { keySecret } from "../../settings/identity";
import { remoteWriteSecrets } from "../../settings/remote-write";
import { isOwn } from "../../settings/rules/own-addresses";
import { sentryDsnPattern } from "../../settings/sentry-dsn";
import { subjectsOf } from "../../subjects/listings";
import { registryKey } from "../../subjects/required-secrets";
import type { Variables } from "../../subjects/subject";
import { type CheckedSecret, valueIn } from "./check-secrets";
import { keySetFault } from "./key-set-fault";
import { spaceFaults, urlFaults } from "./url-faults";

/** A value of a Secret, and the function that returns the rules which it breaks. */
interface Check extends SecretRef {
  readonly namespace: string;
  readonly faults: (value: string) => readonly string[];
}

/** The existing values that the programs could not use, as sentences that contain no part of these values. */
export function wrongValues(environment: Environment, found: readonly CheckedSecret[]): string[] {
  const checks = [
    ...registryChecks(found),
    ...serverChecks(environment),
    ...alertmanagerChecks(environment),
    ...passwordChecks(environment),
    ...erpChecks(environment),
  ];
  const values = checks.flatMap(({ namespace, name, key, faults }) => {
    const secret = `${namespace}/${name}`;
    const value = valueIn(found, secret, key);
    const broken = value ? faults(value) : [];
    return broken.length > 0 ? [`${secret}: the value of the key ${key} ${broken.join(", and ")}`] : [];
  });
  return [...new Set([...registryTypes(found), ...values])];
}

const registryType = "kubernetes.io/dockerconfigjson";

/** Secrets with credentials of registries whose type the kubelet ignores. The type of a Secret cannot be changed. */
function registryTypes(found: readonly CheckedSecret[]): string[] {
  return found
    .filter(({ secret: { keys }, type }) => keys.includes(registryKey) && type !== undefined && type !== registryType)
    .map(
      ({ secret: { namespace, name }, type }) =>
        `${namespace}/${name}: the type must be ${registryType} and not ${type}, because nodes ignore other types. Delete the Secret and create it with \`kubectl create secret docker-registry\``,
    );
}

/** Credentials that the kubelet can read: it ignores others, and pulls the image without credentials. */
function registryChecks(found: readonly CheckedSecret[]): Check[] {
  return found
    .filter(({ secret: { keys } }) => keys.includes(registryKey))
    .map(({ secret: { namespace, name } }) => ({ namespace, name, key: registryKey, faults: registryFaults }));
}

function registryFaults(value: string): readonly string[] {
  const rule = "must be a JSON object with `auths`, as `docker login` writes it to `config.json`";
  try {
    const { auths } = JSON.parse(value) ?? {};
    return typeof auths === "object" && auths !== null && Object.keys(auths).length > 0 ? [] : [rule];
  } catch {
    return [rule];
  }
}

/** The schemes of the URL that an exporter accepts, by the name of its subject. */
const schemes: Readonly<Record<string, readonly string[]>> = {
  postgresql: ["postgresql", "postgres"],
  redis: ["redis", "rediss"],
  celery: ["redis", "rediss"],
  elasticsearch: ["http", "https"],
};

/** The URLs with which the ERP and the exporters connect to the servers. The image of the ERP decides about schemes. */
function serverChecks(environment: Environment): Check[] {
  return subjectsOf(environment).flatMap(({ name, erpVariables, exporter }) => [
    ...secretsIn(erpVariables?.(environment)).map((ref) => urlCheck(ref, undefined, otherServer(name))),
    ...secretsIn(exporter?.(environment).env).map((ref) =>
      urlCheck(ref, schemes[name], name === "postgresql" ? commaFaults : undefined),
    ),
  ]);
}

/** The image of the ERP decides about the drivers in a scheme, as in `postgresql+asyncpg`, and not about the server. */
function otherServer(name: string): Check["faults"] {
  return (value) => {
    const scheme = /^\s*([a-z]+)(\+\w+)?:\/\//.exec(value)?.[1] ?? "";
    const isKnown = Object.values(schemes).some((known) => known.includes(scheme));
    return isKnown && !schemes[name]?.includes(scheme)
      ? [`must not start with ${scheme}://, which is the URL of another kind of server: two Secrets may be swapped`]
      : [];
  };
}

function urlCheck(ref: SecretRef, possible?: readonly string[], others: Check["faults"] = () => []): Check {
  return { ...ref, namespace: namespaces.erp, faults: (value) => [...urlFaults(value, possible), ...others(value)] };
}

/** postgres_exporter splits the value at commas into URLs of several servers, and prints parts that are none. */
function commaFaults(value: string): readonly string[] {
  return value.includes(",") ? ["must not contain a comma: name one host, and write `,` in a password as `%2C`"] : [];
}

function secretsIn(variables: Variables = {}): SecretRef[] {
  return Object.values(variables).filter((value) => typeof value === "object");
}

/** Alertmanager ignores white space around the values. */
function alertmanagerChecks(environment: Environment): Check[] {
  const { secret: name } = environment.alertmanager;
  if (name === undefined) return [];
  return receiverKeys(environment).map(({ kind, key }) => ({
    namespace: namespaces.monitoring,
    name,
    key,
    faults: (value) => receiverFaults(kind, value.trim(), environment),
  }));
}

function receiverFaults(kind: ReceiverKey["kind"], value: string, environment: Environment): readonly string[] {
  switch (kind) {
    case "slack":
    case "webhook":
    case "heartbeat":
      return [
        ...urlFaults(value, ["https", "http"]),
        ...(isOwn(value, environment)
          ? ["must not be an address of this environment: its programs receive no notifications"]
          : []),
      ];
    case "msteams":
      return urlFaults(value, ["https"]);
    case "telegram":
      return /^\d+:[\w-]+$/.test(value)
        ? []
        : ["must be the token of a bot as @BotFather shows it: digits, a colon, and letters and digits"];
    // A header of HTTP contains these.
    case "jiraServiceManagement":
    case "opsgenie":
    case "bearerToken":
      return spaceFaults(value);
    case "pagerduty":
    case "email":
      return [];
  }
}

/** White space around a password or a user name is a part of it. */
function passwordChecks({ grafana, prometheus }: Environment): Check[] {
  const ofGrafana =
    grafana.mode === "on"
      ? [
          { name: grafana.adminSecret, key: "admin-user" },
          { name: grafana.adminSecret, key: "admin-password" },
          ...(grafana.oidc ? [grafana.oidc.clientSecret] : []),
        ]
      : [];
  const faults = (value: string) => (value === value.trim() ? [] : spaceFaults(value).slice(0, 1));
  return [
    ...ofGrafana.map((ref) => ({ ...ref, namespace: namespaces.grafana, faults })),
    ...prometheus.remoteWrite.flatMap(remoteWriteSecrets).map(({ ref, kind }) => ({
      ...ref,
      namespace: namespaces.monitoring,
      faults: kind === "credential" ? faults : (value: string) => pemFaults(value, kind),
    })),
  ];
}

function pemFaults(value: string, kind: string): readonly string[] {
  const isPem = new RegExp(`^-----BEGIN ([A-Z0-9]+ )?${kind.toUpperCase()}-----$`, "m").test(value);
  return isPem ? [] : [`must be a ${kind} in PEM format, which contains a line with BEGIN and ${kind.toUpperCase()}`];
}

function erpChecks(environment: Environment): Check[] {
  const { identity, sentry } = environment.erp;
  const keys = keySecret(identity);
  const keySet = (value: string) => [keySetFault(value)].filter((fault) => fault !== undefined);
  const dsn = (value: string) =>
    new RegExp(sentryDsnPattern(environment)).test(value)
      ? []
      : [...spaceFaults(value), "must be a Sentry DSN, https://<public key>@<host>/<project id>"].slice(0, 1);
  return [
    ...(keys ? [{ ...keys, namespace: namespaces.erp, faults: keySet }] : []),
    ...(sentry.mode === "existing" ? [{ ...sentry.secret, namespace: namespaces.erp, faults: dsn }] : []),
  ];
}
