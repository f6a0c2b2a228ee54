import type { Contract } from "../../conformance/src/contract";
import type { Answered, Asked, Breakage, Seen } from "./breaking-proxy";
import type { LineChange } from "./log-copy";
import type { Profile } from "./reference-erp";
import type { EventChange } from "./sentry-relay";

/** The reference ERP with one thing broken. */
export interface Variant extends Breakage {
  /** The only rule that must fail. */
  readonly rule: string;
  /** Completes the sentence "… is found". */
  readonly name: string;
  /** The profile of the ERP. @default "starlette-prometheus" */
  readonly on?: Profile;
  /** Changes the contract. @default the contract stays as it is */
  readonly contract?: (contract: Contract) => Contract;
  /** Changes lines of the log. @default lines stay as they are */
  readonly line?: (seen: Seen) => LineChange;
  /** Changes events. @default events are not received */
  readonly event?: (seen: Seen) => EventChange;
  /** Whether a dependency is taken down. @default false */
  readonly takesDown?: boolean;
}

const instrumentator = { on: "fastapi-instrumentator" } as const;

/** Changes the text of every scrape. */
function metrics(change: (text: string, asked: Asked, seen: Seen) => string): Breakage {
  return {
    answer(answer, asked, seen) {
      if (asked.path === "/metrics") answer.body = change(answer.body, asked, seen);
    },
  };
}

const replaced = (pattern: RegExp, by: string) => metrics((text) => text.replace(pattern, by));

/** Changes the answers of one path. */
function at(path: string, change: (answer: Answered, asked: Asked, seen: Seen) => void | Promise<void>): Breakage {
  return { answer: (answer, asked, seen) => (asked.path === path ? change(answer, asked, seen) : undefined) };
}

const formats: readonly Variant[] = [
  {
    rule: "metrics-format",
    name: "a content type that Prometheus does not read",
    ...at("/metrics", (answer) => {
      answer.headers = { ...answer.headers, "content-type": "application/json" };
    }),
  },
  {
    rule: "metrics-format",
    name: "a series that occurs twice",
    ...metrics((text) => text.replace(/^(process_open_fds .*\n)/m, "$1$1")),
  },
  {
    rule: "metrics-format",
    name: "a number with a decimal comma",
    ...instrumentator,
    ...replaced(/^(process_cpu_seconds_total) .*$/m, "$1 1,5"),
  },
  {
    rule: "metrics-format",
    name: "OpenMetrics without its last line",
    ...metrics((text) => text.replace("# EOF\n", "")),
  },
  {
    rule: "metrics-format",
    name: "a page that needs a login",
    ...at("/metrics", (answer) => {
      answer.status = 401;
    }),
  },
];

