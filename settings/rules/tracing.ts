import type { Environment } from "../environment";
import type { Rule } from "../rule";
import { traceServer, tracingOf } from "../tracing";
import { isPlainHttp } from "../urls";
import { isOwn } from "./own-addresses";

/** Rules on traces: their store fits the tier, and nothing else measures the same requests. */
export const tracing: readonly Rule[] = [
  {
    at: "erp.sentry.tracesSampleRate",
    reads: ["tracing"],
    broken: (environment) => sentryTraces(environment) > 0 && tracingOf(environment) !== undefined,
    rule: "must be 0 while `tracing` has a store: the ERP would measure each request twice",
    remedy: "use 0: Sentry still receives errors, with the ids of their traces. Or set `tracing.store` to `off`",
  },
  {
    at: "erp.sentry.profilesSampleRate",
    reads: ["tracing", "erp.sentry.tracesSampleRate"],
    broken: (environment) => {
      const { sentry } = environment.erp;
      // With a rate of 0 for traces, another rule refuses profiles.
      return (
        sentryTraces(environment) > 0 &&
        tracingOf(environment) !== undefined &&
        sentry.mode !== "off" &&
        sentry.profilesSampleRate > 0
      );
    },
    rule: "must be 0 while `tracing` has a store: Sentry profiles only requests that it traces",
    remedy: "use 0",
  },
  {
    at: "tracing.storage.type",
    reads: ["tier"],
    broken: (environment) => environment.tier !== "local" && storageType(environment) === "badger",
    rule: "must not be `badger` outside tier `local`: it has one replica, whose volume nobody backs up",
    remedy: "use `elasticsearch` or `opensearch` with the address of a server",
  },
  {
    at: "tracing.storage.type",
    reads: ["tier"],
    broken: (environment) => environment.tier !== "local" && storageType(environment) === "memory",
    rule: "must not be `memory` outside tier `local`: a restart loses all traces",
    remedy: "use `elasticsearch` or `opensearch` with the address of a server",
  },
  {
    at: "tracing.storage.url",
    reads: ["tier"],
    broken: (environment) => environment.tier === "production" && isPlainHttp(traceServer(environment)?.url ?? ""),
    rule: "must begin with https:// in tier `production`: traces contain data of users, and requests contain credentials",
    remedy: "write the address with https://, and set `tracing.storage.ca` if its authority is your own",
  },
  {
    at: "tracing.endpoint",
    reads: ["tier"],
    broken: (environment) => environment.tier === "production" && isPlainHttp(existing(environment)?.endpoint ?? ""),
    rule: "must begin with https:// in tier `production`: traces contain data of users, and headers contain credentials",
    remedy: "write the address with https://, and set `tracing.ca` if its authority is your own",
  },
  {
    at: "tracing.query.url",
    reads: ["tier"],
    broken: (environment) => environment.tier === "production" && isPlainHttp(existing(environment)?.query?.url ?? ""),
    rule: "must begin with https:// in tier `production`: traces contain data of users",
    remedy: "write the address with https://",
  },
  {
    at: "tracing.endpoint",
    reads: ["prometheus.externalUrl", "alertmanager.externalUrl", "grafana", "erp.ingress"],
    broken: (environment) => isOwn(existing(environment)?.endpoint ?? "", environment),
    rule: "must not be an address of this environment: its programs would send the traces in a circle, or refuse them",
    remedy: "write the address of the store, or set `tracing.store` to `jaeger` or `zipkin`",
  },
  {
    at: "grafana.tracingUrl",
    reads: ["tracing"],
    broken: (environment) =>
      environment.grafana.mode === "on" &&
      environment.grafana.tracingUrl !== undefined &&
      tracingOf(environment) !== undefined &&
      (environment.tracing?.store !== "existing" || existing(environment)?.query !== undefined),
    rule: "must not be set while Grafana has a data source of traces: a log line would have two links to its trace",
    remedy: "remove it: log lines link to the traces of `tracing`",
  },
];

function sentryTraces({ erp: { sentry } }: Environment): number {
  return sentry.mode === "off" ? 0 : sentry.tracesSampleRate;
}

function storageType({ tracing }: Environment): string | undefined {
  return tracing !== undefined && "storage" in tracing ? tracing.storage.type : undefined;
}

function existing({ tracing }: Environment) {
  return tracing?.store === "existing" ? tracing : undefined;
}
