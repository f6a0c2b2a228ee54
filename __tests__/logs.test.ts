import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alloyConfiguration } from "../commands/alloy-configuration";
import { releases } from "../commands/charts/chart-releases";
import { synthesizedStacks } from "../commands/synthesized-stacks";
import { checkLogql } from "../kit/queries/logql/check-logql";
import { alloyRules, alloyStages } from "../logs/alloy-stages";
import { checkPipeline } from "../logs/check-pipeline";
import { metadataFields } from "../logs/metadata";
import record from "../logs/record.schema.json";
import type { Stage } from "../logs/stages";
import { logVocabulary } from "../logs/vocabulary";
import { synthesize } from "../main";
import type { Environment } from "../settings/environment";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { changeSettings } from "./settings/change";

describe("the vocabulary of log queries", () => {
  const rules = (query: string) => checkLogql(query, logVocabulary).findings.map(({ rule }) => rule);

  test("contains the fields of the ERP's lines after they are parsed", () => {
    for (const field of Object.keys(record.properties)) {
      expect(rules(`{app="erp-api"} | json | ${field} != ""`)).toEqual([]);
    }
    expect(rules('{app="erp-api"} | json | customer = ""')).toEqual(['unknown label "customer"']);
  });

  test("applies to templates too, with the functions of Loki", () => {
    expect(rules('{app="erp-api"} | json | label_format route=`{{ .route | default "none" }}`')).toEqual([]);
    expect(
      rules('{app="erp-api"} | json | line_format "{{ if .route }}{{ ToUpper .route }}{{ end }} {{ __line__ }}"'),
    ).toEqual([]);
    expect(rules('{app="erp-api"} | label_format route=`{{ .route }}`')).toEqual(['unknown label "route"']);
    expect(rules('{app="erp-api"} | json | label_format route=`{{ .ruote | defualt "none" }}`')).toEqual([
      'unknown label "ruote"',
      'unknown function "defualt" in this template',
    ]);
  });

  test("contains structured metadata, which needs no parser", () => {
    expect(rules('{app="erp-api"} | request_id="a1b2c3d4" | task_id="b" | pod="c"')).toEqual([]);
    expect(rules('{app="erp-api"} | level="ERR"')).toEqual(['"level" is never "ERR"']);
    expect(metadataFields.filter((field) => !(field in record.properties))).toEqual([]);
  });
});

describe("a log pipeline that cannot work has a fault", () => {
  const sound = { expression: "a(b)", replace: "x" };

  test.each<[string, Stage]>([
    [
      "replace: not a regular expression of RE2: invalid or unsupported Perl syntax",
      { replace: { ...sound, expression: "(?=a)(b)" } },
    ],
    ["replace: must capture a group", { replace: { ...sound, expression: "a(?:b)" } }],
    ["match: not a regular expression of RE2", { match: { selector: '{namespace=~".+"} |~ "("', stages: [] } }],
    ["match: not LogQL", { match: { selector: '{namespace=~".+"', stages: [] } }],
    [
      "drop: not a regular expression of RE2",
      { drop: { source: ["path"], separator: " ", expression: "a++", drop_counter_reason: "a" } },
    ],
  ])("%s", (message, stage) => {
    for (const stages of [[stage], [{ match: { selector: '{namespace="erp"}', stages: [stage] } }]]) {
      const [fault, ...others] = checkPipeline(stages, []);
      expect(others).toEqual([]);
      expect(`${fault?.place}: ${fault?.rule}`).toContain(`log pipeline: ${message}`);
    }
  });

  test("a relabeling too", () => {
    const [fault] = checkPipeline(
      [{ replace: sound }],
      [{ source_labels: ["a"], regex: "a{2,1}", target_label: "app" }],
    );
    expect(`${fault?.place}: ${fault?.rule}`).toContain("log targets: app: not a regular expression of RE2");
  });
});

