import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments, stringify } from "yaml";
import { compareWaiting } from "../commands/evidence/cluster-comparison";
import { startsInCi } from "../commands/evidence/machine-captures";
import { markWaiting } from "../commands/evidence/outdated-evidence";
import { stateOf } from "../commands/evidence/pinned-versions";
import { ruleGroups } from "../kit/alerts/rule-group";
import { gone, holds, inputSeries, type Part, recordingSamples, rises, samples } from "../kit/alerts/stories/samples";
import { catalogue, namesOf } from "../kit/metrics/catalogue";
import { evidenceContradictions, prometheusMetric } from "../kit/metrics/check-evidence";
import { checkJobs } from "../kit/metrics/check-jobs";
import type { Job } from "../kit/metrics/job";
import { closed, matching, open } from "../kit/metrics/label-values";
import { type Metric, source, type ValuesByLabel } from "../kit/metrics/metric";
import { readEvidence } from "../kit/metrics/read-evidence";
import { checkRecording, type Recording } from "../kit/metrics/recording";
import { checkUnused } from "../kit/metrics/unused-metrics";
import { checkPromql } from "../kit/queries/promql/check-promql";
import { promql } from "../kit/queries/query";
import { erpApi, erpApiJob } from "../metrics/erp-api/erp-api-metrics";
import { erpRecording } from "../metrics/erp-api/erp-recording";
import { fastapiInstrumentator } from "../metrics/erp-api/fastapi-instrumentator";
import type { HttpProfile } from "../metrics/erp-api/http-profile";
import { starlettePrometheus } from "../metrics/erp-api/starlette-prometheus";
import { httpTallies } from "../metrics/erp-slos/request-tallies";
import { autoscaler } from "../metrics/kubernetes/autoscaler-metrics";
import { cadvisor } from "../metrics/kubernetes/cadvisor-metrics";
import { kubeStateMetrics } from "../metrics/kubernetes/kube-state-metrics";
import { kubeletMetricsJob } from "../metrics/kubernetes/kubelet-metrics";
import { alloyJob } from "../metrics/log-agents/log-agent-jobs";
import { erpDeployments } from "../settings/addresses";
import { signals } from "../signals";
import { clusterJobs } from "../subjects/cluster-jobs";
import { contributions } from "../subjects/listings";
import { subjects } from "../subjects/subjects";
import { everything } from "./fixtures/everything";
import { existing } from "./fixtures/existing";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { staging } from "./fixtures/staging";
import { describeWith } from "./tools";

const profiles = [starlettePrometheus, fastapiInstrumentator];
const { catalogue: known, catalogued } = contributions(everything);
/** Metrics of an environment with the other log agent. */
const alternative = contributions(existing).catalogue;
const folder = join(__dirname, "..", "metrics", "evidence");
const evidence = readdirSync(folder)
  .filter((file) => file.endsWith(".prom"))
  .map((file) => readEvidence(readFileSync(join(folder, file), "utf8")));

