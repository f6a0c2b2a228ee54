import type { Environment } from "../environment";
import { publicAddresses } from "../public-addresses";
import type { RemoteWrite } from "../remote-write";
import type { Rule } from "../rule";
import { isPlainHttp } from "../urls";

/**
 * Requirements of tier `production`: the loss of one node pages nobody, and the loss of the monitoring pages somebody.
 */
export const productionTier: readonly Rule[] = [
  requirement(
    "prometheus.replicas",
    ({ prometheus }) => prometheus.replicas >= 2,
    "must be at least 2 in tier `production`: while a single replica moves to another node, nothing is measured",
    "use 2",
  ),
  requirement(
    "prometheus.storage",
    ({ prometheus }) => prometheus.storage !== undefined,
    "is required in tier `production`: without it samples are lost when a pod ends",
    "set the size of a volume, such as `100Gi`",
  ),
  requirement(
    "alertmanager.replicas",
    ({ alertmanager }) => alertmanager.replicas >= 2,
    "must be at least 2 in tier `production`: while a single replica moves to another node, nobody is notified",
    "use 3",
  ),
  requirement(
    "alertmanager.storage",
    ({ alertmanager }) => alertmanager.storage !== undefined,
    "is required in tier `production`: without it silences are lost when the pods end",
    "set the size of a volume, such as `1Gi`",
  ),
  requirement(
    "alertmanager.externalUrl",
    ({ alertmanager }) => alertmanager.externalUrl !== undefined,
    "is required in tier `production`: notifications link to it",
    "set the address at which people open it, such as `https://alertmanager.example.com`",
  ),
  requirement(
    "alertmanager.receivers.pager",
    ({ alertmanager }) => alertmanager.receivers.pager !== undefined,
    "is required in tier `production`: critical alerts must page somebody",
    "add a receiver, such as { pagerduty: { credentialKey: … } }",
  ),
  requirement(
    "alertmanager.receivers.chat",
    ({ alertmanager }) => alertmanager.receivers.chat !== undefined,
    "is required in tier `production`: warnings must reach somebody",
    "add a receiver, such as { slack: { channel: …, apiUrlKey: … } }",
  ),
  requirement(
    "alertmanager.heartbeat",
    ({ alertmanager }) => alertmanager.heartbeat !== undefined,
    "is required in tier `production`: when the monitoring fails, it cannot notify anybody itself",
    "add { urlKey: …, repeatInterval: …, grace: … } of a service that pages when it receives no more heartbeats",
  ),
  requirement(
    "erp.api.scale.replicas",
    ({ erp: { api } }) => !("replicas" in api.scale) || api.scale.replicas >= 2,
    "must be at least 2 in tier `production`: a single pod is down whenever its node is",
    "use 2 or more, or set bounds for autoscaling",
  ),
  requirement(
    "erp.celery.worker.replicas",
    ({ erp: { celery } }) => celery.worker.replicas >= 2,
    "must be at least 2 in tier `production`: a single pod is down whenever its node is",
    "use 2 or more",
  ),
  ...publicAddresses.map(({ at, read }) =>
    requirement(
      at,
      (environment) => !isPlainHttp(read(environment) ?? ""),
      "must begin with https:// in tier `production`: people send passwords and session cookies to it",
      "write the address with https://",
    ),
  ),
  ...(["authUrl", "tokenUrl", "apiUrl"] as const).map((endpoint) =>
    requirement(
      `grafana.oidc.${endpoint}`,
      ({ grafana }) => grafana.mode !== "on" || !isPlainHttp(grafana.oidc?.[endpoint] ?? ""),
      "must begin with https:// in tier `production`, as OpenID Connect requires",
      "copy it from the issuer's discovery document",
    ),
  ),
  requirement(
    "prometheus.remoteWrite",
    ({ prometheus }) => !prometheus.remoteWrite.some(sendsReadableCredentials),
    "must have only URLs that begin with https:// where `basicAuth`, `bearerToken` or `oauth2` is set, in tier `production`: without TLS, others can read the credentials",
    "write the URL with https://, also that of the tokens, or remove the credentials",
  ),
];

/** Whether others can read the credentials. A signature of AWS does not contain them. */
function sendsReadableCredentials({ url, basicAuth, bearerToken, oauth2 }: RemoteWrite): boolean {
  const addresses = (basicAuth ?? bearerToken ?? oauth2) ? [url, ...(oauth2 ? [oauth2.tokenUrl] : [])] : [];
  return addresses.some(isPlainHttp);
}

function requirement(at: string, met: (environment: Environment) => boolean, rule: string, remedy: string): Rule {
  const broken = (environment: Environment) => environment.tier === "production" && !met(environment);
  return { at, reads: ["tier"], broken, rule, remedy };
}
