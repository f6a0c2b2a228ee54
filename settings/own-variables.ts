/** Variables that the stacks set, with the setting that decides them. */
export type OwnVariables = Readonly<Record<string, string>>;

/** Variables of all programs of the ERP: docs/own-image.md. */
export const erpVariables: OwnVariables = {
  SERVICE_NAME: "the name of the program, which cannot be changed",
  ENVIRONMENT: "`name`",
  APP_VERSION: "`erp.image`",
  CELERY_QUEUES: "`erp.celery.queues`",
  DATABASE_URL: "`erp.postgresql.secret`",
  DATABASE_POOL_SIZE: "`erp.postgresql.pool.size`",
  DATABASE_MAX_OVERFLOW: "`erp.postgresql.pool.overflow`",
  REDIS_URL: "`erp.redis.secret`",
  ELASTICSEARCH_URL: "`erp.elasticsearch.secret`",
  SENTRY_DSN: "`erp.sentry`",
  SENTRY_TRACES_SAMPLE_RATE: "`erp.sentry.tracesSampleRate`",
  SENTRY_PROFILES_SAMPLE_RATE: "`erp.sentry.profilesSampleRate`",
  SENTRY_CRON_MONITORS: "`erp.sentry.project`",
  OTEL_EXPORTER_OTLP_ENDPOINT: "`tracing`",
  OTEL_EXPORTER_OTLP_PROTOCOL: "`tracing`",
  OTEL_SERVICE_NAME: "the name of the program, which cannot be changed",
  OTEL_RESOURCE_ATTRIBUTES: "`name` and `erp.image`",
  OIDC_ISSUER: "`erp.identity.issuer`",
  OIDC_AUDIENCE: "`erp.identity.audience`",
  OIDC_KEYS_URI: "`erp.identity.keys`",
  OIDC_KEYS_FILE: "`erp.identity.keys`",
  FORWARDED_ALLOW_IPS: "`cluster.ingress.trustedProxies`",
};

/** Variables of the exporters, by the name of the exporter. */
export const exporterVariables: Readonly<Record<string, OwnVariables>> = {
  "postgresql-exporter": {
    DATA_SOURCE_NAME: "`erp.postgresql.exporterSecret`",
    PGAPPNAME: "the name by which alerts find the exporter's sessions, which cannot be changed",
    PGCONNECT_TIMEOUT: "the time that fits the scrape timeout, which cannot be changed",
  },
  "redis-exporter": { REDIS_ADDR: "`erp.redis.exporterSecret`" },
  "celery-exporter": { CE_BROKER_URL: "`erp.celery.exporterSecret`" },
  "elasticsearch-exporter": { ELASTICSEARCH_URL: "`erp.elasticsearch.exporterSecret`" },
};

/** Variables by which servers of Python take options that `erp.commands.api` must contain, where synth checks them. */
const serverOptions = /^(WEB_CONCURRENCY|GUNICORN_CMD_ARGS|(UVICORN|GRANIAN|HYPERCORN)_.+)$/;

/** The rule and the remedy for a variable of the ERP that no team may set, or undefined. */
export function variableFault(
  name: string,
  own: OwnVariables,
): { readonly rule: string; readonly remedy: string } | undefined {
  const setting = own[name];
  if (setting !== undefined) {
    return { rule: "must not be set: the stacks set this variable", remedy: `remove it; its value is ${setting}` };
  }
  if (own === erpVariables && serverOptions.test(name)) {
    return {
      rule: "must not be set: synth checks the options of the server only in its command",
      remedy: "write the option in `erp.commands.api`",
    };
  }
  return own === erpVariables && name.toUpperCase() === "PROMETHEUS_MULTIPROC_DIR"
    ? {
        rule: "must not be set: with it, the Python client library of Prometheus leaves out the metrics of the process",
        remedy: "remove it: each pod runs one worker process",
      }
    : undefined;
}
