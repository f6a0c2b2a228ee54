import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stream } from "../commands/prove/log-store";
import { proseOf } from "../commands/rendering/runbooks";
import { alertsSeries } from "../kit/alerts/alerts-series";
import { bytes, count, factor, ratio, seconds } from "../kit/alerts/limit";
import { checkLogql } from "../kit/queries/logql/check-logql";
import { checkPromql } from "../kit/queries/promql/check-promql";
import { logVocabulary } from "../logs/vocabulary";
import { namespaces } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { contributions, sentryAlertsOf } from "../subjects/listings";
import { everyChoice } from "./fixtures/choices";
import { environments } from "./fixtures/environments";
import { everything, everywhere, profiles, withProfile } from "./fixtures/everything";
import { type Loki, loki } from "./logs/loki-process";
import { knownObjects, programs } from "./runbooks/known-objects";
import { repeatedFacts } from "./runbooks/repeated-facts";
import { runbookCommands } from "./runbooks/runbook-commands";
import { type Block, runbookPage, runbookPages } from "./runbooks/runbook-pages";
import { unansweredQueries } from "./runbooks/unanswered-queries";
import { describeWith } from "./tools";

const pages = runbookPages();

test("each alert has a page, and each page with the name of an alert belongs to an alert", () => {
  const { alerts, logAlerts } = contributions(everything);
  const names = new Set([...alerts, ...logAlerts, ...sentryAlertsOf(everything)].map(({ name }) => `${name}`));
  expect(pages.map(({ name }) => name).filter((name) => /^[A-Z]/.test(name))).toEqual([...names].sort());
});

test("a command in the description of an alert is also on its page, whose commands the cluster tests run", () => {
  const { alerts, logAlerts } = contributions(everything);
  const described = [...alerts, ...logAlerts].flatMap(({ name, description }) =>
    [...description.matchAll(/`(kubectl [^`]+)`/g)].map(([, text]) => ({ page: `${name}`, text })),
  );
  expect(described.map(({ page }) => page)).toContain("PrometheusOperatorRefusesChange");
  const onPages = pages.flatMap(runbookCommands).map(({ page, text }) => ({ page, text: text.trim() }));
  for (const command of described) expect(onPages).toContainEqual(command);
});

test("each page of an alert has the same sections in the same order", () => {
  const sections = ["What users notice", "First three things to look at", "Mitigate", "When it is over", "Escalate"];
  const alertPages = pages.filter(({ name }) => /^[A-Z]/.test(name));
  const headings = alertPages.map(({ name, text }) => [
    name,
    [...text.matchAll(/^## (.*)/gm)].map(([, title]) => title),
  ]);
  expect(headings).toEqual(alertPages.map(({ name }) => [name, sections]));
});

test.each(everywhere)("every query is valid in $name with $erp.httpMetrics", (environment) => {
  const { alerts, logAlerts, catalogue } = contributions(environment);
  const { vocabulary } = catalogue;
  const askable = new Map([...vocabulary, ["ALERTS", [alertsSeries([...alerts, ...logAlerts], vocabulary)] as const]]);
  const findings = queriesFor(environment).flatMap(({ page, language, text }) => {
    const found = language === "promql" ? checkPromql(text, askable) : checkLogql(text, logVocabulary);
    return found.findings.map(({ rule, remedy }) => `${page}: ${text}: ${rule}: ${remedy}`);
  });
  expect(findings).toEqual([]);
});

test("a query that needs a certain setting comes after a sentence that names the setting", () => {
  const unnamed = pages
    .flatMap(({ blocks }) => blocks)
    .filter(({ choice, introduction }) => choice && !introduction.includes(`\`${choice}\``));
  expect(unnamed.map(({ page, text }) => `${page}: ${text}`)).toEqual([]);
});

