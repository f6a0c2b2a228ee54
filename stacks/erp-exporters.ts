import { Construct } from "constructs";
import { monitorLabels, namespaces } from "../config/addresses";
import type { Environment } from "../config/environment";
import { mirrored } from "../config/mirrors";
import { images } from "../config/versions";
import type { CustomResource } from "../constructs/custom-resources";
import { Exporter, type ExporterProps } from "../constructs/exporter";
import { type Job, jobs } from "../metrics/jobs";

/** Each of the environment's exporters, and how it is scraped. */
export class ErpExporters extends Construct {
  readonly serviceMonitors: readonly CustomResource[];

  constructor(scope: Construct, environment: Environment) {
    super(scope, "Exporters");
    this.serviceMonitors = erpExporters(environment).map(
      (exporter) =>
        new Exporter(this, exporter.name, {
          resources: environment.erp.exporterResources,
          ...exporter,
          namespace: namespaces.erp,
          partOf: "erp",
          monitorLabels,
          scrape: exporter.job,
        }).serviceMonitor,
    );
  }
}

/** What tells the exporters of the ERP's servers apart. */
type ErpExporter = Pick<ExporterProps, "name" | "image" | "args" | "env" | "port"> & {
  readonly job: Job;
  readonly healthPath?: string;
  /** @default those of all exporters */
  readonly resources?: ExporterProps["resources"];
};

/** The exporters that an environment needs: one for each server that its ERP uses, and one for the queues. */
export function erpExporters({ erp, mirrors }: Environment): readonly ErpExporter[] {
  const image = (name: keyof typeof images) => mirrored(images[name], mirrors);
  return [
    {
      name: jobs.postgresqlExporter.name,
      job: jobs.postgresqlExporter,
      image: image("postgresExporter"),
      // See docs/decisions/postgresql-exporter.md.
      args: ["--collector.postmaster", "--collector.database_wraparound", "--collection-timeout=5s"],
      env: {
        DATA_SOURCE_NAME: erp.postgresql.exporterSecret,
        PGAPPNAME: jobs.postgresqlExporter.name,
        PGCONNECT_TIMEOUT: "3",
      },
      port: 9187,
    },
    {
      name: jobs.redisExporter.name,
      job: jobs.redisExporter,
      image: image("redisExporter"),
      args: [],
      env: { REDIS_ADDR: erp.redis.exporterSecret },
      port: 9121,
      healthPath: "/health",
    },
    {
      name: jobs.celeryExporter.name,
      job: jobs.celeryExporter,
      image: image("celeryExporter"),
      // See docs/decisions/celery-exporter.md.
      args: [
        "--retry-interval=5",
        `--queues=${erp.celery.queues.join(",")}`,
        `--default-queue-name=${erp.celery.queues[0]}`,
        "--generic-hostname-task-sent-metric",
      ],
      env: { CE_BROKER_URL: erp.celery.exporterSecret },
      resources: erp.celery.exporterResources,
      port: 9808,
      healthPath: "/health",
    },
    ...(erp.elasticsearch
      ? [
          {
            name: jobs.elasticsearchExporter.name,
            job: jobs.elasticsearchExporter,
            image: image("elasticsearchExporter"),
            // It takes its address as an argument only; Kubernetes fills the variable in.
            args: ["--es.uri=$(ELASTICSEARCH_URL)", "--es.all", "--collector.clustersettings"],
            env: { ELASTICSEARCH_URL: erp.elasticsearch.exporterSecret },
            port: 9114,
            healthPath: "/healthz",
          },
        ]
      : []),
  ];
}
