import { inSeconds } from "../kit/queries/duration";
import { bytesOf, coresOf, prometheusBytesOf } from "../kit/queries/quantity";
import { environment } from "../settings/environment";
import { validate } from "../settings/validate";
import { everyChoice } from "./fixtures/choices";
import { local } from "./fixtures/local";
import { minio } from "./fixtures/minio";
import { production } from "./fixtures/production";
import { staging } from "./fixtures/staging";
import { brokenAgreements } from "./settings/broken-agreements";
import { brokenValues } from "./settings/broken-values";
import { type Change, changeSettings, paths, refusal } from "./settings/change";
import { madeChoices, offeredChoices } from "./settings/choices";
import { fakeSecrets } from "./settings/fake-secrets";
import { soundValues } from "./settings/sound-values";

test("the environments of the project have no faults, and the check returns them unchanged", () => {
  expect(validate(everyChoice)).toEqual(everyChoice);
});

test("the fixtures together make every choice that the schema offers", () => {
  const made = new Set(everyChoice.flatMap((one) => madeChoices(environment, one).map(shared)));
  const missing = offeredChoices(environment)
    .map(shared)
    .filter((one) => !made.has(one));
  // The arguments of a backend are passed to Terraform and are not settings of ours.
  expect(missing.filter((one) => !/^state\.(?!backend)/.test(one))).toEqual([]);
});

/** A choice without its path, if several paths have the same schema. */
function shared(choice: string): string {
  return choice
    .replace(/^.*resources(\.\w+)?\.limits\b/i, "resources.limits")
    .replace(/receivers\.(pager|chat)\./, "receiver.")
    .replace(/^tracing\.storage\.ca\b/, "tracing.ca")
    .replace(/^.*\b(?=nodeSelector|tolerations|affinity)/, "placement.")
    .replace(/^.*\b(pod|exporterPod)\.(?=\w)/, "pod.")
    .replace(/^pod\.(initContainers|sidecars)\[\]\./, "container.")
    .replace(/^(pod|container)\.(?=(env|envFrom|mounts)\b)/, "")
    .replace(/^container\.(startup|liveness|readiness)\./, "probe.")
    .replace(/^.*matchExpressions\[\]/, "matchExpressions[]")
    .replace(/pod(Anti)?Affinity/, "podAffinity")
    .replace(/^.*podAffinity.*(\[\]|Term)(?=\.)/, "podTerm");
}

test("an environment can be read from JSON", () => {
  expect(refusal(JSON.parse(JSON.stringify(production)))).toBeUndefined();
});

test.each([...brokenValues, ...brokenAgreements])("%s is refused", (_, environment, change, expected) => {
  expect(refusal(changeSettings(environment, change))).toBe(
    `1 fault; nothing was written:\n- config/${environment.name}.ts: ${expected}`,
  );
});

test.each(soundValues)("%s is accepted", (_, environment, change) => {
  expect(refusal(changeSettings(environment, change))).toBeUndefined();
});

