import { open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { exporterJob } from "../scrape-jobs";

export const elasticsearchJob = exporterJob("elasticsearch-exporter");

const { counter, gauge } = source(elasticsearchJob);

const pools = { type: open("plugins add thread pools", ["get", "search", "write"]) };
const ofCluster = ["cluster"];
const ofNode = ["cluster", "host", "name", "es_master_node", "es_data_node", "es_ingest_node", "es_client_node"];
const node = {
  cluster: "erp",
  host: "10.0.0.5",
  name: "search-0",
  es_master_node: "true",
  es_data_node: "true",
  es_ingest_node: "true",
  es_client_node: "true",
};

/**
 * Metrics of Elasticsearch, in which the ERP searches orders. While the exporter cannot reach Elasticsearch, it still
 * answers Prometheus, but without any of these metrics.
 */
export const elasticsearch = {
  health: gauge("elasticsearch_cluster_health_status", [...ofCluster, "color"], {
    help: "1 for the current colour of the cluster. Yellow: replicas are missing. Red: data is missing.",
    unit: "flag",
    values: { color: ["green", "yellow", "red"] },
    sample: { cluster: "erp", color: "red" },
  }),
  nodes: gauge("elasticsearch_cluster_health_number_of_nodes", ofCluster, { help: "Nodes in the cluster." }),
  dataNodes: gauge("elasticsearch_cluster_health_number_of_data_nodes", ofCluster, { help: "Nodes that store data." }),
  activeShards: gauge("elasticsearch_cluster_health_active_shards", ofCluster, { help: "Shards that are active." }),
  initializingShards: gauge("elasticsearch_cluster_health_initializing_shards", ofCluster, {
    help: "Shards that are being initialised.",
  }),
  relocatingShards: gauge("elasticsearch_cluster_health_relocating_shards", ofCluster, {
    help: "Shards that are moving to another node.",
  }),
  unassignedShards: gauge("elasticsearch_cluster_health_unassigned_shards", ofCluster, {
    help: "Shards that are not assigned to a node.",
  }),
  pendingTasks: gauge("elasticsearch_cluster_health_number_of_pending_tasks", ofCluster, {
    help: "Cluster changes that the master has not processed yet.",
  }),

  queries: counter("elasticsearch_indices_search_query_total", ofNode, {
    help: "Queries, counted once for each shard that was searched.",
  }),
  queryTime: counter("elasticsearch_indices_search_query_time_seconds", ofNode, {
    help: "Time spent on queries.",
  }),
  fetchTime: counter("elasticsearch_indices_search_fetch_time_seconds", ofNode, {
    help: "Time spent on fetching the documents that queries found.",
  }),
  indexed: counter("elasticsearch_indices_indexing_index_total", ofNode, {
    help: "Documents that were indexed, counted once for each copy.",
  }),
  indexTime: counter("elasticsearch_indices_indexing_index_time_seconds_total", ofNode, {
    help: "Time spent on indexing.",
  }),
  rejected: counter("elasticsearch_thread_pool_rejected_count", [...ofNode, "type"], {
    help: "Tasks that were rejected because the queue was full.",
    values: pools,
    sample: { ...node, type: "write" },
  }),
  queued: gauge("elasticsearch_thread_pool_queue_count", [...ofNode, "type"], {
    help: "Tasks that wait for a thread.",
    values: pools,
  }),
  breakersTripped: counter("elasticsearch_breakers_tripped", [...ofNode, "breaker"], {
    help: "Requests that were rejected because they could have used too much memory.",
  }),

  heapUsed: gauge("elasticsearch_jvm_memory_used_bytes", [...ofNode, "area"], {
    help: "Memory that the JVM uses.",
    values: { area: ["heap", "non-heap"] },
    sample: { ...node, area: "heap" },
  }),
  heapMax: gauge("elasticsearch_jvm_memory_max_bytes", [...ofNode, "area"], {
    help: "Memory that the JVM may use.",
    values: { area: ["heap"] },
    sample: { ...node, area: "heap" },
  }),
  collectionTime: counter("elasticsearch_jvm_gc_collection_seconds_sum", [...ofNode, "gc"], {
    help: "Time spent on garbage collection, during which nothing else runs.",
    unit: "seconds",
  }),
  cpu: gauge("elasticsearch_process_cpu_percent", ofNode, { help: "CPU use of the process, in percent of the node." }),
  diskAvailable: gauge("elasticsearch_filesystem_data_available_bytes", [...ofNode, "mount", "path"], {
    help: "Free space on the disk with the data.",
    sample: { ...node, mount: "/ (overlay)", path: "/usr/share/elasticsearch/data" },
  }),
  diskSize: gauge("elasticsearch_filesystem_data_size_bytes", [...ofNode, "mount", "path"], {
    help: "Size of the disk with the data.",
    sample: { ...node, mount: "/ (overlay)", path: "/usr/share/elasticsearch/data" },
  }),
  highWatermark: gauge("elasticsearch_clustersettings_allocation_watermark_high_ratio", [], {
    help: "Used share of the disk above which shards are moved away. Absent if it is set in bytes.",
  }),
  floodWatermark: gauge("elasticsearch_clustersettings_allocation_watermark_flood_stage_ratio", [], {
    help: "Used share of the disk above which indices become read-only. Absent if it is set in bytes.",
  }),

  documents: gauge("elasticsearch_indices_docs", ofNode, { help: "Documents on a node, copies included." }),
  storeSize: gauge("elasticsearch_indices_store_size_bytes", ofNode, {
    help: "Disk space of the documents on a node.",
  }),
  uptime: gauge("elasticsearch_jvm_uptime_seconds", [...ofNode, "type"], {
    help: "Time since the node's process started.",
  }),
};