const declared: readonly Variant[] = [
  {
    rule: "http-profile",
    name: "an image without HTTP metrics",
    ...replaced(/^(?:# \w+ )?starlette_.*\n/gm, ""),
  },
  { rule: "http-profile", name: "HTTP metrics of an unknown library", ...replaced(/starlette_/g, "flask_") },
  {
    rule: "http-profile",
    name: "the other library",
    ...instrumentator,
    contract: (contract) => ({ ...contract, http: { ...contract.http, profile: "starlette-prometheus" } }),
  },
  {
    rule: "metric-names",
    name: "a renamed counter of responses",
    ...replaced(/starlette_responses_total/g, "starlette_answers_total"),
  },
  { rule: "metric-names", name: "a missing metric", ...replaced(/^(?:# \w+ )?erp_dependency_up.*\n/gm, "") },
  {
    rule: "metric-names",
    name: "a counter without its suffix",
    ...instrumentator,
    ...replaced(/http_requests_total/g, "http_requests"),
  },
  {
    rule: "metric-types",
    name: "a counter that is declared as a gauge",
    ...replaced(/^# TYPE erp_tokens_accepted(\w*) counter$/m, "# TYPE erp_tokens_accepted$1 gauge"),
  },
  {
    rule: "metric-types",
    name: "a metric without a type",
    ...replaced(/^# TYPE erp_dependency_up gauge\n/m, ""),
  },
  {
    rule: "metric-types",
    name: "a gauge that is declared as a counter",
    ...instrumentator,
    ...replaced(/^# TYPE erp_db_pool_max_connections gauge$/m, "# TYPE erp_db_pool_max_connections counter"),
  },
  { rule: "metric-labels", name: "a renamed label", ...replaced(/path_template=/g, "path=") },
  {
    rule: "metric-labels",
    name: "a label too many",
    ...instrumentator,
    ...replaced(/^erp_app_info\{/m, 'erp_app_info{pod="erp-api-0",'),
  },
  {
    rule: "metric-labels",
    name: "a missing label",
    ...replaced(/^(erp_app_info\{.*?)environment="test",/m, "$1"),
  },
  { rule: "metric-labels", name: "a value that no query expects", ...replaced(/pool="api"/g, 'pool="main"') },
];

const bucketed: readonly Variant[] = [
  {
    rule: "metric-buckets",
    name: "durations without the bucket of the threshold",
    ...replaced(/^starlette_requests_processing_time_seconds_bucket\{.*le="0\.5".*\n/gm, ""),
  },
  {
    rule: "metric-buckets",
    name: "a threshold between two buckets",
    ...instrumentator,
    contract: (contract) => ({ ...contract, http: { ...contract.http, latencyThresholdSeconds: 0.3 } }),
  },
  {
    rule: "metric-buckets",
    name: "a histogram with fewer buckets",
    ...replaced(/^erp_service_function_duration_seconds_bucket\{.*le="0\.25".*\n/gm, ""),
  },
  {
    rule: "metric-buckets",
    name: "buckets that are not cumulative",
    ...instrumentator,
    ...replaced(/^(http_request_duration_seconds_bucket\{.*le="\+Inf".*\}) .*$/gm, "$1 0.0"),
  },
];

/** The paths that were asked for, as values of a label. */
const pathsOf = (seen: Seen) => [...new Set(seen.asked.map(({ path }) => path.replace(/["\\]/g, "")))];

/** Adds samples at the end of a scrape in the text format. */
const added = (samples: (seen: Seen) => readonly string[]) =>
  metrics((text, _, seen) =>
    text.endsWith("# EOF\n")
      ? text
      : `${text}${samples(seen)
          .map((sample) => `${sample}\n`)
          .join("")}`,
  );

const flooded: readonly Variant[] = [
  {
    rule: "metric-series",
    name: "a counter by path",
    ...added((seen) => pathsOf(seen).map((path) => `requests_by_path_total{path="${path}"} 1`)),
  },
  {
    rule: "metric-series",
    name: "a histogram by path",
    ...instrumentator,
    ...added((seen) =>
      pathsOf(seen).flatMap((path) =>
        ["0.5", "+Inf"].map((le) => `seconds_by_path_bucket{path="${path}",le="${le}"} 1`),
      ),
    ),
  },
  {
    rule: "metric-series",
    name: "a gauge by request id",
    ...added((seen) => seen.asked.map((_, index) => `last_request{id="${index}"} 1`)),
  },
  {
    rule: "metric-series",
    name: "a scrape above the limit",
    contract: (contract) => ({ ...contract, metrics: { ...contract.metrics, sampleLimit: 50 } }),
  },
];

/** Multiplies the values of counters and histograms. */
function scaled(text: string, factor: number): string {
  return text.replace(/^(\w+_(?:total|count|sum|bucket)(?:\{.*\})?) (\S+)$/gm, (_, series, value) => {
    return `${series} ${Number(value) * factor}`;
  });
}

/** Number of scrapes so far, this one included. */
const scrapesOf = (seen: Seen) => seen.asked.filter(({ path }) => path === "/metrics").length;

const falling: readonly Variant[] = [
  {
    rule: "metric-counters",
    name: "a process that starts again",
    ...metrics((text, _, seen) => (scrapesOf(seen) > 5 ? scaled(text, 0.1) : text)),
  },
  {
    rule: "metric-counters",
    name: "two processes behind one port",
    ...instrumentator,
    ...metrics((text, _, seen) => (scrapesOf(seen) % 2 === 0 ? scaled(text, 0.5) : text)),
  },
  {
    rule: "metric-counters",
    name: "a series that is missing in some scrapes",
    ...metrics((text, _, seen) =>
      scrapesOf(seen) % 3 === 0 ? text.replace(/^erp_tokens_rejected_total\{reason="key"\}.*\n/m, "") : text,
    ),
  },
];

const [live, ready] = ["/healthz/live", "/healthz/ready"];

/** The contract with a shorter timeout of probes, so that a slow route takes no seconds. */
const impatient = ({ health, ...rest }: Contract): Contract => ({
  ...rest,
  health: {
    ...health,
    live: { ...health.live, timeoutSeconds: 0.3 },
    ready: { ...health.ready, timeoutSeconds: 0.3 },
  },
});

const later = () => new Promise<void>((resolve) => setTimeout(resolve, 400));

const health: readonly Variant[] = [
  {
    rule: "health-routes",
    name: "an image that is not ready",
    ...at(ready, (answer) => {
      answer.status = 503;
    }),
  },
  {
    rule: "health-routes",
    name: "a liveness route with another path",
    ...instrumentator,
    ...at(live, (answer) => {
      answer.status = 404;
    }),
  },
  {
    rule: "health-routes",
    name: "a readiness route that needs a token",
    ...at(ready, (answer) => {
      answer.status = 401;
    }),
  },
  { rule: "health-time", name: "a slow liveness route", contract: impatient, ...at(live, later) },
  { rule: "health-time", name: "a slow readiness route", ...instrumentator, contract: impatient, ...at(ready, later) },
  {
    rule: "health-time",
    name: "a readiness route that is slow now and then",
    contract: impatient,
    ...at(ready, (_, __, { asked }) => (asked.filter(({ path }) => path === ready).length % 2 ? later() : undefined)),
  },
];

/** The metric of Redis in the state in which the proxy pretends that Redis is. */
function showRedis(answer: Answered, { path }: Asked, { isDown }: Seen): void {
  if (path !== "/metrics" || !isDown) return;
  answer.body = answer.body.replace(
    'erp_dependency_up{dependency="redis"} 1.0',
    'erp_dependency_up{dependency="redis"} 0.0',
  );
}

const dependencies: readonly Variant[] = [
  {
    rule: "dependency-down",
    name: "a liveness route that asks the dependency",
    takesDown: true,
    answer(answer, asked, seen) {
      showRedis(answer, asked, seen);
      if (asked.path === live && seen.isDown) answer.status = 503;
    },
  },
  {
    rule: "dependency-down",
    name: "a readiness route that hangs",
    ...instrumentator,
    contract: ({ health, ...rest }) => ({
      ...rest,
      health: { ...health, ready: { ...health.ready, timeoutSeconds: 1.5 } },
    }),
    takesDown: true,
    async answer(answer, asked, seen) {
      showRedis(answer, asked, seen);
      if (asked.path === ready && seen.isDown) await new Promise((resolve) => setTimeout(resolve, 2000));
    },
  },
  { rule: "dependency-down", name: "a dependency whose metric stays 1", takesDown: true },
];

const header = "x-request-id";

/** The id that a request brought, as text. */
const brought = ({ headers }: Asked) => (typeof headers[header] === "string" ? headers[header] : undefined);

/** Sets the id of answers. */
const answered = (id: (asked: Asked, given: string) => string | undefined): Breakage => ({
  answer(answer, asked) {
    const { [header]: given, ...rest } = answer.headers;
    const changed = id(asked, String(given));
    answer.headers = changed === undefined ? rest : { ...rest, [header]: changed };
  },
});

let ids = 0;

const requestIds: readonly Variant[] = [
  {
    rule: "request-id-kept",
    name: "an id that errors lack",
    ...answered(({ path }, given) => (path.startsWith("/healthz") ? given : undefined)),
  },
  {
    rule: "request-id-kept",
    name: "an id that is always new",
    ...instrumentator,
    ...answered(() => `replaced-${ids++}`),
  },
  {
    rule: "request-id-kept",
    name: "an id that is cut",
    ...answered((_, given) => given.slice(0, 64)),
  },
  {
    rule: "request-id-kept",
    name: "an answer without an id if the request has none",
    ...answered((asked, given) => (brought(asked) === undefined ? undefined : given)),
  },
  {
    rule: "request-id-replaced",
    name: "an image that keeps every id",
    ...answered((asked, given) => brought(asked) ?? given),
  },
  {
    rule: "request-id-replaced",
    name: "an image that keeps ids that are too short",
    ...instrumentator,
    ...answered((asked, given) => (/^[\w.-]{1,128}$/.test(brought(asked) ?? "") ? brought(asked) : given)),
  },
  {
    rule: "request-id-replaced",
    name: "an image that only cuts the id",
    ...answered((asked, given) => {
      const id = brought(asked);
      return id === undefined || id.length < 8 ? given : id.slice(0, 128);
    }),
  },
];

/** Changes the first line that is complete and belongs to a request. */
const onRequests =
  (change: (record: Record<string, unknown>) => Record<string, unknown>): (() => LineChange) =>
  () =>
  (line) => {
    const record = JSON.parse(line);
    return [record.status === undefined ? line : JSON.stringify(change(record))];
  };

/** Adds a line that contains the secret of a request. */
const leaked =
  (secret: (asked: Asked) => string | undefined): ((seen: Seen) => LineChange) =>
  (seen) =>
  (line) => {
    const secrets = new Set(seen.asked.flatMap((asked) => secret(asked) ?? []));
    const record = { ...JSON.parse(line), message: `refused ${[...secrets].join(" ")}` };
    return [line, JSON.stringify(record)];
  };

const logs: readonly Variant[] = [
  {
    rule: "log-schema",
    name: "a line of text between the lines of JSON",
    line: () => (line) => [line, "INFO:     127.0.0.1 - GET /healthz/live 200 OK"],
  },
  {
    rule: "log-schema",
    name: "lines without the service",
    ...instrumentator,
    line: onRequests(({ service: _service, ...rest }) => rest),
  },
  {
    rule: "log-schema",
    name: "lines with another field",
    line: onRequests((record) => ({ ...record, host: "pod-0" })),
  },
  {
    rule: "log-schema",
    name: "times without a zone",
    line: onRequests((record) => ({ ...record, timestamp: String(record.timestamp).replace("+00:00", "") })),
  },
  {
    rule: "log-secrets",
    name: "a bearer token in a line",
    line: leaked(({ headers }) => headers.authorization),
  },
  {
    rule: "log-secrets",
    name: "an e-mail address in a line",
    ...instrumentator,
    line: leaked(({ path }) => /[^/]+@example\.com/.exec(path)?.[0]),
  },
  {
    rule: "log-secrets",
    name: "a query with a password in a line",
    line: leaked(({ path }) => /password=.*/.exec(path)?.[0]),
  },
  {
    rule: "log-secrets",
    name: "an encoded e-mail address in a line",
    line: leaked(({ path }) => /[^/]+@example\.com/.exec(path)?.[0]?.replace("@", "%40")),
  },
  {
    rule: "log-request",
    name: "an image without a line for each request",
    line: () => (line) => (line.includes('"status"') ? [] : [line]),
  },
  {
    rule: "log-request",
    name: "lines with ids of another request",
    ...instrumentator,
    line: onRequests((record) => ({ ...record, request_id: `another-request-${ids++}` })),
  },
  {
    rule: "log-request",
    name: "lines with the id in capital letters",
    line: onRequests((record) => ({ ...record, request_id: String(record.request_id).toUpperCase() })),
  },
];

/** Adds the secret of the newest request with one to the event. */
const exposed =
  (part: "request" | "extra", secret: (asked: Asked) => string | undefined): ((seen: Seen) => EventChange) =>
  (seen) =>
  (event) => {
    const secrets = seen.asked.flatMap((asked) => secret(asked) ?? []);
    return { ...event, [part]: { ...event[part], added: secrets.at(-1) } };
  };

const sentry: readonly Variant[] = [
  {
    rule: "sentry-event",
    name: "an event without the request id",
    event:
      () =>
      ({ tags: _tags, ...event }) =>
        event,
  },
  {
    rule: "sentry-event",
    name: "an event with the id of another request",
    ...instrumentator,
    event: () => (event) => ({
      ...event,
      extra: { request_id: event.tags?.request_id },
      tags: { ...event.tags, request_id: "another-request" },
    }),
  },
  {
    rule: "sentry-event",
    name: "an event of another release",
    event: () => (event) => ({ ...event, release: "0.0.1" }),
  },
  {
    rule: "sentry-event",
    name: "an event without an environment",
    event:
      () =>
      ({ environment: _environment, ...event }) =>
        event,
  },
  {
    rule: "sentry-secrets",
    name: "an event with the token of the caller",
    event: exposed("request", ({ headers }) => headers.authorization),
  },
  {
    rule: "sentry-secrets",
    name: "an event with the cookie of the caller",
    ...instrumentator,
    event: exposed("request", ({ headers }) => headers.cookie),
  },
  {
    rule: "sentry-secrets",
    name: "an event with a query",
    event: exposed("extra", ({ path }) => /password=.*/.exec(path)?.[0]),
  },
];

const shutdowns: readonly Variant[] = [
  { rule: "shutdown", name: "connections that are closed at once", stop: "closed" },
  { rule: "shutdown", name: "requests that are refused at the end", ...instrumentator, stop: "unavailable" },
  { rule: "shutdown", name: "answers that are cut", stop: "truncated" },
];

/** All variants: at least three for each rule. */
export const variants: readonly Variant[] = [
  ...dependencies,
  ...sentry,
  ...shutdowns,
  ...logs,
  ...formats,
  ...declared,
  ...bucketed,
  ...flooded,
  ...falling,
  ...health,
  ...requestIds,
];
