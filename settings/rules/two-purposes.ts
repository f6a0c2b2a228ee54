import { platformKeys, shareOnCallService } from "../alertmanager-keys";
import { logBucket, stateBucket } from "../buckets";
import type { Environment } from "../environment";
import type { SecretRef } from "../fields";
import { keySecret } from "../identity";
import { publicAddresses } from "../public-addresses";
import type { Rule } from "../rule";

/** Values that two programs would use for different purposes. */
export const twoPurposes: readonly Rule[] = [
  {
    at: "loki.storage",
    reads: ["state"],
    broken: (environment) => {
      const ofLogs = logBucket(environment);
      return ofLogs !== undefined && ofLogs === stateBucket(environment);
    },
    rule: "must not be the bucket of the Terraform state: Loki's pods could read and delete the state",
    remedy: "use a bucket of its own for log lines",
  },
  {
    at: "alertmanager.externalUrl",
    reads: ["prometheus.externalUrl", "grafana"],
    broken: (environment) => {
      const given = publicAddresses.flatMap(({ read }) => read(environment)?.toLowerCase().replace(/\/+$/, "") ?? []);
      return new Set(given).size < given.length;
    },
    rule: "must differ from `prometheus.externalUrl` and `grafana.url`, and these from each other: one address serves one program",
    remedy: "give each program its own host or path",
  },
  {
    at: "alertmanager.receivers",
    reads: ["alertmanager.heartbeat"],
    broken: (environment) => {
      const keys = platformKeys(environment);
      return keys.some(({ kind, key }) => keys.some((other) => other.key === key && other.kind !== kind));
    },
    rule: "must not use one key of `alertmanager.secret` for two kinds of receivers: a key has one value, such as the URL of a webhook or a password",
    remedy: "use a key of its own for each kind of receiver and for the heartbeat",
  },
  {
    at: "alertmanager.receivers.chat",
    reads: ["alertmanager.receivers.pager"],
    broken: ({ alertmanager: { receivers } }) => shareOnCallService(receivers.chat, receivers.pager),
    rule: "must not use the key of `pager` for an on-call service: warnings would page, and each page would be sent twice",
    remedy: "use the key of a service or integration with low urgency, or another kind of receiver",
  },
  ...serverSecrets().map(
    ({ at, of }, index, all): Rule => ({
      at,
      reads: all.slice(0, index).map((other) => other.at),
      broken: (environment) => {
        const own = of(environment);
        return own !== undefined && all.slice(0, index).some((other) => isSame(own, other.of(environment)));
      },
      rule: "must not be a key that contains the credentials of another server",
      remedy: "write the key of the Secret with the value for this server",
    }),
  ),
];

/** The credentials of each server and service. They have different forms, so that one key cannot hold two of them. */
function serverSecrets(): readonly { readonly at: string; readonly of: (one: Environment) => SecretRef | undefined }[] {
  return [
    { at: "erp.postgresql.secret", of: ({ erp }) => erp.postgresql.secret },
    { at: "erp.redis.secret", of: ({ erp }) => erp.redis.secret },
    { at: "erp.elasticsearch.secret", of: ({ erp }) => erp.elasticsearch?.secret },
    { at: "erp.sentry.secret", of: ({ erp }) => (erp.sentry.mode === "existing" ? erp.sentry.secret : undefined) },
    { at: "erp.identity.keys.secret", of: ({ erp }) => keySecret(erp.identity) },
  ];
}

function isSame(one: SecretRef, other: SecretRef | undefined): boolean {
  return one.name === other?.name && one.key === other.key;
}