describe("two environments", () => {
  const own = { name: "laptop", "cluster.context": "laptop", state: { backend: "local", path: "state/laptop" } };
  const both = (shared: Change, second: Change = own) =>
    refusal(changeSettings(local, shared), changeSettings(local, { ...second, ...shared }));
  const host = { hosts: ["erp.example.com"], paths: ["/api"], probePath: "/api/v1/status" };
  const ingress = { "erp.ingress": host, "cluster.ingress": production.cluster.ingress };

  test("without common values are accepted", () => {
    expect(both({})).toBeUndefined();
  });

  test.each([
    [
      "cannot have the same name",
      { name: "local" },
      'config/local.ts: name: must be unique, but another environment has the same name, got "local"\n    name each environment after its file',
    ],
    [
      "cannot be in the same cluster",
      { "cluster.context": "kind-erp" },
      'config/laptop.ts: cluster.context: must be unique: namespaces and releases have the same names in every environment, got "kind-erp"\n    config/local.ts has the same value: use a separate cluster for each environment',
    ],
    [
      "cannot have the same host",
      ingress,
      'config/laptop.ts: erp.ingress.hosts: must be unique, and different from Grafana\'s: each host serves one program of one environment, got "erp.example.com"\n    config/local.ts has the same value: use a different host for each',
    ],
    [
      "cannot have the same bucket for logs",
      { "loki.storage": production.loki.storage },
      'config/laptop.ts: loki.storage: must be unique: two Lokis in one bucket delete each other\'s logs, got "s3 example-loki"\n    config/local.ts has the same value: use a separate bucket for each',
    ],
    [
      "cannot have the same indices of traces",
      { tracing: { ...minio.tracing, store: "jaeger" } },
      'config/laptop.ts: tracing.storage: must be unique: two stores that share indices show the traces of both environments, got "https://opensearch.shop.test:9200 shop"\n    config/local.ts has the same value: use a different `indexPrefix` for each, or leave it out: it is then the name of the environment',
    ],
  ])("%s", (_, shared, expected) => {
    expect(both(shared)).toBe(`1 fault; nothing was written:\n- ${expected}`);
  });

  test.each<[string, object, object]>([
    ["local", { path: "state/local" }, { path: "./state//local" }],
    ["kubernetes", ...sameState({ config_context: "ops", namespace: "terraform-state", secret_suffix: "erp" })],
    ["s3", s3State("a/b"), { ...s3State("a//b"), encrypt: true }],
    ["gcs", ...sameState({ bucket: "shop-state", prefix: "a" })],
    ["azurerm", ...sameState({ storage_account_name: "shop", container_name: "state", key: "c" })],
  ])("cannot have the same state in %s", (backend, first, second) => {
    const message = refusal(
      changeSettings(local, { state: { backend, ...first } }),
      changeSettings(local, { ...own, state: { backend, ...second } }),
    );
    expect(message).toMatch(
      /^1 fault; .*\n- config\/laptop.ts: state: must be unique: two environments in one state would delete each other's resources, got /,
    );
  });

  test("cannot have the logs of one in the bucket with the state of the other", () => {
    const bucket = "shop-state";
    const state = { backend: "s3", ...s3State("a"), bucket };
    const logs = {
      "loki.storage": { ...production.loki.storage, bucket, endpoint: "https://S3.eu-central-1.amazonaws.com/" },
    };
    const expected = (other: string) =>
      `loki.storage: must not be the bucket of the Terraform state of another environment: Loki's pods could read and delete the state, got "s3 shop-state"\n    config/${other}.ts has the same value: use a bucket of its own for log lines`;
    expect(refusal(changeSettings(local, { state }), changeSettings(local, { ...own, ...logs }))).toBe(
      `1 fault; nothing was written:\n- config/laptop.ts: ${expected("local")}`,
    );
    expect(refusal(changeSettings(local, logs), changeSettings(local, { ...own, state }))).toBe(
      `1 fault; nothing was written:\n- config/local.ts: ${expected("laptop")}`,
    );
  });

  test("can keep their states in one bucket with different keys", () => {
    const state = (key: string) => ({ state: { backend: "s3", ...s3State(key) } });
    expect(
      refusal(changeSettings(local, state("a")), changeSettings(local, { ...own, ...state("b") })),
    ).toBeUndefined();
  });
});

test("the faults of all environments are reported at once", () => {
  const message = refusal(
    changeSettings(staging, { "prometheus.retention": "a week", "erp.image": "erp", "cluster.metricsApi": "off" }),
    changeSettings(production, { "prometheus.replicas": 1, "erp.sentry": { mode: "off" }, "cluster.contxt": "p" }),
    changeSettings(local, { "loki.canary": "no", state: staging.state, "erp.api.preStopSeconds": 10 }),
    "dev",
  );
  expect(message?.match(/^.+(?=: (must|is) )|^\d+ faults/gm)).toEqual([
    "10 faults",
    "- config/staging.ts: prometheus.retention",
    "- config/staging.ts: erp.image",
    "- config/staging.ts: cluster.metricsApi",
    "- config/production.ts: cluster.contxt",
    "- config/production.ts: prometheus.replicas",
    "- config/production.ts: erp.sentry.mode",
    "- config/local.ts: loki.canary",
    "- config/local.ts: erp.api.terminationGracePeriodSeconds",
    "- config/local.ts: state",
    "- config/environments.ts: [3]",
  ]);
});

test("a missing or malformed value is a single fault, even if other values depend on it", () => {
  expect(refusal(changeSettings(production, { tier: "prod" }))).toMatch(/^1 fault;/);
  expect(refusal(changeSettings(production, { "prometheus.storage": "100" }))).toMatch(/^1 fault;/);
  expect(refusal(changeSettings(production, { "grafana.url": "grafana" }))).toMatch(/^1 fault;/);
});