describe("evidence", () => {
  const pin = (file: string, name: string) =>
    readFileSync(join(__dirname, "..", "erp", file), "utf8").match(new RegExp(`^${name}==(\\S+)`, "m"))?.[1];
  const instrumentors: Record<string, string | undefined> = {
    "starlette-prometheus": pin("profiles/starlette_prometheus/requirements.txt", "starlette-prometheus"),
    "fastapi-instrumentator": pin(
      "profiles/fastapi_instrumentator/requirements.txt",
      "prometheus-fastapi-instrumentator",
    ),
  };
  const deployed = subjects
    .flatMap(({ evidence = [] }) => evidence)
    .map(({ source, version }) => [source, version(local)]);
  const pinned: Record<string, string | undefined> = { ...Object.fromEntries(deployed), ...instrumentors };
  const samplesOf = (name: string) => evidence.filter(({ source }) => source === name);
  const others = alternative.jobs.filter(({ name }) => name === alloyJob.name);
  const catalogues = [...known.jobs, ...others, ...profiles].filter(({ name }) => exposedMetrics(name).length > 0);

  test.each(catalogues)("of $name matches its catalogue", ({ name }) => {
    expect(samplesOf(name)).toHaveLength(1);
    const capture = `npm run evidence -- local --only ${name}`;
    expect(samplesOf(name).flatMap((given) => evidenceContradictions(exposedMetrics(name), given, capture))).toEqual(
      [],
    );
  });

  test("exists for every program with a pinned version, and for no other", () => {
    expect(evidence.map(({ source }) => source).sort()).toEqual(Object.keys(pinned).sort());
  });

  test.each(evidence)("of $source has the version that we deploy, or waits for a cluster", (file) => {
    const state = stateOf(file, pinned[file.source], startsInCi);
    const command = `npm run evidence -- local --outdated`;
    expect(`${file.source} is ${state}${state === "outdated" ? `: ${command}` : ""}`).toMatch(/current|cluster$/);
  });

  test("is current only in the pinned version, and waits only if CI cannot start its program", () => {
    const state = (version: string, standIn?: string, source = "celery-exporter") =>
      stateOf({ source, version, ...(standIn && { standIn }) }, "0.13", startsInCi);
    expect([state("0.13.1"), state("0.12.2"), state("0.130.1")]).toEqual(["current", "outdated", "outdated"]);
    expect(state("0.12.2", "celery-exporter 0.12.2 for 0.13")).toBe("waits for a cluster");
    expect(state("0.12.2", "celery-exporter 0.12.2 for 0.12.3")).toBe("outdated");
    expect(state("0.13.1", "celery-exporter 0.12.2 for 0.13")).toBe("outdated");
    expect(state("0.12.2", "erp-api 0.12.2 for 0.13", "erp-api")).toBe("outdated");
    expect(["redis-exporter", "alloy", "loki"].filter(startsInCi)).toEqual([]);
    expect(["postgresql-exporter", "elasticsearch-exporter", "starlette-prometheus"].every(startsInCi)).toBe(true);
  });

  test("of another version is marked in its header until it is captured again", () => {
    const folder = mkdtempSync(join(tmpdir(), "evidence-"));
    const file = { source: "shop", version: "1.2", pin: "1.3" };
    const header = () => readFileSync(join(folder, "shop.prom"), "utf8").split("\n")[0];
    try {
      writeFileSync(join(folder, "shop.prom"), "# evidence: source=shop version=1.2\n# captured: x\nup 1\n");
      markWaiting(file, folder);
      expect(header()).toBe("# evidence: source=shop version=1.2 stand-in=shop 1.2 for 1.3");
      markWaiting({ ...file, pin: "1.4" }, folder);
      expect(header()).toBe("# evidence: source=shop version=1.2 stand-in=shop 1.2 for 1.4");
      markWaiting({ ...file, pin: "1.2" }, folder);
      expect(header()).toBe("# evidence: source=shop version=1.2");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("that waits for a cluster is compared there, and then names the command that captures it", async () => {
    const waiting = { source: "celery-exporter", version: "0.12.2", pin: "0.13.0" };
    const text = readFileSync(join(folder, "celery-exporter.prom"), "utf8");
    const compared = (scraped: string) =>
      compareWaiting(local, [waiting], {
        "celery-exporter": () => Promise.resolve({ version: "0.13.0", text: scraped }),
      });
    const command = "npm run evidence -- local --only celery-exporter";
    const [same, ...others] = await compared(text);
    expect(others).toEqual([]);
    expect(same).toMatch(
      /comes from 0\.12\.2, and 0\.13\.0 is pinned\. The running 0\.13\.0 agrees with the catalogue/,
    );
    expect(same).toContain(command);
    const [renamed] = await compared(text.replaceAll("celery_queue_length", "celery_length"));
    expect(renamed).toContain("contradicts the catalogue: celery_queue_length is not exposed");
    expect(renamed).toContain(command);
    expect(await compareWaiting(local, [waiting], {})).toEqual([
      expect.stringContaining("It does not run in this cluster"),
    ]);
    expect(await compareWaiting(local, [], {})).toEqual([]);
  });

  test("contains no URL with a password", () => {
    const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
    expect(texts.flatMap((text) => text.match(/:\/\/[^:/@\s"]*:[^@\s"]+@/g) ?? [])).toEqual([]);
  });

  test("with other names, types, labels or label values has faults", () => {
    const { counter, gauge, histogram } = source(erpApiJob);
    const help = "For the test.";
    const scrape = readEvidence(`# evidence: source=shop version=1 stand-in=a shop
# TYPE orders_total counter
orders_total{kind="book",state="paid \\"twice\\""} 1
orders_total{kind="pen",state=""} 1 1700000000000
# TYPE took_seconds histogram
took_seconds_bucket{le="1.0"} 1
`);
    const took = histogram("took_seconds", [], { help, bounds: [2] });
    const declared = [
      counter("order_total", [], { help }),
      gauge("orders_total", ["kind", "state", "shop"], { help, values: { kind: ["book"] } }),
      counter("orders_total", ["state?"], { help }),
      took.bucket,
    ];
    expect(scrape).toMatchObject({ source: "shop", version: "1", standIn: "a shop" });
    expect(evidenceContradictions(declared, scrape, "npm run evidence")).toEqual([
      'order_total is not exposed: did you mean "orders_total"? Otherwise, capture its evidence again: npm run evidence',
      "orders_total is a counter, not a gauge",
      'orders_total also has kind="pen"',
      'orders_total not always has the label "state"',
      'orders_total never has the label "shop"',
      'orders_total has a label "kind" that the catalogue lacks',
      'took_seconds_bucket also has le="1.0"',
      'took_seconds_bucket never has le="2.0": remove the value, or declare the event after which it exists',
      'took_seconds_bucket never has le="+Inf": remove the value, or declare the event after which it exists',
    ]);
  });

  test("contains every value of a closed label, except values that need an event", () => {
    const scrape = readEvidence(`# TYPE orders_total counter
orders_total{kind="book",code="200"} 1
orders_total{kind="pen",code="-1"} 1
`);
    const contradictions = (values: ValuesByLabel) =>
      evidenceContradictions(
        [source(erpApiJob, values).counter("orders_total", ["kind", "code"], { help: "" })],
        scrape,
        "",
      );
    const events = { "a delivery from abroad": ["ink"] };
    expect(contradictions({ kind: closed(["book", "pen"], events), code: matching("-1|[1-5]..") })).toEqual([]);
    expect(contradictions({ kind: ["book", "pen", "ink"], code: matching("[1-5]..") })).toEqual([
      'orders_total never has kind="ink": remove the value, or declare the event after which it exists',
      'orders_total also has code="-1"',
    ]);
    expect(contradictions({ kind: open("customers choose it", ["ruler"]) })).toEqual([]);
  });
});

describe.each(profiles)("the profile $name", (profile) => {
  const { traffic } = profile;
  const { vocabulary } = contributions({
    ...production,
    erp: { ...production.erp, httpMetrics: profile.name as "starlette-prometheus" },
  }).catalogue;
  const answers = [profile.requests("5m"), profile.failures("5m"), profile.duration("5m"), profile.inFlight()];

  test("has series with route and method", () => {
    for (const answer of answers.filter((one) => one !== undefined)) {
      const { findings, series = [] } = checkPromql(answer.text, vocabulary);
      expect(findings.map(({ rule }) => rule).filter((rule) => !rule.startsWith("the raw value"))).toEqual([]);
      expect(series.every(({ labels }) => labels.has("route") && labels.has("method"))).toBe(true);
    }
  });

  test("provides scenarios with series that its library exposes", () => {
    const given = [samples(traffic.requests, [], traffic.succeeded), samples(traffic.requests, [], traffic.failed)];
    const exposed = new Set(metricsOf(profile).map(({ name }) => name));
    expect([traffic.requests, traffic.duration].every(({ name }) => exposed.has(name))).toBe(true);
    expect(given.every(({ labels }) => [...traffic.requests.labels.keys()].every((name) => labels[name]))).toBe(true);
  });
});

describeWith("promtool", "HTTP profiles in Prometheus", (promtool) => {
  test.each(profiles)("$name counts requests of users, and no requests of machines", (profile) => {
    const { availability, latency } = httpTallies(profile, production.erp.slos);
    const { requests, succeeded, failed, duration } = profile.traffic;
    const path = "path_template" in succeeded ? "path_template" : "handler";
    const asked = (by: string) => samples(requests, [rises(5, "10m")], { ...failed, [path]: by });
    const bucket = (le: string) => samples(duration, [le === "0.5" ? rises(4, "10m") : rises(8, "10m")], { le });
    const given = [
      samples(requests, [rises(8, "10m")], succeeded),
      samples(requests, [rises(2, "10m")], failed),
      ...["/healthz/ready", "/metrics"].map(asked),
      ...["0.1", "0.5", "1.0", "+Inf"].map((le) =>
        le === "0.1" ? samples(duration, [holds(0, "10m")], { le }) : bucket(le),
      ),
    ];
    const expected = (expr: string, value: number, labels = "{}") => ({
      expr,
      eval_time: "8m",
      exp_samples: [{ labels, value }],
    });
    const route = '{method="GET", route="/api/v1/invoices"}';
    const result = evaluate(promtool, given, [
      expected(`sum by (method, route) (${profile.requests("1m")})`, 10, route),
      expected(`sum by (method, route) (${profile.failures("1m")})`, 2, route),
      expected(`sum (${profile.failures("1m")}) / sum(${profile.requests("1m")})`, 0.2),
      expected(`${availability.all.minute.measure}`, 600, '{namespace="erp"}'),
      expected(`${availability.missed.minute.measure}`, 120, '{namespace="erp"}'),
      expected(`${latency.all.minute.measure}`, 480, '{namespace="erp"}'),
      expected(`${latency.missed.minute.measure}`, 240, '{namespace="erp"}'),
      expected(`histogram_quantile(0.5, sum by (le) (${profile.duration("1m")}))`, 0.5),
    ]);
    expect(result.failure).toBeUndefined();
  });
});

describeWith("promtool", "requests by status class", (promtool) => {
  test.each(profiles)("are 2xx, 4xx and 5xx with the metrics of $name", (profile) => {
    const { requests, succeeded, failed } = profile.traffic;
    const label = "status_code" in succeeded ? "status_code" : "status";
    const refused = { ...succeeded, [label]: label === "status" ? "4xx" : "404" };
    const given = [
      samples(requests, [rises(8, "10m")], succeeded),
      samples(requests, [rises(4, "10m")], refused),
      samples(requests, [rises(2, "10m")], failed),
    ];
    const classes = Object.entries({ "2xx": 8, "4xx": 4, "5xx": 2 });
    const result = evaluate(promtool, given, [
      {
        expr: `sum by (status) (${profile.byStatus("1m")})`,
        eval_time: "8m",
        exp_samples: classes.map(([status, value]) => ({ labels: `{status="${status}"}`, value })),
      },
    ]);
    expect(result.failure).toBeUndefined();
  });
});

describeWith("promtool", "the recorded failures", (promtool) => {
  test.each(profiles)("are 0 while all requests succeed, with the metrics of $name", (profile) => {
    const { requests, succeeded } = profile.traffic;
    const { all, missed } = httpTallies(profile, production.erp.slos).availability;
    const none = {
      expr: `sum by (namespace) (${missed.minute})`,
      eval_time: "8m",
      exp_samples: [{ labels: '{namespace="erp"}', value: 0 }],
    };
    const result = evaluate(
      promtool,
      [samples(requests, [rises(8, "10m")], succeeded)],
      [none],
      [all.minute, missed.minute],
    );
    expect(result.failure).toBeUndefined();
  });
});

describeWith("promtool", "the recorded requests per minute", (promtool) => {
  test("add up to all requests, even if the rate of requests is uneven", () => {
    const { requests, succeeded } = starlettePrometheus.traffic;
    const minute = catalogued.tallies.availability.all.minute.measure;
    const uneven = [holds(1000, "2m45s"), rises(7, "15s"), rises(0, "3m"), rises(3, "15s"), rises(0, "6m")];
    const all = {
      expr: `sum_over_time((${minute})[11m:60s])`,
      eval_time: "12m",
      exp_samples: [{ labels: '{namespace="erp"}', value: 150 }],
    };
    expect(evaluate(promtool, [samples(requests, uneven, succeeded)], [all]).failure).toBeUndefined();
  });
});

describeWith("promtool", "the recorded business activity", (promtool) => {
  const { created, activeOrganizations, weekAgo } = catalogued.business;
  const samplesOf = (organization_id: string, ...parts: Part[]) =>
    samples(erpApi.entitiesCreated, parts, { organization_id, pod: `pod-of-${organization_id}` });
  const scrapeSamples = (organization_id: string, ...parts: Part[]) =>
    samples(erpApi.up, parts, { pod: `pod-of-${organization_id}` });
  const expectation = (expr: string, eval_time: string, value: number, labels = '{namespace="erp"}') => ({
    expr,
    eval_time,
    exp_samples: [{ labels, value }],
  });
  const invoices = '{namespace="erp", entity_type="invoice"}';

  test("counts the first objects of an organisation, and counts none twice after failed scrapes or a restart of Prometheus", () => {
    const given = [
      samplesOf("1", gone("3m"), holds(3, "1m"), rises(1 / 15, "30s"), holds(5, "20m")),
      scrapeSamples("1", holds(1, "25m")),
      samplesOf("2", holds(100, "3m"), gone("5m"), holds(100, "17m")),
      scrapeSamples("2", holds(1, "3m"), holds(0, "5m"), holds(1, "17m")),
      samplesOf("3", holds(100, "3m"), gone("15m"), holds(100, "7m")),
      scrapeSamples("3", holds(1, "3m"), gone("15m"), holds(1, "7m")),
    ];
    const all = expectation(`sum_over_time((${created.measure})[22m:60s])`, "24m", 5, invoices);
    expect(evaluate(promtool, given, [all]).failure).toBeUndefined();
  });

  test("contains the organisations for which an object was created within an hour", () => {
    const given = [
      scrapeSamples("1", holds(1, "4h")),
      samplesOf("begun", gone("3h"), holds(1, "1h")),
      samplesOf("goes on", holds(7, "190m"), holds(8, "50m")),
      samplesOf("sleeps", holds(9, "4h")),
      samplesOf("other", rises(1, "4h")),
    ];
    const measure = activeOrganizations.measure.text;
    const expected = [expectation(measure, "30m", 0), expectation(measure, "170m", 0), expectation(measure, "220m", 2)];
    expect(evaluate(promtool, given, expected).failure).toBeUndefined();
  });

  test("contains the same time of last week", () => {
    const given = [
      recordingSamples(created, [holds(2, "1h"), holds(0, "1w")], { entity_type: "invoice" }),
      recordingSamples(catalogued.tallies.availability.all.minute, [holds(0, "45m"), holds(80, "15m"), holds(0, "1w")]),
    ];
    const expected = [
      expectation(`${weekAgo.created.measure}`, "7d59m45s", 480, invoices),
      expectation(`${weekAgo.requests.measure}`, "7d59m45s", 80),
    ];
    expect(evaluate(promtool, given, expected).failure).toBeUndefined();
  });
});

describe("a scrape job that cannot work is a fault", () => {
  test.each<[string, Partial<Job>]>([
    ["intervalSeconds: must be a whole number above 0, got 0", { intervalSeconds: 0 }],
    ["intervalSeconds: must be a whole number above 0, got 7.5", { intervalSeconds: 7.5 }],
    [
      "timeoutSeconds: must be a whole number above 0, and at most the interval, which is 15, got 20",
      { timeoutSeconds: 20 },
    ],
    ["path: must begin with a slash, got metrics", { path: "metrics" }],
    ["sampleLimit: must be a whole number above 0, got -1", { sampleLimit: -1 }],
  ])("%s", (message, changed) => {
    const faults = checkJobs([{ ...erpApiJob, ...changed }]);
    expect(faults.map(({ place, rule, value }) => `${place}: ${rule}, got ${value}`)).toEqual([
      `scrape job erp-api: ${message}`,
    ]);
  });

  test("and so is a recording with an interval of 0", () => {
    const form = { group: "erp-recordings", help: "Answering pods.", sample: {} };
    const never: Recording = { ...form, name: "erp:up:sum", measure: promql`sum(${erpApi.up})`, intervalSeconds: 0 };
    expect(checkRecording(never, contributions(everything).catalogue.vocabulary)).toMatchObject([
      { place: "recording erp:up:sum", rule: "must have an interval of whole seconds above 0", value: "0" },
    ]);
  });
});

describe("recordings", () => {
  const { vocabulary } = known;
  const { tallies } = catalogued;
  const { all } = tallies.availability;

  test("have the labels that their measure yields", () => {
    const labels = checkPromql(`${all.minute}`, vocabulary).series?.map((one) => [...one.labels.keys()]);
    expect(labels).toEqual([["namespace"]]);
    expect(checkPromql(`sum by (route) (${all.minute})`, vocabulary).findings[0]?.rule).toContain('"route"');
  });

  test("are refused if their name is malformed or their metric does not exist", () => {
    const broken = erpRecording({ name: "failures", measure: promql`sum(rate(nothing[5m]))`, help: "" });
    expect(checkRecording(broken, vocabulary).map(({ place, rule }) => `${place} ${rule.split("\n")[0]}`)).toEqual([
      "recording failures must be named level:metric:operations",
      'recording failures unknown metric "nothing"',
    ]);
  });
});

describe("a part that an environment does not have", () => {
  const withNodes = (nodeExporter: "install" | "existing" | "off") =>
    signals({ ...production, cluster: { ...production.cluster, nodeExporter } });

  test("is not scraped, shown or alerted on: node-exporter", () => {
    const { clusterJobs, platform, faults } = withNodes("off");
    expect(faults).toEqual([]);
    expect(clusterJobs["node-exporter"]).toBeUndefined();
    expect(JSON.stringify(platform)).not.toMatch(/node_(memory|filesystem|pressure|time)_/);
  });

  test("has the same alerts and dashboards if it already exists in the cluster as if we install it: node-exporter", () => {
    // Compared as JSON, because alerts contain functions.
    const asData = (nodeExporter: Parameters<typeof withNodes>[0]) => JSON.stringify(withNodes(nodeExporter));
    expect(asData("existing")).toBe(asData("install"));
  });

  test("is not scraped, although all other jobs of the chart are: a control plane that the provider manages", () => {
    const jobs = (controlPlane: "managed" | "self-managed") => {
      const cluster = { ...production.cluster, controlPlane };
      return Object.keys(clusterJobs({ ...production, clusterMonitoring: "full", cluster }, known));
    };
    const managed = jobs("managed");
    const hidden = ["kube-etcd", "kube-scheduler", "kube-controller-manager"];
    expect(jobs("self-managed").filter((job) => !managed.includes(job))).toEqual(hidden);
  });

  test("is not scraped, shown or alerted on: an autoscaler, if the number of pods is fixed", () => {
    expect(JSON.stringify(signals(local))).not.toContain("horizontalpodautoscaler");
    expect(signals(staging).clusterJobs["kube-state-metrics"]).toContain(`${autoscaler.replicas}`);
  });
});

describe("the catalogue", () => {
  test("lists the metrics of a cluster exporter that `curated` keeps", () => {
    expect(namesOf(known, kubeletMetricsJob)).toEqual([
      "kubelet_volume_stats_available_bytes",
      "kubelet_volume_stats_capacity_bytes",
      "kubelet_volume_stats_inodes",
      "kubelet_volume_stats_inodes_free",
    ]);
  });

  test("distinguishes the sources of metrics with the same name", () => {
    const rules = (query: string) => checkPromql(query, known.vocabulary).findings.map(({ rule }) => rule);
    expect(rules('sum(up{job="erp-api"})')).toEqual([]);
    expect(rules('sum(up{job="erp-apy"})')).toEqual(['"job" is never "erp-apy"']);
    expect(rules("rate(process_cpu_seconds_total[45s])")).toHaveLength(1);
  });

  test.each([
    [kubeStateMetrics.containerLimits, 'resource="mem"', '"mem" is not a value of "resource"', "memory"],
    [cadvisor.cpuUsage, 'container="erp-workers"', '"erp-workers" is not a value of "container"', "erp-worker"],
    [starlettePrometheus.traffic.requests, 'status_code="5xx"', '"status_code" is never "5xx"', "[1-5][0-9][0-9]"],
    [kubeStateMetrics.podPhase, 'phase=~"Pending|Runing"', '"phase" is never "Runing"', "Running"],
    [
      starlettePrometheus.traffic.requests,
      'path_template!~"/helthz/.*|/metrics/?"',
      '"/helthz/.*" is not a value',
      "/",
    ],
    [
      kubeStateMetrics.podPhase,
      'uid="1"',
      'the values of "uid" are not declared',
      `where ${kubeStateMetrics.podPhase}`,
    ],
  ])("refuses %s{%s}", (metric, matcher, rule, remedy) => {
    const { findings } = checkPromql(`count(${metric}{${matcher}})`, known.vocabulary);
    expect(findings).toEqual([
      expect.objectContaining({ rule: expect.stringContaining(rule), remedy: expect.stringContaining(remedy) }),
    ]);
  });

  test("lists the existing Deployments among those that queries may name", () => {
    const folder = join(__dirname, "..", "rendered");
    const rendered = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const deployed = rendered.flatMap(({ name: environment }) =>
      readdirSync(join(folder, environment, "erp"))
        .filter((file) => file.endsWith(".yaml"))
        .flatMap((file) => parseAllDocuments(readFileSync(join(folder, environment, "erp", file), "utf8")))
        .map((document) => document.toJS())
        .flatMap((object) => (object?.kind === "Deployment" ? [object.metadata.name] : [])),
    );
    expect([...erpDeployments].sort()).toEqual([...new Set(deployed)].sort());
  });

  test("refuses a metric that nothing uses", () => {
    const { counter, histogram } = source(erpApiJob);
    const metrics: Metric[] = [
      counter("read_total", [], { help: "" }),
      histogram("took_seconds", [], { help: "", bounds: [1] }).count,
      counter("unread_total", [], { help: "" }),
      counter("wanted_total", [], { help: "", keptFor: "the auditors" }),
    ];
    const { all, missed } = catalogued.tallies.availability;
    const faults = checkUnused({ ...known, metrics, recordings: [all.minute, missed.minute] }, [
      "rate(read_total[5m]) > 1",
      `took_seconds_bucket / ${all.minute}`,
    ]);
    expect(faults.map(({ place, rule }) => `${place} ${rule}`)).toEqual([
      "metrics: erp-api: unread_total must be read by a rule or a panel",
      "recording erp:http_failures:increase1m must be read by a rule or a panel",
    ]);
  });
});

function exposedMetrics(name: string): readonly Metric[] {
  const named = everything.erp.postgresql.backup?.metric;
  return listedMetrics(name).filter((metric) => !prometheusMetric.test(metric.name) && metric.name !== named);
}

function listedMetrics(name: string): readonly Metric[] {
  const profile = profiles.find((one) => one.name === name);
  const profiled = new Set(profiles.flatMap(metricsOf));
  return profile
    ? metricsOf(profile)
    : [...known.metrics, ...alternative.metrics.filter(({ job }) => job.name === alloyJob.name)].filter(
        (metric) => metric.job.name === name && !profiled.has(metric),
      );
}

/** Metrics of a profile, with each histogram as its three parts. */
function metricsOf({ metrics }: HttpProfile): readonly Metric[] {
  return catalogue([metrics], []).metrics.filter(({ name }) => !prometheusMetric.test(name));
}

type Promtool = Parameters<Parameters<typeof describeWith>[2]>[0];

function evaluate(
  promtool: Promtool,
  given: ReturnType<typeof samples>[],
  expectations: readonly object[],
  recordings: readonly Recording[] = [],
) {
  const directory = mkdtempSync(join(tmpdir(), "metrics-"));
  try {
    const file = join(directory, "test.yaml");
    const input_series = given.map((one) => inputSeries(one, 15));
    const tests = [{ interval: "15s", input_series, promql_expr_test: expectations }];
    writeFileSync(
      join(directory, "rules.yaml"),
      stringify({ groups: ruleGroups([], recordings, { environment: "test", runbookBaseUrl: "" }) }),
    );
    const rule_files = ["rules.yaml"];
    writeFileSync(file, stringify({ rule_files, evaluation_interval: "15s", fuzzy_compare: true, tests }));
    return promtool("test", "rules", file);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
