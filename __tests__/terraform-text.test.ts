import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesize } from "../main";
import { type Environment, environment as schema } from "../settings/environment";
import { isAwsRegion } from "../settings/object-stores";
import { schemaFindings } from "../settings/schema-findings";
import { everyChoice } from "./fixtures/choices";
import { applyWithTerraform, backendInTerraform } from "./run-terraform";
import { textSettings } from "./settings/choices";

// biome-ignore lint/suspicious/noExplicitAny: Terraform's JSON
type Json = any;

/** Texts with what Terraform, Helm, Go, Kubernetes and a shell interpret. Each setting gets the first that it accepts. */
const hostile = [
  '${WEB_CONCURRENCY:-1} %{if x} $${y} %%{z} "a" \\ \n {{ .b }} $(c) ${terraform.workspace}',
  '${WEB_CONCURRENCY:-1} %{if x} $${y} %%{z} "a" \\ {{ .b }} $(c) ${terraform.workspace}',
  "${WEB_CONCURRENCY:-1}%{if}$${y}%%{z}'\\{{.b}}$(c)${terraform.workspace}",
  "${terraform.workspace}%{if}",
];

const attempts = everyChoice.map(withHostileTexts);
const stacks = synthesizedJson(attempts.map(({ environment }) => environment));

test("every setting that is text is tried with text that Terraform interprets", () => {
  const tried = new Set([...attempts.flatMap(({ tried }) => tried), ...exclusive]);
  // All containers share the schema of their resources.
  const known = textSettings(schema).map((setting) => settingOf([setting]));
  expect(known.filter((setting) => !tried.has(setting) && !/resources\./i.test(setting))).toEqual([]);
});

test("text that Terraform interprets is accepted where it can be valid", () => {
  const accepted = attempts.flatMap(({ accepted }) => accepted.map(({ path }) => settingOf(path)));
  expect([...new Set(accepted)].filter((setting) => !setting.startsWith("state.")).sort()).toEqual([
    "alertmanager.receivers.chat.email.username",
    "cluster.context",
    "erp.commands.api[]",
    "erp.commands.awaitMigrations[]",
    "erp.commands.beat[]",
    "erp.commands.migrate[]",
    "erp.commands.worker[]",
    "erp.identity.audience",
    "erp.ingress.annotations.*",
    "erp.sentry.project.pagerduty.account",
    "erp.sentry.project.pagerduty.service",
    "erp.sentry.project.slack.workspace",
    "grafana.ingress.annotations.*",
    "mirrors.charts",
    "pod.annotations.*",
    "pod.containers[].args[]",
    "pod.containers[].command[]",
    "pod.containers[].probe.command[]",
    "pod.containers[].probe.path",
    "pod.env.*",
    "pod.mounts[].path",
    "pod.mounts[].subPath",
    "pod.serviceAccount.annotations.*",
    "pod.volumes.*.csi.volumeAttributes.*",
    "pod.volumes.*.items.*",
    "prometheus.externalLabels.*",
    "prometheus.remoteWrite[].writeRelabelings[].regex",
    "prometheus.remoteWrite[].writeRelabelings[].replacement",
  ]);
});

test("text that Terraform interprets reaches the providers unchanged", () => {
  const found = Object.fromEntries(
    stacks.map(([name, { terraform: _, ...blocks }]) => [name, texts(blocks).filter((text) => text.includes("%{if"))]),
  );
  const { output, outputs } = applyWithTerraform({ output: { texts: { value: found } } });
  expect(output.slice(0, 3000)).toBe("");
  for (const { environment, accepted } of attempts) {
    const evaluated = Object.entries<string[]>(outputs.texts.value)
      .filter(([stack]) => stack.startsWith(`${environment.name}-`) || stack === `sentry-${environment.name}`)
      .flatMap(([, all]) => all)
      .flatMap(contained)
      .map(asProgramsRead);
    const lost = accepted.filter(
      ({ path: [first], texts: [text] }) =>
        first !== "state" && !evaluated.some((one) => one.includes(asProgramsRead(text ?? ""))),
    );
    expect([environment.name, lost.map(({ path }) => path.join("."))]).toEqual([environment.name, []]);
  }
});

test("text of a state backend, which Terraform does not evaluate, reaches the backend unchanged", () => {
  const { accepted } = attempts.find(({ environment }) => environment.name === "local") ?? attempts[0] ?? {};
  const path = accepted?.find(({ path }) => settingOf(path) === "state.path")?.texts[0];
  const [, stack] = stacks.find(([name]) => name === "local-erp") ?? [];
  const { output, config } = backendInTerraform(stack.terraform.backend);
  expect([output, config?.path]).toEqual(["", `../../../${path}-erp.tfstate`]);
});

test.each(["bare", "existing", "azure", "minio"])(
  "every argument of the state backend of %s is one of Terraform's",
  (name) => {
    const {
      state: { backend, ...given },
    } = everyChoice.find((one) => one.name === name) as Environment;
    const { output } = backendInTerraform({ [backend]: given });
    expect(output).not.toMatch(/Extraneous|Unsupported|Incorrect|Invalid|Missing required|Conflicting/);
  },
);