test("a placeholder in a command has no characters that a shell interprets, or it is in quotes", () => {
  const safe = new Set(
    "node namespace pod replicas secret claim container name controller-namespace stack job release uid daemonset revision number host environment promtail-or-alloy id queues".split(
      " ",
    ),
  );
  const unquoted = pages.flatMap(({ name, text }) =>
    shellTexts(text).flatMap((command) =>
      [...command.replaceAll(/'[^']*'|"[^"]*"/g, "").matchAll(/<([a-z][a-z _-]*)>/g)]
        .filter(([, placeholder = ""]) => !safe.has(placeholder.replaceAll(" ", "-")))
        .map(([placeholder]) => `${name}: ${placeholder}: ${command}`),
    ),
  );
  expect(unquoted).toEqual([]);
});

/** Lines of shell blocks, and commands in sentences. */
function shellTexts(text: string): string[] {
  const blocks = [...text.matchAll(/^ *```sh\n((?:.*\n)*?)^ *```/gm)].flatMap(([, block = ""]) => block.split("\n"));
  const sentences = text.replaceAll(/^ *```(?:.*\n)*?^ *```/gm, "");
  return [
    ...blocks,
    ...[...sentences.matchAll(/`((?:kubectl|curl|redis-cli|celery) [^`]+)`/g)].map(([, code = ""]) => code),
  ];
}

test("no page repeats its rendered facts by hand", () => {
  const { alerts, logAlerts } = contributions(everything);
  const repeated = pages.flatMap(({ name, text }) => {
    const forms = [...alerts, ...logAlerts].filter((alert) => alert.name === name);
    const allowed: readonly string[] = allowedFigures[name]?.figures ?? [];
    return repeatedFacts(forms, proseOf(text))
      .filter((figure) => !allowed.includes(figure))
      .map((figure) => `${name}: ${figure}`);
  });
  expect(repeated).toEqual([]);
});

describe("a repeated fact", () => {
  const found = (prose: string, limit = ratio(0.1)) =>
    repeatedFacts([{ limit, for: "10m", severity: "warning" }], `# ShopSlow\n\n${prose}\n`);

  test.each([
    ["For ten minutes, pages have been slow.", ["for 10m"]],
    ["More than 10 % of the pages are slow.", ["10 %"]],
    ["One in ten pages is slow.", ["One in ten"]],
    ["It is a warning.", ["warning"]],
    ["Pages are slow.\n\n## Mitigate\n\nAt 10 % the cache is full.", ["10 %"]],
  ])("is found in %j", (prose, figures) => {
    expect(found(prose)).toEqual(figures);
  });

  test.each([
    "Pages are slow: `rate(x[10m]) > 10 %`.\n\n```promql\nx > 10 %\n```",
    "Pages are slow.\n\n## Escalate\n\nAfter ten minutes, or if a tenth of them fails.",
    "110 % of what the cache holds.",
  ])("is not found in %j", (prose) => {
    expect(found(prose)).toEqual([]);
  });

  test.each([
    [seconds(300), "A task waits for five minutes.", ["5 min"]],
    [bytes(10 * 2 ** 30), "PostgreSQL keeps 10 GiB.", ["10 GiB"]],
    [count(5), "There are more than five of them in five minutes.", ["more than five"]],
    [count(2), "Two of them wait, for more than two minutes.", []],
    [factor(2), "There are twice as many.", ["twice"]],
  ])("is the limit %s in %j", (limit, prose, figures) => {
    expect(found(prose, limit)).toEqual(figures);
  });
});

test("no page contains a value that depends on the settings of an environment", () => {
  const decided = new Set(environments.flatMap(decidedTexts));
  const repeated = pages.flatMap(({ name, text }) =>
    [...decided]
      .filter((value) => new RegExp(`(?<![\\w.-])${value.replaceAll(".", "\\.")}(?![\\w-])`).test(proseOf(text)))
      .map((value) => `${name}: ${value}`),
  );
  expect(decided).toContain("0.001");
  expect(repeated).toEqual([]);
});

describeWith("promtool", "the queries of runbooks, in Prometheus", (promtool) => {
  const alloy: Environment = { ...everything, logAgent: { ...everything.logAgent, kind: "alloy" } };

  test.each([
    ...profiles.map((profile) => [profile, withProfile(everything, profile)] as const),
    ["alloy", alloy] as const,
  ])("each has a result with %s", (_, environment) => {
    const queries = queriesFor(environment).filter(({ language }) => language === "promql");
    expect(unansweredQueries(promtool, environment, [...new Set(queries.map(({ text }) => text))])).toEqual([]);
  });
});

describeWith("loki", "the queries of runbooks, in Loki", (_, path) => {
  let running: Loki;
  beforeAll(async () => {
    running = await loki(path, () => ({}));
    await running.push(streams);
  }, 60_000);
  afterAll(() => running.stop("SIGKILL"));

  test.each(queriesFor(everything).filter(({ language }) => language === "logql"))("$page: $text", async ({ text }) => {
    const now = Math.floor(Date.now() / 1000);
    const found = text.startsWith("{")
      ? await running.lines(text)
      : await running.series(text, { start: now, end: now, step: 60 });
    expect(found.length).toBeGreaterThan(0);
  });
});

test("commands are parsed as in a shell", () => {
  const page = runbookPage(
    "ShopDown",
    `1. Look:

   \`\`\`sh
   kubectl --namespace shop logs --selector 'app in (web,api)' --since=5m | grep -E 'a|b' | tail -n 3
   for one in a b; do kubectl --namespace <namespace> exec deployment/web --container web -- redis-cli ping $one; done
   \`\`\`

- Restart it: \`kubectl --namespace shop rollout restart deployment/web deployment/api\`, never \`kubectl delete\`.`,
  );
  const calls = runbookCommands(page).flatMap(({ calls }) => calls);
  expect(calls.map(({ text, selector, flags, ...call }) => ({ ...call, flags: [...flags].join(" ") }))).toEqual([
    { verb: "logs", namespace: "shop", objects: [], flags: "namespace selector since" },
    {
      verb: "exec",
      namespace: "<namespace>",
      objects: ["deployment/web"],
      flags: "namespace container",
      program: "redis-cli",
    },
    { verb: "rollout restart", namespace: "shop", objects: ["deployment/web", "deployment/api"], flags: "namespace" },
  ]);
  expect([...(calls[0]?.selector ?? [])]).toEqual([["app", ["web", "api"]]]);
  expect(calls[0]?.text).toBe("kubectl --namespace shop logs --selector 'app in (web,api)' --since=5m");
});

describe("each call of kubectl", () => {
  const calls = pages.flatMap((page) =>
    runbookCommands(page).flatMap(({ page, calls }) => calls.map((call) => ({ page, ...call }))),
  );
  const { names, podLabels } = knownObjects(everyChoice);
  const ours = new Set<string>([...Object.values(namespaces), "<namespace>", "<controller namespace>"]);
  const unexpected = (of: (call: (typeof calls)[number]) => readonly string[]) =>
    calls.flatMap((call) => of(call).map((found) => `${call.page}: ${call.text}: ${found}`));

  test("has one of our namespaces", () => {
    expect(unexpected(({ namespace = "erp" }) => (ours.has(namespace) ? [] : [namespace]))).toEqual([]);
  });

  test("has objects that exist in at least one environment", () => {
    const unknown = unexpected(({ namespace, objects }) =>
      objects.filter((object) => !object.includes("<") && !names.has([namespace, object].join(" ").trim())),
    );
    expect(unknown).toEqual([]);
  });

  test("selects pods by existing labels", () => {
    const unknown = unexpected(({ namespace, selector }) =>
      [...selector]
        .filter(
          ([label]) =>
            /^app.kubernetes.io.(name|component|part-of)$/.test(label) && namespace !== "<controller namespace>",
        )
        .flatMap(([label, values]) => values.map((value) => `${label}=${value}`))
        .filter(
          (label) =>
            ![...podLabels].some(
              (known) => known === `${namespace} ${label}` || (!namespace && known.endsWith(` ${label}`)),
            ),
        ),
    );
    expect(unknown).toEqual([]);
  });

  test("has --tail if it has a selector, because kubectl then reads only ten lines of each log by default", () => {
    const short = unexpected(({ verb, selector, flags }) =>
      verb === "logs" && selector.size > 0 && !flags.has("tail") ? ["add --tail"] : [],
    );
    expect(short).toEqual([]);
  });

  test("runs a program that exists in the image", () => {
    const missing = unexpected(({ verb, objects: [object = ""], namespace, program }) => {
      const workload = namespace === "erp" && object === "pod/<pod>" ? "deployment/erp-api" : object;
      return verb === "exec" && !programs[workload]?.includes(program ?? "") ? [`${object} has no ${program}`] : [];
    });
    expect(missing).toEqual([]);
  });
});

/** Figures that look like a fact of the alert and are about something else. */
const allowedFigures: Readonly<Record<string, { readonly figures: readonly string[]; readonly because: string }>> = {
  ElasticsearchDiskLow: { figures: ["10 %"], because: "Elasticsearch itself moves shards away at this watermark" },
};

/** Lines of the API and of a worker that every query about errors finds. */
const streams = ["erp-api", "erp-worker"].map((app): Stream => {
  const line = {
    level: "ERROR",
    logger: "app",
    message: "DeadlockDetected [redacted by the log agent: token]",
    status: 200,
    task_name: "erp.reports.nightly_report",
  };
  const lines = [JSON.stringify(line), ...linesOf(app).filter((one) => one.includes('"logger": "erp.identity"'))];
  return {
    stream: { namespace: "erp", app, container: app, stream: "stdout" },
    values: lines.map((one) => [`${Date.now() - 1000}000000`, one, { level: JSON.parse(one).level, pod: `${app}-0` }]),
  };
});

/** Captured lines of a program. */
function linesOf(app: string): string[] {
  const captured = readFileSync(join(__dirname, "..", "logs", "evidence", "erp.jsonl"), "utf8");
  return captured.split("\n").filter((line) => line.includes(`"service": "${app}"`));
}

/**
 * Values of the settings in the form in which a page could contain them. Windows are parts of the names of recordings,
 * which other environments do not have. The names of Secrets and queues are the same everywhere.
 */
function decidedTexts({ erp, prometheus }: Environment): readonly string[] {
  const { availability, latency } = erp.slos;
  const objectives = [availability, latency].flatMap(({ objective }) => [
    `${objective}`,
    `${Number((1 - objective).toPrecision(3))}`,
    `${Number((100 * objective).toPrecision(5))} %`,
  ]);
  const { hosts = [], tlsSecret = "erp-tls" } = erp.ingress ?? {};
  return [...objectives, `${latency.threshold} s`, prometheus.retentionSize, ...hosts, tlsSecret];
}

/** The queries on the pages of an environment's alerts that work with its HTTP profile and log agent. */
function queriesFor(environment: Environment): readonly Block[] {
  const { alerts, logAlerts } = contributions(environment);
  const names = new Set([...alerts, ...logAlerts].map(({ name }) => name));
  return pages
    .filter(({ name }) => names.has(name))
    .flatMap(({ blocks }) => blocks)
    .filter(({ language }) => ["promql", "logql"].includes(language))
    .filter(({ choice }) => !choice || choice === environment.erp.httpMetrics || choice === environment.logAgent.kind);
}
