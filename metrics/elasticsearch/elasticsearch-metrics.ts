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
 * Elasticsearch, which the ERP searches orders in. While the exporter does not reach it, it goes on answering Prometheus,
 * and all of these are gone.
 */
export const elasticsearch = {
  health: gauge("elasticsearch_cluster_health_status", [...ofCluster, "color"], {
    help: "1 for the colour that the cluster has: yellow lacks copies of data, red lacks data.",
    unit: "flag",
    values: { color: ["green", "yellow", "red"] },
    sample: { cluster: "erp", color: "red" },
  }),
  nodes: gauge("elasticsearch_cluster_health_number_of_nodes", ofCluster, { help: "Nodes in the cluster." }),
  dataNodes: gauge("elasticsearch_cluster_health_number_of_data_nodes", ofCluster, { help: "Of these, with data." }),
  activeShards: gauge("elasticsearch_cluster_health_active_shards", ofCluster, { help: "Shards that are served." }),
  initializingShards: gauge("elasticsearch_cluster_health_initializing_shards", ofCluster, {
    help: "Shards that are being filled.",
  }),
  relocatingShards: gauge("elasticsearch_cluster_health_relocating_shards", ofCluster, {
    help: "Shards that move to another node.",
  }),
  unassignedShards: gauge("elasticsearch_cluster_health_unassigned_shards", ofCluster, {
    help: "Shards that no node holds.",
  }),
  pendingTasks: gauge("elasticsearch_cluster_health_number_of_pending_tasks", ofCluster, {
    help: "Changes of the cluster that its master has not made yet.",
  }),

  queries: counter("elasticsearch_indices_search_query_total", ofNode, {
    help: "Queries, counted once for each shard that was asked.",
  }),
  queryTime: counter("elasticsearch_indices_search_query_time_seconds", ofNode, {
    help: "Time that these took.",
  }),
  fetchTime: counter("elasticsearch_indices_search_fetch_time_seconds", ofNode, {
    help: "Time that it took to read what the queries found.",
  }),
  indexed: counter("elasticsearch_indices_indexing_index_total", ofNode, {
    help: "Documents that were indexed, counted once for each copy.",
  }),
  indexTime: counter("elasticsearch_indices_indexing_index_time_seconds_total", ofNode, {
    help: "Time that this took.",
  }),
  rejected: counter("elasticsearch_thread_pool_rejected_count", [...ofNode, "type"], {
    help: "Tasks that were refused because too many waited.",
    values: pools,
    sample: { ...node, type: "write" },
  }),
  queued: gauge("elasticsearch_thread_pool_queue_count", [...ofNode, "type"], {
    help: "Tasks that wait for a thread.",
    values: pools,
  }),
  breakersTripped: counter("elasticsearch_breakers_tripped", [...ofNode, "breaker"], {
    help: "Requests that were refused because they might have taken too much memory.",
  }),

  heapUsed: gauge("elasticsearch_jvm_memory_used_bytes", [...ofNode, "area"], {
    help: "Memory that Java uses.",
    values: { area: ["heap", "non-heap"] },
    sample: { ...node, area: "heap" },
  }),
  heapMax: gauge("elasticsearch_jvm_memory_max_bytes", [...ofNode, "area"], {
    help: "Memory that Java may use.",
    values: { area: ["heap"] },
    sample: { ...node, area: "heap" },
  }),
  collectionTime: counter("elasticsearch_jvm_gc_collection_seconds_sum", [...ofNode, "gc"], {
    help: "Time in which garbage was collected, and nothing else done.",
    unit: "seconds",
  }),
  cpu: gauge("elasticsearch_process_cpu_percent", ofNode, { help: "CPU that it takes of its node, in percent." }),
  diskAvailable: gauge("elasticsearch_filesystem_data_available_bytes", [...ofNode, "mount", "path"], {
    help: "Room on the disk that holds the data.",
    sample: { ...node, mount: "/ (overlay)", path: "/usr/share/elasticsearch/data" },
  }),
  diskSize: gauge("elasticsearch_filesystem_data_size_bytes", [...ofNode, "mount", "path"], {
    help: "Size of that disk.",
    sample: { ...node, mount: "/ (overlay)", path: "/usr/share/elasticsearch/data" },
  }),
  highWatermark: gauge("elasticsearch_clustersettings_allocation_watermark_high_ratio", [], {
    help: "Share of the disk from which on shards are moved away; absent where it is set in bytes.",
  }),
  floodWatermark: gauge("elasticsearch_clustersettings_allocation_watermark_flood_stage_ratio", [], {
    help: "Share of the disk from which on indices only read; absent where it is set in bytes.",
  }),

  documents: gauge("elasticsearch_indices_docs", ofNode, { help: "Documents on a node, copies included." }),
  storeSize: gauge("elasticsearch_indices_store_size_bytes", ofNode, {
    help: "What they take on its disk.",
  }),
  uptime: gauge("elasticsearch_jvm_uptime_seconds", [...ofNode, "type"], {
    help: "How long the node's process has run.",
  }),
};