test.each([
  ["eu-central-1", true],
  ["us-gov-west-1", true],
  ["eu-central-9", false],
  ["main", false],
])("Terraform and the settings agree on whether %s is a region of Amazon", (region, exists) => {
  const { output } = backendInTerraform({ s3: { bucket: "shop-state", key: "erp", region } });
  expect(output).toMatch(exists ? /No valid credential sources found|could not/ : /Invalid AWS Region/);
  expect(isAwsRegion(region)).toBe(exists);
});

/** Undoes what is written for programs after Terraform: `$$` for Kubernetes and Prometheus, and templates of Helm. */
function asProgramsRead(text: string): string {
  return text.replace(/\$+/g, "$").replaceAll('{{ "{{" }}', "{{");
}

/** A text, and the texts in the JSON that it may be. */
function contained(text: string): string[] {
  try {
    const parsed = JSON.parse(text);
    return [text, ...texts(parsed).flatMap((inner) => (inner === text ? [] : contained(inner)))];
  } catch {
    return [text];
  }
}

/** Arguments that exclude others that the fixtures set. */
const exclusive = [
  ...["role_arn", "duration", "policy", "policy_arns[]", "session_name", "web_identity_token_file"].map(
    (argument) => `state.assume_role_with_web_identity.${argument}`,
  ),
  "state.forbidden_account_ids[]",
];

type Path = readonly string[];

/** The path of a setting in the schema: `erp.commands.api[]`, `erp.ingress.annotations.*`. */
function settingOf(path: Path): string {
  return (
    path
      .join(".")
      .replace(/\.\d+(?=\.|$)/g, "[]")
      .replace(/^(alertmanager\.receivers|teams\.[^.]+)\.(pager|chat)/, "alertmanager.receivers.chat")
      .replace(/^teams\.[^.]+/, "teams.*")
      // All pods share one schema, and their containers, placements and terms of an affinity too.
      .replace(/^erp\.(pod|.+\.pod|.+\.exporterPod)\./, "pod.")
      .replace(/^pods\.(placement|monitoring|agents)\./, "pod.")
      .replace(/\.(initContainers|sidecars)\[\]/, ".containers[]")
      .replace(/^pod\.containers\[\]\.(env|envFrom|mounts)\b/, "pod.$1")
      .replace(/\.(startup|liveness|readiness)\./, ".probe.")
      .replace(/^alerts\.[^.]+/, "alerts.*")
      .replace(/^tracing\.headers\.[^.]+/, "tracing.headers.*")
      .replace(/\.cronMonitors\.[^.]+/, ".cronMonitors.*")
      .replace(/(matchExpressions|matchFields)\[\]\.(key|values\[\])$/, "expression.$2")
      .replace(/^pod\.affinity\..*(?=\.(expression|matchLabels|topologyKey|namespaces)[.[]?)/, "pod.affinity")
      .replace(/((nodeSelector|matchLabels|[lL]abels|items|volumeAttributes)\.).*/, "$1*")
      .replace(/\.(volumes|env)\.[^.]+/, ".$1.*")
      .replace(/((annotations|externalLabels|^state\.labels|role\.tags)\.).*/i, "$1*")
  );
}

/** The environment with hostile text in every setting that accepts it. */
function withHostileTexts(environment: Environment) {
  const settings = new Set(textSettings(schema).map((setting) => settingOf([setting])));
  const candidates: { path: Path; texts: string[] }[] = [];
  replaceTexts(environment, (text, path) => {
    if (settings.has(settingOf(path))) {
      const given = textsFor(text, `${environment.name}${candidates.length}`);
      // Kubernetes reads a reference to another variable in a variable, and synth refuses one without its variable.
      const texts = path.includes("env") ? given.map((one) => one.replace("$(c)", () => "$$(c)")) : given;
      candidates.push({ path, texts });
    }
    return text;
  });
  for (;;) {
    const next = new Map(candidates.map(({ path, texts: [text] }) => [path.join("\n"), text]));
    const changed = replaceTexts(environment, (text, path) => next.get(path.join("\n")) ?? text) as Environment;
    const refused = schemaFindings(changed).map(({ path }) => `${path.join("\n")}\n`);
    if (refused.length === 0) {
      const accepted = candidates.filter(({ texts }) => texts.length > 1);
      return { environment: changed, tried: candidates.map(({ path }) => settingOf(path)), accepted };
    }
    for (const { path, texts } of candidates)
      if (refused.some((one) => `${path.join("\n")}\n`.startsWith(one))) texts.shift();
  }
}

function replaceTexts(value: unknown, replace: (text: string, path: Path) => string, path: Path = []): unknown {
  if (typeof value === "string") return replace(value, path);
  if (Array.isArray(value)) return value.map((item, index) => replaceTexts(item, replace, [...path, String(index)]));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, replaceTexts(inner, replace, [...path, key])]),
  );
}

/** The texts to try in a setting, and at last the sound value. The suffix makes them unique. */
function textsFor(value: string, suffix: string): string[] {
  const numbered = hostile.map((text) => text + suffix);
  return [...numbered, ...numbered.map((text) => `${value}${text}`), value];
}

function synthesizedJson(environments: readonly Environment[]): [string, Json][] {
  const directory = mkdtempSync(join(tmpdir(), "text-"));
  try {
    synthesize(environments, directory);
    return readdirSync(join(directory, "stacks")).map((name) => [
      name,
      JSON.parse(readFileSync(join(directory, "stacks", name, "cdk.tf.json"), "utf8")),
    ]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** All texts in a value of JSON, and in the JSON that its texts contain. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "//" ? [] : texts(inner)));
}
