import type { WorkloadProps } from "../constructs/workload";
import { addresses, namespaces, url } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { versionOf } from "../settings/images";
import type { WorkloadPod } from "../settings/pod";
import type { PodGroup } from "../settings/priority-classes";
import { sentryDsn } from "../settings/sentry-dsn";
import { tracingOf } from "../settings/tracing";
import { erpVariablesOf } from "../subjects/listings";
import type { Variables } from "../subjects/subject";
import { containerParts, podParts } from "./pod-settings";

/** Properties of the ERP's constructs. */
export interface ErpProps {
  readonly environment: Environment;
}

/** User of the ERP's processes. */
const user = 10001;

/**
 * Common properties of all pods of the ERP: user, priority, placement, revisions of its secrets, a volume for temporary files,
 * and the parts that the settings add.
 */
export function erpPod(environment: Environment, service: string, group: PodGroup, own?: WorkloadPod) {
  const parts = podParts(environment, group, environment.erp.pod, own);
  return {
    ...parts,
    name: service,
    namespace: namespaces.erp,
    partOf: "erp",
    user,
    annotations: { ...parts.annotations, ...revisions(environment) },
    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }, ...parts.volumes],
  } satisfies Partial<WorkloadProps>;
}

/**
 * Common properties of all containers of the ERP: image, environment variables and mounts. Variables of the settings are the
 * last ones, so that they can refer to all others.
 */
export function erpContainer(environment: Environment, service: string, own?: WorkloadPod, further: Variables = {}) {
  const { name, erp } = environment;
  const { env, envFrom, mounts } = containerParts(erp.pod, own);
  return {
    image: erp.image,
    env: {
      SERVICE_NAME: service,
      ENVIRONMENT: name,
      APP_VERSION: versionOf(erp.image),
      CELERY_QUEUES: erp.celery.queues.join(","),
      ...erpVariablesOf(environment),
      ...sentryVariables(erp.sentry),
      ...tracingVariables(environment, service),
      ...further,
      ...env,
    },
    envFrom,
    mounts: [{ volume: "tmp", path: "/tmp", readOnly: false }, ...mounts],
  };
}

/** A container that ends when the database has the schema of the image, so that new code never uses an old schema. */
export function awaitMigrations(environment: Environment, service: string, own?: WorkloadPod) {
  const { commands, celery } = environment.erp;
  return {
    ...erpContainer(environment, service, own),
    name: "await-migrations",
    command: commands.awaitMigrations,
    resources: celery.beat.resources,
  };
}

function sentryVariables(sentry: Environment["erp"]["sentry"]): Variables {
  if (sentry.mode === "off") return {};
  return {
    SENTRY_DSN: sentryDsn(sentry),
    SENTRY_TRACES_SAMPLE_RATE: String(sentry.tracesSampleRate),
    SENTRY_PROFILES_SAMPLE_RATE: String(sentry.profilesSampleRate),
    ...(sentry.project && { SENTRY_CRON_MONITORS: "true" }),
  };
}

/**
 * Variables of OpenTelemetry's SDK. Without the endpoint, the ERP makes no traces. Commas and `=` separate the attributes, so
 * that other characters are written with `%`.
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
function tracingVariables(environment: Environment, service: string): Variables {
  if (tracingOf(environment) === undefined) return {};
  const attributes = {
    "deployment.environment.name": environment.name,
    "service.namespace": namespaces.erp,
    "service.version": versionOf(environment.erp.image),
  };
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: url(addresses.otelCollector),
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_SERVICE_NAME: service,
    OTEL_RESOURCE_ATTRIBUTES: Object.entries(attributes)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join(","),
  };
}

/** Revisions of the secrets. A pod reads its secrets only once, so a new revision must replace the pod. */
function revisions({ erp: { sentry } }: Environment): Record<string, string> {
  return sentry.mode === "off" ? {} : { "sentry-dsn-revision": String(sentry.revision) };
}
