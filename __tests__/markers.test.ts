import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, parseAllDocuments, stringify } from "yaml";
import { alloyConfiguration } from "../commands/alloy-configuration";
import { releases } from "../commands/charts/chart-releases";
import type { Stack } from "../commands/read-stack";
import { synthesizedStacks } from "../commands/synthesized-stacks";
import { existingNodeExporter } from "../constructs/existing-node-exporter";
import { dataSources } from "../dashboards/grafana/data-sources";
import { missingGroups } from "../kit/queries/replacement";
import { targets } from "../logs/targets";
import { everything } from "./fixtures/everything";
import { traced } from "./fixtures/traced";
import { hostileTexts } from "./notifications/hostile-texts";
import { describeWith } from "./tools";

/**
 * Tests for `$` and `{{` that one program must pass on and the next one must interpret: docs/decisions/markers.md lists
 * them.
 */
const directory = mkdtempSync(join(tmpdir(), "markers-"));
afterAll(() => rmSync(directory, { recursive: true }));

const stacks = synthesizedStacks([everything]);

describeWith("helm", "texts in Helm's templates that are passed on unchanged", (helm) => {
  const render = (chart: string, values: unknown): string => {
    const file = join(directory, "values.json");
    writeFileSync(file, JSON.stringify(values));
    const { status, output } = helm("template", "release", chart, "--values", file);
    expect({ status, output: status === 0 ? "" : output }).toEqual({ status: 0, output: "" });
    return output;
  };
  /** A chart that evaluates one of its values as a template, as the charts of Promtail and Alloy do. */
  const chartWithTemplate = (template: string): string => {
    const folder = mkdtempSync(join(directory, "chart-"));
    mkdirSync(join(folder, "templates"));
    writeFileSync(join(folder, "Chart.yaml"), "apiVersion: v2\nname: chart\nversion: 1.0.0\n");
    writeFileSync(join(folder, "templates", "text.yaml"), template);
    return folder;
  };

  test("are the custom resources, with their labels, values and groups", () => {
    const chart = join(directory, "custom-resources");
    cpSync(join(__dirname, "..", "charts", "custom-resources"), chart, { recursive: true });
    const given = customResources(stacks).filter((values) => Object.keys(values).length > 0);
    for (const resources of given) {
      const rendered = parseAllDocuments(render(chart, { resources })).map((document) => document.toJS());
      expect(sorted(rendered.filter(Boolean))).toEqual(sorted(Object.values(resources)));
    }
    expect(JSON.stringify(given)).toMatch(/\{\{ \$labels\.\w+ \}\}/);
    const hostile = { kind: "PrometheusRule", metadata: { name: "hostile", annotations: hostileTexts } };
    expect(parse(render(chart, { resources: { hostile } }))).toEqual(hostile);
  });

  test("are Promtail's relabelings and stages", () => {
    const { config } = releaseValues("promtail") as { config: { snippets: Snippets } };
    const chart = chartWithTemplate("jobs: {{ tpl .Values.config.snippets.scrapeConfigs . | nindent 2 }}\n");
    const [job] = (parse(render(chart, { config })) as { jobs: Job[] }).jobs;
    expect(job?.relabel_configs).toEqual(config.snippets.common);
    expect(job?.pipeline_stages).toEqual(config.snippets.pipelineStages);
    expect(JSON.stringify(job)).toMatch(/\{\{ ?\.Value/);
  });

  test("are Alloy's stages", () => {
    const alloy = { ...everything, logAgent: { ...everything.logAgent, kind: "alloy" as const } };
    const { alloy: given } = releaseValues("alloy", synthesizedStacks([alloy])) as { alloy: AlloyValues };
    const chart = chartWithTemplate("text: {{ tpl .Values.content . | toJson }}\n");
    const rendered = parse(render(chart, { content: given.configMap.content })) as { text: string };
    expect(rendered.text).toBe(alloyConfiguration(everything));
    expect(rendered.text).toContain("{{");
  });
});

describeWith("helm", "texts of settings that charts evaluate as templates", (helm) => {
  const text = "{{ .Values.text }} ${HOME} a # b ; c";
  const { grafana, prometheus } = everything;
  if (grafana.mode !== "on" || !grafana.oidc || !grafana.ingress) throw new Error("the environment needs Grafana");
  const oidc = { ...grafana.oidc, clientId: "{{ .Values.text }} # b" };
  const ingress = { ...grafana.ingress, annotations: { note: text } };
  const given = synthesizedStacks([
    {
      ...everything,
      prometheus: { ...prometheus, externalLabels: { note: text } },
      grafana: { ...grafana, oidc, ingress },
    },
  ]);
  const stack = releaseValues("kube-prometheus-stack", given) as StackValues;
  const values = releaseValues("grafana", given) as GrafanaValues;
  const rendered = (value: unknown) => {
    const folder = mkdtempSync(join(directory, "settings-"));
    mkdirSync(join(folder, "templates"));
    writeFileSync(join(folder, "Chart.yaml"), "apiVersion: v2\nname: chart\nversion: 1.0.0\n");
    writeFileSync(join(folder, "templates", "text.yaml"), "text: {{ tpl .Values.given . | toJson }}\n");
    writeFileSync(join(folder, "values.json"), JSON.stringify({ given: value, text: "evaluated" }));
    const { output } = helm("template", "release", folder, "--values", join(folder, "values.json"));
    return (parse(output) as { text: string }).text;
  };

  test("are annotations of Grafana's Ingress", () => {
    expect(rendered(values.ingress.annotations.note)).toBe(text);
  });

  test("are external labels, in which Prometheus also replaces variables", () => {
    // Prometheus 3.14.0 turned "$${HOME}" into "${HOME}", and "${HOME}" into the folder.
    expect(rendered(stack.prometheus.prometheusSpec.externalLabels.note)).toBe(text.replace("$", "$$$$"));
  });

  test("are values of grafana.ini, in which `#` begins a comment outside of quotation marks", () => {
    // https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#password
    const { client_id } = values["grafana.ini"]["auth.generic_oauth"];
    expect(rendered(client_id)).toBe('"""{{ .Values.text }} # b"""');
  });
});

describeWith("promtool", "relabelings in Prometheus", (promtool) => {
  const labelsOf = (relabel_configs: readonly object[], meta: Readonly<Record<string, string>>) => {
    const file = join(directory, "prometheus.yml");
    const job = { job_name: "a", static_configs: [{ targets: ["10.0.0.1:10250"], labels: meta }], relabel_configs };
    writeFileSync(file, stringify({ scrape_configs: [job] }));
    const { status, output } = promtool("check", "service-discovery", "--timeout=1s", file, "a");
    expect({ status, output: status === 0 ? "" : output }).toEqual({ status: 0, output: "" });
    return JSON.parse(output)[0].labels;
  };

  test("turn a node's kubelet into its exporter", () => {
    const { relabel_configs } = existingNodeExporter("all");
    const meta = { __meta_kubernetes_node_label_kubernetes_io_os: "linux", __meta_kubernetes_node_name: "one" };
    expect(labelsOf(relabel_configs, meta)).toMatchObject({ __address__: "10.0.0.1:9100", node: "one" });
  });

  test.each([
    ["a ReplicaSet without its hash", { controller_name: "erp-api-5d9c7b8f6d", uid: "1-2" }, "erp-api", "*1-2/web"],
    ["a StatefulSet", { controller_name: "loki", uid: "1-2" }, "loki", "*1-2/web"],
    [
      "a static pod of the kubelet",
      {
        name: "etcd-one",
        uid: "1-2",
        annotation_kubernetes_io_config_hash: "abc",
        annotationpresent_kubernetes_io_config_hash: "true",
      },
      "etcd-one",
      "*abc/web",
    ],
  ])("set the stream labels and the files of %s", (_, pod, app, path) => {
    const labelled = { ...pod, container_name: "web" };
    const meta = Object.entries(labelled).map(([name, value]) => [`__meta_kubernetes_pod_${name}`, value]);
    const labels = { ...Object.fromEntries(meta), __meta_kubernetes_namespace: "erp" };
    const found = labelsOf(targets(["erp", "logging"]), labels);
    expect(found).toMatchObject({ namespace: "erp", app, __path__: `/var/log/pods/${path}/*.log` });
  });

  test("insert only groups that their regular expressions have, in all environments", () => {
    const found = stacks.flatMap(({ resources }) => resources.flatMap((one) => relabelings(expandJson(one))));
    expect(found.length).toBeGreaterThan(5);
    const faults = found.flatMap(({ regex = "(.*)", replacement = "$1" }) => missingGroups(regex, replacement));
    expect(faults).toEqual([]);
  });
});

/**
 * No tool runs Grafana here. Grafana expands environment variables in the strings of a provisioned data source, after
 * it has split the strings at `$$`, which becomes `$`. A `$` at the end stays.
 * @see https://grafana.com/docs/grafana/latest/administration/provisioning/#using-environment-variables
 */
test("data sources contain no dollar that Grafana would read as an environment variable", () => {
  const sources = dataSources(
    {
      grafana: { ...everything.grafana, tracingUrl: "https://tracing.example.com" } as typeof everything.grafana,
      tracing: traced.tracing,
    },
    {
      prometheus: "http://a",
      loki: "http://b",
      alertmanager: "http://c",
      jaeger: "http://d",
      zipkin: "http://e",
      erpNamespace: "erp",
    },
    { metric: "starlette_requests_total", label: "path_template" },
  );
  const strings = JSON.stringify(sources).match(/"(?:\\.|[^"\\])*"/g) ?? [];
  const dollars = strings.map((text) => text.slice(1, -1)).filter((text) => /\$./.test(text));
  expect(dollars.length).toBeGreaterThan(0);
  expect(dollars.filter((text) => /\$./.test(text.replaceAll("$$", "")))).toEqual([]);
});

function releaseValues(name: string, given: readonly Stack[] = stacks): unknown {
  const found = releases(given).find((release) => release.name === name);
  if (!found) throw new Error(`there is no release ${name}`);
  return found.values;
}

/** The values of each release of our own chart. */
function customResources(given: readonly Stack[]): Readonly<Record<string, object>>[] {
  const charts = given.flatMap(({ resources }) => resources.filter(({ type }) => type === "helm_release"));
  return charts.flatMap(({ arguments: { chart, values } }) =>
    `${chart}`.startsWith("./assets/") ? [JSON.parse((values as string[])[0] ?? "{}").resources] : [],
  );
}

function relabelings(value: unknown): Relabeling[] {
  if (typeof value !== "object" || value === null) return [];
  const isRelabeling = "replacement" in value && ("target_label" in value || "targetLabel" in value);
  return [...(isRelabeling ? [value as Relabeling] : []), ...Object.values(value).flatMap(relabelings)];
}

/** The value, with JSON in strings parsed, such as the values of a release. */
function expandJson(value: unknown): unknown {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return expandJson(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, expandJson(inner)]));
}

function sorted(resources: readonly unknown[]): string[] {
  return resources.map((one) => stringify(one, { sortMapEntries: true })).sort();
}

interface Relabeling {
  readonly regex?: string;
  readonly replacement?: string;
}

interface Snippets {
  readonly common: readonly object[];
  readonly pipelineStages: readonly object[];
}

interface Job {
  readonly relabel_configs: readonly object[];
  readonly pipeline_stages: readonly object[];
}

interface StackValues {
  readonly prometheus: { readonly prometheusSpec: { readonly externalLabels: Readonly<Record<string, string>> } };
}

interface GrafanaValues {
  readonly ingress: { readonly annotations: Readonly<Record<string, string>> };
  readonly "grafana.ini": {
    readonly "auth.generic_oauth": { readonly client_id: string };
  };
}

interface AlloyValues {
  readonly configMap: { readonly content: string };
}
