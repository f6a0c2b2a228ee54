import { randomBytes } from "node:crypto";
import { type Address, addresses, namespaces } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import { keySecret, signingKey } from "../../settings/identity";
import { signingKeys } from "./signing-keys";

/** A value of a Secret. The Secret is identified by `namespace/name`. */
export interface SecretValue {
  readonly secret: string;
  readonly key: string;
  readonly value: string;
}

/** Returns the value of a key of a Secret, `namespace/name`, if it exists in the cluster. */
export type Present = (secret: string, key: string) => string | undefined;

/** States which Secrets `npm run secrets` creates in an environment of tier `local`, in Markdown. */
export function laptopSecretsText(environment: string): string {
  return `\`npm run secrets -- ${environment}\` creates those of Grafana, PostgreSQL, Redis and the traffic generator.`;
}

/**
 * The Secrets that tier `local` needs for its own Grafana, PostgreSQL, Redis and traffic generator. Passwords and keys
 * are random. A password that the cluster already has, in the server's Secret or in an address, is used in all of them.
 */
export function laptopSecrets({ erp, grafana }: Environment, present: Present): SecretValue[] {
  const [postgresql, redis] = [erpSecret(addresses.postgresql.service), erpSecret(addresses.redis.service)];
  const passwordInUrl = ({ name, key }: SecretRef) => passwordIn(present(erpSecret(name), key));
  const acl = present(redis, "users.acl");

  const owner = present(postgresql, "erp-password") ?? passwordInUrl(erp.postgresql.secret) ?? random();
  const reader = present(postgresql, "exporter-password") ?? passwordInUrl(erp.postgresql.exporterSecret) ?? random();
  const client = passwordOf("erp", acl) ?? passwordInUrl(erp.redis.secret) ?? random();
  const observer = passwordOf("exporter", acl) ?? passwordInUrl(erp.redis.exporterSecret) ?? random();
  const listener = passwordOf("celery-exporter", acl) ?? passwordInUrl(erp.celery.exporterSecret) ?? random();

  const databaseUrl = (user: string, password: string) =>
    `postgresql://${user}:${password}@${host(addresses.postgresql)}/erp`;
  const redisUrl = (user: string, password: string) => `redis://${user}:${password}@${host(addresses.redis)}`;
  const servers = [
    { secret: postgresql, key: "postgres-password", value: random() },
    { secret: postgresql, key: "erp-password", value: owner },
    { secret: postgresql, key: "exporter-password", value: reader },
    { secret: redis, key: "users.acl", value: users(client, observer, listener) },
    secretValue(erp.postgresql.secret, databaseUrl("erp", owner)),
    // By default the exporter requires TLS, and this server has no certificate.
    secretValue(erp.postgresql.exporterSecret, `${databaseUrl("exporter", reader)}?sslmode=disable`),
    secretValue(erp.redis.secret, redisUrl("erp", client)),
    secretValue(erp.redis.exporterSecret, redisUrl("exporter", observer)),
    secretValue(erp.celery.exporterSecret, `${redisUrl("celery-exporter", listener)}/0`),
  ];
  return [...grafanaAdmin(grafana), ...(erp.inCluster ? [...servers, ...tokenKeys(erp.identity)] : [])];
}

function grafanaAdmin(grafana: Environment["grafana"]): SecretValue[] {
  if (grafana.mode !== "on") return [];
  const secret = `${namespaces.grafana}/${grafana.adminSecret}`;
  return [
    { secret, key: "admin-user", value: "admin" },
    { secret, key: "admin-password", value: random() },
  ];
}

/** The key pair with which the traffic generator signs its tokens, and the API verifies them. */
function tokenKeys(identity: Environment["erp"]["identity"]): SecretValue[] {
  const keys = keySecret(identity);
  if (keys === undefined) return [];
  const { keySet, privateKey } = signingKeys();
  return [secretValue(keys, keySet), secretValue({ ...keys, key: signingKey }, privateKey)];
}

type SecretRef = Environment["erp"]["postgresql"]["secret"];

/** Redis' users. Each may run only the commands that it needs. A client without a user name may only run `PING`. */
function users(erp: string, exporter: string, celeryExporter: string): string {
  return [
    "user default on nopass resetkeys resetchannels -@all +ping",
    `user erp on >${erp} ~* &* +@all -@admin`,
    `user exporter on >${exporter} ~* resetchannels -@all +@connection +info +config|get +slowlog|get +slowlog|len +latency|latest +latency|histogram`,
    `user celery-exporter on >${celeryExporter} ~* &* +@all -@admin -@dangerous +info`,
    "",
  ].join("\n");
}

function secretValue({ name, key }: SecretRef, value: string): SecretValue {
  return { secret: erpSecret(name), key, value };
}

function erpSecret(name: string): string {
  return `${namespaces.erp}/${name}`;
}

function host({ service, namespace, port }: Address): string {
  return `${service}.${namespace}.svc:${port}`;
}

/** A random password without characters that have a meaning in a URL or in an ACL. */
function random(): string {
  return randomBytes(24).toString("hex");
}

function passwordIn(url: string | undefined): string | undefined {
  return (url && URL.canParse(url) && new URL(url).password) || undefined;
}

function passwordOf(user: string, acl: string | undefined): string | undefined {
  return new RegExp(`^user ${user} .*>(\\S+)`, "m").exec(acl ?? "")?.[1];
}
