/** Panels of one dashboard. */
export interface Panels {
  /** The title of ours; the file name of theirs, without its ending. */
  readonly dashboard: string;
  readonly panels: readonly string[];
}

/** A question that one of our dashboards and a public one both answer. */
export interface SameQuestion {
  readonly asks: string;
  readonly ours: Panels;
  readonly theirs: Panels;
}

/** In the order of docs/dashboards.md, which states the sources of the other dashboards. */
export const sameQuestions: readonly SameQuestion[] = [
  ...pairs("FastAPI overview", "civicsignals-api", {
    "Which routes are asked for?": [["Requests by route"], ["Request rate by path"]],
    "How long do answers take?": [["Latency"], ["Request latency (p50 / p95 / p99)"]],
    "How many requests are served now?": [["Requests in progress"], ["Requests in progress"]],
    "What do requests end with?": [["Requests by status"], ["Responses by status code"]],
    "How many requests fail?": [["Error ratio over time", "Unhandled exceptions"], ["4xx / 5xx error rate"]],
  }),
  ...pairs("FastAPI overview", "fastapi-observability-16110", {
    "Which routes are asked for?": [["Requests by route"], ["Request Per Sec"]],
    "Which routes are slow?": [["Latency by route, $percentile"], ["PR 99 Requests Duration"]],
    "Which routes fail?": [["Error ratio by route"], ["Percent of 5xx Requests"]],
    "Are there exceptions?": [["Unhandled exceptions"], ["Total Exceptions"]],
    "How many requests are served now?": [["Requests in progress"], ["Request In Process"]],
  }),
  ...pairs("Celery", "celery-tasks-overview", {
    "How many workers are there?": [["Workers"], ["Workers"]],
    "How many tasks run?": [["Busy threads"], ["Workers Active Tasks"]],
    "How long are the queues?": [["Waiting tasks by queue"], ["Queue Length"]],
    "How do tasks end?": [["Tasks by outcome"], ["Tasks Completed"]],
    "How long do tasks run?": [["Runtime"], ["Tasks Runtime"]],
    "Do tasks fail?": [["Highest failure ratio"], ["Task Success vs Failure [6h]"]],
    "Which exceptions do tasks raise?": [["Failures by task and exception"], ["Top Task Exceptions [1w]"]],
    "Which tasks run longest?": [["Mean runtime by task"], ["Top Average Task Runtime [1w]"]],
  }),
  ...pairs("Redis", "redis-overview", {
    "Which commands are executed?": [["Calls by command"], ["Commands per second"]],
    "How long do commands take?": [["Mean time by command"], ["Command latency per second"]],
    "Does Redis find what is looked up?": [["Hit ratio over time"], ["Hit ratio per instance"]],
    "How much memory is used?": [["Memory"], ["Total Memory Usage"]],
    "How many clients are connected?": [["Clients"], ["Connected/Blocked Clients"]],
    "How many keys are there, and how many expire?": [
      ["Keys"],
      ["Total Items per DB", "Expiring vs Not-Expiring Keys"],
    ],
  }),
  ...pairs("Redis", "redis-763", {
    "Which commands are executed?": [["Calls by command"], ["Total Commands / sec"]],
    "How long do commands take?": [["Mean time by command"], ["Average Time Spent by Command / sec"]],
    "Which commands take most of the time?": [["Busy time by command"], ["Total Time Spent by Command / sec"]],
    "Does Redis find what is looked up?": [["Key lookups"], ["Hits / Misses per Sec"]],
    "How much memory is used?": [["Memory"], ["Total Memory Usage"]],
    "How much is sent and received?": [["Network traffic"], ["Network I/O"]],
    "Which keys go?": [["Expired and evicted keys"], ["Expired/Evicted Keys"]],
    "How many clients are connected?": [["Clients"], ["Connected/Blocked Clients"]],
  }),
  ...pairs("Database performance", "postgres-overview", {
    "How many transactions are there?": [["Transactions"], ["QPS"]],
    "How many rows are read and written?": [["Rows written", "Rows read"], ["Rows"]],
    "Who writes blocks?": [["Block writes by source"], ["Buffers"]],
    "Are blocks found in memory?": [["Cache hit ratio"], ["Cache hit ratio"]],
    "Are there deadlocks?": [["Deadlocks in 5 minutes"], ["Conflicts/Deadlocks"]],
    "How many sessions are there?": [["Sessions by state"], ["Number of active connections"]],
  }),
  ...pairs("Elasticsearch", "elasticsearch-cluster", {
    "How many nodes are there?": [["Nodes"], ["Nodes", "Data Nodes"]],
    "How many shards are not where they should be?": [
      ["Shards by state"],
      ["Active", "Initializing", "Relocating", "Unassigned"],
    ],
    "How much is indexed?": [["Documents indexed by node"], ["Index Rate"]],
    "How much is searched?": [["Queries by node"], ["Query Rate"]],
    "How many documents are there?": [["Documents"], ["Indexed Documents"]],
    "Does the garbage collector run often?": [["Garbage collection time"], ["GC Rate"]],
    "Do requests wait for a thread?": [["Thread pool queues"], ["Queue Count"]],
  }),
  ...pairs("Infrastructure", "k8s-resources-namespace", {
    "Which pods use the CPU?": [["CPU use by pod"], ["CPU Usage"]],
    "Which pods need more memory than they request?": [["Memory use by pod, % of request"], ["Memory Quota"]],
  }),
  ...pairs("Infrastructure", "nodes", {
    "How busy are the CPUs of the nodes?": [["CPU use by node"], ["CPU Usage"]],
    "How much do the nodes send and receive?": [
      ["Network traffic by node"],
      ["Network Received", "Network Transmitted"],
    ],
    "How much memory do the nodes have left?": [["Memory use by node"], ["Memory Usage"]],
    "How busy are the disks?": [["Disk busy time by node"], ["Disk I/O"]],
    "Is a disk filling up?": [["Lowest free node disk space"], ["Disk Space Usage"]],
  }),
  ...pairs("Infrastructure", "node-exporter-full-1860", {
    "How busy are the CPUs of the nodes?": [["CPU use by node"], ["CPU Basic"]],
    "How much do the nodes send and receive?": [["Network traffic by node"], ["Network Traffic Basic"]],
    "What do programs on the nodes wait for?": [["Pressure (PSI) by node"], ["Pressure Stall Information"]],
    "How much memory do the nodes have left?": [["Highest node memory"], ["RAM Used"]],
  }),
  ...pairs("Infrastructure", "persistentvolumesusage", {
    "Is a volume filling up?": [["Free space on volumes"], ["Volume Space Usage"]],
    "Do files fill a volume?": [["Free inodes on volumes"], ["Volume inodes Usage"]],
  }),
  ...pairs("Monitoring health", "prometheus", {
    "How many samples are stored?": [["Samples stored"], ["Appended Samples"]],
    "How many series are there?": [["Series in memory"], ["Head Series"]],
  }),
  ...pairs("Monitoring health", "alertmanager-overview", {
    "How many alerts does Alertmanager know?": [["Alerts in Alertmanager"], ["Alerts"]],
  }),
  ...pairs("Monitoring health", "loki-operational", {
    "How many lines does Loki receive?": [["Lines received"], ["Lines Per Tenant (top 10)"]],
    "How fast does Loki answer?": [["Loki p99 latency"], ["Push Latency", "Query Latency"]],
  }),
  ...pairs("Monitoring health", "loki-writes", {
    "How fast does Loki accept lines?": [["Loki p99 latency"], ["Latency"]],
  }),
];

/** Questions that the panels of two dashboards answer: those of ours, then those of theirs. */
function pairs(
  ours: string,
  theirs: string,
  questions: Readonly<Record<string, readonly [ours: readonly string[], theirs: readonly string[]]>>,
): readonly SameQuestion[] {
  return Object.entries(questions).map(([asks, [our, their]]) => ({
    asks,
    ours: { dashboard: ours, panels: our },
    theirs: { dashboard: theirs, panels: their },
  }));
}
