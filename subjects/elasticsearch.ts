import { elasticsearchClusterRed } from "../alerts/elasticsearch/elasticsearch-cluster-red";
import { elasticsearchClusterYellow } from "../alerts/elasticsearch/elasticsearch-cluster-yellow";
import { elasticsearchDiskLow } from "../alerts/elasticsearch/elasticsearch-disk-low";
import { elasticsearchDown } from "../alerts/elasticsearch/elasticsearch-down";
import { elasticsearchHeapHigh } from "../alerts/elasticsearch/elasticsearch-heap-high";
import { elasticsearchRejects } from "../alerts/elasticsearch/elasticsearch-rejects";
import { elasticsearchDashboard } from "../dashboards/elasticsearch/elasticsearch-dashboard";
import { elasticsearchJob, elasticsearch as metrics } from "../metrics/elasticsearch/elasticsearch-metrics";
import { images } from "../settings/versions";
import { imageVersion } from "./program-versions";
import type { Subject } from "./subject";

/**
 * Elasticsearch: the ERP's search for orders. None of its alerts pages, because without it the ERP searches in
 * PostgreSQL: see docs/decisions/search-never-pages.md.
 */
export const elasticsearch: Subject = {
  name: "elasticsearch",
  server: "Elasticsearch",
  when: {
    holds: ({ erp }) => erp.elasticsearch !== undefined,
    otherwise: "the environment does not set `erp.elasticsearch`",
  },
  causes: ["elasticsearch"],
  jobs: () => [elasticsearchJob],
  metrics: () => [metrics],
  alerts: () => [
    elasticsearchDown,
    elasticsearchClusterRed,
    elasticsearchClusterYellow,
    elasticsearchHeapHigh,
    elasticsearchDiskLow,
    elasticsearchRejects,
  ],
  dashboards: (catalogued) => [elasticsearchDashboard(catalogued)],
  exporter: ({ erp }) => ({
    job: elasticsearchJob,
    image: images.elasticsearchExporter,
    // The exporter reads its address only from an argument, in which Kubernetes expands the variable.
    args: ["--es.uri=$(ELASTICSEARCH_URL)", "--es.all", "--collector.clustersettings"],
    env: { ELASTICSEARCH_URL: erp.elasticsearch?.exporterSecret },
    port: 9114,
    healthPath: "/healthz",
    pod: erp.elasticsearch?.exporterPod,
  }),
  erpVariables: ({ erp }) => ({ ELASTICSEARCH_URL: erp.elasticsearch?.secret }),
  evidence: [{ source: elasticsearchJob.name, version: () => imageVersion(images.elasticsearchExporter) }],
};