describe("Alloy's configuration", () => {
  test("has a stage for each stage of Promtail, with its comments", () => {
    expect(alloyStages([{ cri: {} }, { labeldrop: ["filename"] }, { structured_metadata: { pod: "pod" } }])).toBe(
      `// https://grafana.com/docs/alloy/latest/reference/components/loki/loki.process/#stagecri
stage.cri { }
// https://grafana.com/docs/alloy/latest/reference/components/loki/loki.process/#stagelabel_drop
stage.label_drop {
  values = ["filename"]
}
// https://grafana.com/docs/alloy/latest/reference/components/loki/loki.process/#stagestructured_metadata
stage.structured_metadata {
  values = {pod = "pod"}
}`,
    );
  });

  test("nests stages, joins the sources of a drop, and writes backslashes and quotes unchanged", () => {
    const drop = { source: ["path", "status"], separator: " ", expression: "\\d", drop_counter_reason: "probe" };
    const stages = alloyStages([{ match: { selector: '{app="a"}', stages: [{ drop }] } }]);
    expect(stages.replace(/\s*\/\/.*/g, "").trim()).toBe(`stage.match {
  selector = \`{app="a"}\`
  stage.drop {
    source = "path,status"
    separator = " "
    expression = \`\\d\`
    drop_counter_reason = "probe"
  }
}`);
  });

  test("has the relabelings of the targets under Alloy's names", () => {
    expect(alloyRules([{ source_labels: ["a", "b"], regex: "x|y", target_label: "c" }])).toBe(`rule {
  source_labels = ["a", "b"]
  regex = "x|y"
  target_label = "c"
}`);
  });
});

describe("an environment with Alloy", () => {
  const directory = mkdtempSync(join(tmpdir(), "alloy-"));
  let text: string;
  beforeAll(() => {
    synthesize([changeSettings(local, { "logAgent.kind": "alloy" }) as Environment], directory);
    text = readFileSync(join(directory, "stacks", "local-monitoring", "cdk.tf.json"), "utf8");
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test("contains no part of Promtail", () => {
    expect(text).not.toMatch(/promtail/i);
  });

  test("lets Prometheus scrape Alloy, and Alloy write to Loki", () => {
    const { resource } = JSON.parse(text);
    // biome-ignore lint/suspicious/noExplicitAny: Terraform's JSON
    const policies = Object.values<any>(resource.kubernetes_network_policy_v1);
    const rule = (name: string) => policies.find(({ metadata }) => metadata.name === name)?.spec;
    expect(JSON.stringify(rule("log-agent"))).toContain('"port":"12345"');
    expect(JSON.stringify(rule("log-agent").pod_selector)).toContain('"app.kubernetes.io/name":"alloy"');
    expect(JSON.stringify(rule("loki").ingress)).toContain('"app.kubernetes.io/name":"alloy"');
  });

  test("gives its chart a configuration that the chart's template does not change", () => {
    const [values] = JSON.parse(text).resource.helm_release.alloy.values;
    const { content } = JSON.parse(values).alloy.configMap;
    expect(content.replaceAll('{{ "{{" }}', "")).not.toContain("{{");
    expect(content).toContain("stage.json {");
  });
});

test.each([
  ["Promtail", () => promtailWaits()],
  ["Alloy", () => alloyWaits()],
])("%s sends within a minute after an outage of Loki, and never drops a batch in one", (_, waits) => {
  // 0 retries are retries without end: https://pkg.go.dev/github.com/grafana/dskit/backoff#Config
  expect(waits()).toEqual({ longestWait: "30s", retries: 0 });
});

function promtailWaits() {
  const [values] = releases(synthesizedStacks([production])).flatMap(({ name, values }) =>
    name === "promtail" ? [values as unknown as PromtailValues] : [],
  );
  const [client] = values?.config.clients ?? [];
  return { longestWait: client?.backoff_config.max_period, retries: client?.backoff_config.max_retries };
}

function alloyWaits() {
  const text = alloyConfiguration(production);
  const [, longestWait] = /max_backoff_period\s*= "(\w+)"/.exec(text) ?? [];
  return { longestWait, retries: Number(/max_backoff_retries = (\d+)/.exec(text)?.[1]) };
}

/** Values of Promtail's chart. Only the fields that we read are listed. */
interface PromtailValues {
  readonly config: {
    readonly clients: readonly {
      readonly backoff_config: { readonly max_period: string; readonly max_retries: number };
    }[];
  };
}