test("a value with several forms is checked against the form that it resembles most", () => {
  const scale = { minReplica: 2, maxReplicas: 4, targetCpuUtilization: 70 };
  expect(refusal(changeSettings(production, { "erp.api.scale": scale }))).toBe(
    [
      "1 fault; nothing was written:",
      "- config/production.ts: erp.api.scale.minReplica: is not a setting",
      "    did you mean `minReplicas`?",
    ].join("\n"),
  );
});

test("an environment without a valid name is identified by its index in the list", () => {
  expect(refusal(local, changeSettings(production, { name: "Production", "loki.canary": 1 }))).toContain(
    "- config/environments.ts: [1].loki.canary: must be true or false, got 1\n",
  );
});

describe("secrets", () => {
  const refusals = (secret: string, places: readonly string[]) =>
    places.map((path) => ({ path, message: refusal(changeSettings(production, { [path]: secret })) }));
  const isSafe = (secret: string) => (message?: string) =>
    message?.includes("must not contain a secret, but looks like ") && !message.includes(secret);

  test.each(Object.entries(fakeSecrets))("such as %s are refused, and never shown", (_, secret) => {
    const places = ["name", "erp.commands.api.1", "erp.redis.secret", "alertmanager.receivers.chat.slack.apiUrlKey"];
    expect(refusals(secret, places).filter(({ message }) => !isSafe(secret)(message))).toEqual([]);
  });

  test("are refused in every place", () => {
    const secret = fakeSecrets["a URL with a password"];
    expect(refusals(secret, paths(production)).filter(({ message }) => !isSafe(secret)(message))).toEqual([]);
  });

  test("are shown as stars, with a remedy", () => {
    const secret = fakeSecrets["a URL with a password"];
    expect(refusal(changeSettings(production, { "erp.postgresql.secret": secret }))).toBe(
      "1 fault; nothing was written:\n- config/production.ts: erp.postgresql.secret: must not contain a secret, but looks like a URL with a password, got ***\n    revoke this secret, because it has been written to a file; store a new one in a Kubernetes Secret, and set the name and key of that Secret",
    );
  });

  test.each(["password", "auth_token", "SENTRY_DSN", "apiKey", "secret_key"])(
    "are refused with the name %s, in every format",
    (key) => {
      expect(refusal(changeSettings(production, { [`state.${key}`]: "hunter" }))).toBe(
        `1 fault; nothing was written:\n- config/production.ts: state.${key}: must not contain a secret, but looks like a value of \`${key}\`, got ***\n    revoke this secret, because it has been written to a file; store a new one in a Kubernetes Secret, and set the name and key of that Secret`,
      );
    },
  );

  test("are not shown if they are in the place of a Secret's name", () => {
    const message = refusal(
      changeSettings(production, {
        "grafana.adminSecret": "Hunter 2",
        "alertmanager.receivers.pager.pagerduty.credentialKey": "Hunter 2",
        "erp.redis": "Hunter 2",
        "erp.sentry": { mode: "existing", secret: "Hunter 2" },
        [fakeSecrets["a token of Slack"]]: 1,
      }),
    );
    expect(message).toContain("[***]: is not a setting");
    expect(message).not.toContain(fakeSecrets["a token of Slack"]);
    expect(message?.match(/Hunter 2/g)).toHaveLength(1);
  });
});

test("a wrong value in any place of an environment is refused with our own messages", () => {
  const rubbish = [undefined, null, "x y", {}];
  const messages = paths(production).flatMap((path) =>
    rubbish.map((value) => refusal(changeSettings(production, { [path]: value })) ?? ""),
  );
  expect(messages.filter((message) => /Invalid|Too |expected|received|Unrecognized|undefined/.test(message))).toEqual(
    [],
  );
});

test.each([
  [bytesOf, "1.5Gi", 1_610_612_736],
  [prometheusBytesOf, "40GB", 42_949_672_960],
  [prometheusBytesOf, "40GiB", 42_949_672_960],
  [prometheusBytesOf, "512B", 512],
  [coresOf, "250m", 0.25],
  [coresOf, "1.5", 1.5],
  [inSeconds, "1h30m", 5400],
  [inSeconds, "1w500ms", 604_800.5],
  [inSeconds, "a week", Number.NaN],
  [bytesOf, "10", Number.NaN],
])("%p reads %s as %d", (reads, text, number) => {
  expect(reads(text)).toBe(number);
});

function s3State(key: string) {
  return { bucket: "shop-state", region: "eu-central-1", key };
}

function sameState(state: object): [object, object] {
  return [state, state];
}
