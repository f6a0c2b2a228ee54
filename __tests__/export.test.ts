import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { exportEnvironment } from "../commands/export";
import { exporters } from "../commands/exporting/exporters";
import { layersOf } from "../commands/exporting/layers";
import type { Stack } from "../commands/read-stack";
import { manifest } from "../commands/rendering/manifest";
import { stackName } from "../commands/stack-name";
import { synthesizedStacks } from "../commands/synthesized-stacks";
import type { Environment } from "../settings/environment";
import { requiredSecrets } from "../subjects/required-secrets";
import { everyChoice } from "./fixtures/choices";
import { existing } from "./fixtures/existing";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { staging } from "./fixtures/staging";
import { describeWith } from "./tools";

/** Environments that make every choice, each with a DSN that exists already. */
const environments = everyChoice.map(withExistingDsn);
let stacks: readonly Stack[];
let root: string;

beforeAll(() => {
  stacks = synthesizedStacks(environments);
  root = mkdtempSync(join(tmpdir(), "export-"));
});

afterAll(() => rmSync(root, { recursive: true }));

describe("an export for helm", () => {
  test.each(environments)(
    "of $name contains every object of the stacks and its content, and no other",
    (environment) => {
      const files = helmFiles(environment);
      const ofOwnChart = valuesOf(files).filter(({ name }) => name.endsWith("-signals"));
      const resources = ofOwnChart.flatMap(({ name, values }) =>
        Object.values(values.resources as Record<string, Identified>).map((one) =>
          inNamespace(one, installed(files, name)?.namespace ?? ""),
        ),
      );
      expect(byIdentity([...objectsIn(files), ...resources])).toEqual(deployedObjects(environment));
    },
  );

  test.each(environments)(
    "of $name installs every release of the stacks with its chart, version and values",
    (environment) => {
      const files = helmFiles(environment);
      const exported = valuesOf(files).map(({ name, values }) => ({ ...installed(files, name), values }));
      expect(sorted(exported)).toEqual(sorted(deployedReleases(environment)));
    },
  );

  test("applies the layers in the order in which the stacks depend on each other", () => {
    const script = helmFiles(environments[0] as Environment).get("install.sh") ?? "";
    expect([...script.matchAll(/^echo "== (.*)"$/gm)].map(([, title]) => title)).toEqual([
      "base",
      "Secrets",
      "monitoring",
      "erp",
      "Waiting until everything is ready",
    ]);
  });

  test.each(environments)("of $name lists every Secret that must exist", (environment) => {
    const files = helmFiles(environment);
    for (const { namespace, name, keys } of requiredSecrets(environment)) {
      expect(files.get("README.md")).toContain(`\`${namespace}/${name}\``);
      expect(files.get("install.sh")).toMatch(
        new RegExp(`^require_secret ${namespace} ${name} .*${keys.at(-1) ?? ""}$`, "m"),
      );
    }
  });

  test("has a script to remove everything only for tier local", () => {
    expect(environments.filter((one) => helmFiles(one).has("uninstall.sh")).map(({ tier }) => tier)).toEqual(
      environments.map(({ tier }) => tier).filter((tier) => tier === "local"),
    );
  });
});

describeWith("helm", "the chart of an export", (_, helm) => {
  test.each(environments)("creates the custom resources of $name", (environment) => {
    const folder = written(environment);
    const objects = ["monitoring/platform", "erp/erp"].flatMap((path) => {
      const [layer = "", release] = path.split("/");
      const args = ["template", `${release}-signals`, join(folder, "charts/custom-resources"), "--namespace", layer];
      const printed = execFileSync(
        helm,
        [...args, "--values", join(folder, layer, `releases/${release}-signals.yaml`)],
        {
          encoding: "utf8",
          maxBuffer: 1 << 26,
        },
      );
      return documents(printed).map((one) => inNamespace(one, layer));
    });
    const isCustom = ([, { apiVersion }]: [string, Identified]) => apiVersion.startsWith("monitoring.coreos.com/");
    expect(Object.entries(byIdentity(objects))).toEqual(Object.entries(deployedObjects(environment)).filter(isCustom));
  });
});

/** Runs the scripts with programs that record their arguments, in place of helm and kubectl. */
describe("the script", () => {
  const environment = {
    ...withExistingDsn(production),
    cluster: { ...production.cluster, context: `it's "$(whoami)" \\ \`id\`` },
  };

  test("applies everything to the context, with the waits and limits of Terraform", () => {
    const { status, calls } = run(environment, "install.sh");
    expect(status).toBe(0);
    const contexts = calls.filter(([, ...args]) => !["version"].includes(args[0] ?? ""));
    for (const [, flag, context] of contexts) {
      expect(flag).toMatch(/^--(kube-)?context$/);
      expect(context).toBe(environment.cluster.context);
    }
    expect(calls).toContainEqual([
      "helm",
      "--kube-context",
      environment.cluster.context,
      ..."upgrade --install grafana oci://ghcr.io/grafana-community/helm-charts/grafana --version".split(" "),
      expect.stringMatching(/^\d+\.\d+\.\d+$/),
      ..."--namespace grafana --timeout 600s --history-max 5 --values monitoring/releases/grafana.yaml".split(" "),
      ..."--atomic --cleanup-on-fail".split(" "),
    ]);
    const waited = calls.filter((call) => call.includes("rollout")).map((call) => call[7]);
    expect(waited).toEqual(expect.arrayContaining(["deployment/erp-api", "deployment/erp-worker"]));
  });

  test("installs charts from the folder in CHARTS", () => {
    const { calls } = run(environment, "install.sh", { CHARTS: root });
    const charts = calls
      .filter(([program, , , action]) => program === "helm" && action === "upgrade")
      .map((call) => call[6]);
    expect(charts).toHaveLength(8);
    for (const chart of charts)
      expect(chart).toMatch(new RegExp(`^(${root}/.*-\\d+\\.\\d+\\.\\d+\\.tgz|charts/custom-resources)$`));
  });

  test("needs CHARTS if the mirror of the charts is a folder", () => {
    const mirrored = { ...environment, mirrors: { charts: "charts" } };
    const { status, output } = run(mirrored, "install.sh");
    expect(status).toBe(1);
    expect(output).toMatch(/Set CHARTS to the folder that contains prometheus-operator-crds-\d+\.\d+\.\d+\.tgz\./);
    expect(run(mirrored, "install.sh", { CHARTS: root }).status).toBe(0);
  });

  test("stops before the monitoring with every missing Secret and key, and the commands that create them", () => {
    const { status, output, calls } = run(
      environment,
      "install.sh",
      {},
      "if [[ $* == *grafana-admin* ]]; then echo exists; fi",
    );
    expect(status).toBe(1);
    expect(output).toContain("grafana/grafana-admin (Grafana's administrator) has no value for the key admin-user");
    expect(output).toContain("erp/erp-redis (the ERP's URL of Redis) does not exist");
    expect(output).toMatch(/kubectl --context .* -n erp create secret generic erp-redis --from-file=url=<file>/);
    expect(calls.filter(([program]) => program === "helm").map((call) => call[5])).toEqual([
      undefined,
      "prometheus-operator-crds",
    ]);
  });

  test("deletes a Job only if the cluster refuses to change it", () => {
    const deleted = ({ calls }: ReturnType<typeof run>) => calls.some((call) => call.includes("delete"));
    const dryRun = (error: string) => `if [[ $* == *dry-run* ]]; then echo "${error}" >&2; exit 1; fi; ${everySecret}`;
    const changed = run(environment, "install.sh", {}, dryRun("spec.template: Invalid value: field is immutable"));
    expect(deleted(changed)).toBe(true);
    expect(changed.status).toBe(0);
    expect(deleted(run(environment, "install.sh"))).toBe(false);
    const unreachable = run(environment, "install.sh", {}, dryRun("connection refused"));
    expect(deleted(unreachable)).toBe(false);
    expect(unreachable.status).toBe(1);
    expect(unreachable.output).toContain("connection refused");
  });

  test.each([
    ["v4.0.1", "v1.33.0", "needs Helm 3.13 or a later version of Helm 3, and helm is v4.0.1"],
    ["v3.12.3", "v1.33.0", "needs Helm 3.13 or a later version of Helm 3, and helm is v3.12.3"],
    ["v3.18.6", "v1.21.14", "needs kubectl 1.22 or later, and kubectl is v1.21.14"],
  ])("refuses helm %s with kubectl %s before it changes anything", (helm, kubectl, reason) => {
    const { status, output, calls } = run(environment, "install.sh", { HELM: helm, KUBECTL: kubectl });
    expect(status).toBe(1);
    expect(output).toContain(reason);
    expect(calls.every((call) => call[1] === "version")).toBe(true);
  });

  test("of tier local removes releases before the objects and namespaces that they use", () => {
    const { status, calls } = run(local, "uninstall.sh");
    expect(status).toBe(0);
    const last = calls.at(-1) ?? [];
    expect(last).toEqual(expect.arrayContaining(["delete", "base/namespaces.yaml"]));
    expect(calls.filter(([program]) => program === "helm")).toHaveLength(8);
  });
});

describe("the folder of an export", () => {
  const write = (environment: Environment, folder: string, target = "helm") =>
    exportEnvironment(environment, [environment], { folder, for: target });
  const printed: string[] = [];

  beforeEach(() => {
    printed.length = 0;
    jest.spyOn(console, "log").mockImplementation((line) => printed.push(line));
  });

  afterEach(() => jest.restoreAllMocks());

  test("is written equally twice, and then contains exactly the files of the second export and those of others", async () => {
    const folder = join(root, "twice");
    await write(local, folder);
    const first = contents(folder);
    await write(local, folder);
    expect(contents(folder)).toEqual(first);
    expect(statSync(join(folder, "install.sh")).mode & 0o111).toBe(0o111);

    writeFileSync(join(folder, "own.yaml"), "mine");
    await write({ ...local, grafana: { mode: "off" } }, folder);
    const second = contents(folder);
    expect(second.get("own.yaml")).toBe("mine");
    expect(second.has("monitoring/releases/grafana.yaml")).toBe(false);
    expect(printed).toContain("deleted: monitoring/releases/grafana.yaml");
    rmSync(join(folder, "own.yaml"));
    const listed = JSON.parse(second.get("export.json") ?? "").files;
    expect([...contents(folder).keys()].sort()).toEqual([...listed, "export.json"].sort());
  });

  test("is refused if it contains something else, together with all other faults, and nothing is written", async () => {
    const folder = join(root, "foreign");
    mkdirSync(folder);
    writeFileSync(join(folder, "notes.txt"), "mine");
    const refused = write(staging, folder, "ansible");
    await expect(refused).rejects.toThrow(/^3 faults; nothing was written:/);
    await expect(refused).rejects.toThrow("--for: must be one of: helm, got ansible");
    await expect(refused).rejects.toThrow(`${folder}: must be empty, or contain an earlier export`);
    await expect(refused).rejects.toThrow("config/staging.ts: erp.sentry.mode: must not be managed in an export");
    expect([...contents(folder)]).toEqual([["notes.txt", "mine"]]);
  });

  test("is refused if it contains the export of another environment", async () => {
    const folder = join(root, "other");
    await write(local, folder);
    const other = withExistingDsn(existing);
    await expect(write(other, folder)).rejects.toThrow(
      `${folder}: must contain an export of ${other.name} for helm, or no export, got local for helm`,
    );
  });

  test("is refused if the export would overwrite a file of others", async () => {
    const folder = join(root, "overwritten");
    await write({ ...local, grafana: { mode: "off" } }, folder);
    writeFileSync(join(folder, "monitoring/releases/grafana.yaml"), "mine");
    await expect(write(local, folder)).rejects.toThrow(`${folder}/monitoring/releases/grafana.yaml: must not exist`);
    expect(contents(folder).get("monitoring/releases/grafana.yaml")).toBe("mine");
  });

  test.each(["../outside", "/etc/outside", "a/../../outside"])(
    "is refused if its list contains the path %s",
    async (path) => {
      const folder = mkdtempSync(join(root, "edited-"));
      writeFileSync(join(folder, "export.json"), JSON.stringify({ environment: "local", for: "helm", files: [path] }));
      await expect(write(local, folder)).rejects.toThrow("must be empty, or contain an earlier export");
    },
  );
});

test("a placeholder in tier production is a fault of the export, unless only Terraform reads it", async () => {
  const environment = withExistingDsn(production);
  const refused = exportEnvironment(environment, [environment], { folder: join(root, "placeholder"), for: "helm" });
  await expect(refused).rejects.toThrow("config/production.ts: runbookBaseUrl: must not be a placeholder");
  await expect(refused).rejects.not.toThrow("config/production.ts: state.bucket");
  expect(existsSync(join(root, "placeholder"))).toBe(false);
});

function withExistingDsn(environment: Environment): Environment {
  const { sentry } = environment.erp;
  if (sentry.mode !== "managed") return environment;
  const own = { ...sentry, mode: "existing" as const, secret: { name: "sentry", key: "dsn" } };
  return { ...environment, erp: { ...environment.erp, sentry: own } };
}

interface Identified {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

type Texts = ReadonlyMap<string, string>;

function helmFiles(environment: Environment, own = stacksOf(environment)): Texts {
  const found = layersOf(own);
  return new Map([...exporters.helm(environment, found)].map(([path, { text }]) => [path, text]));
}

function stacksOf({ name }: Environment): readonly Stack[] {
  return stacks.filter((stack) => stackName(stack.name).environment === name);
}

const isValues = (path: string) => path.includes("/releases/");

/** The objects in the manifests of an export, without the templates of the chart. */
function objectsIn(files: Texts): readonly Identified[] {
  return [...files].flatMap(([path, text]) =>
    /^(base|monitoring|erp)\/.*\.yaml$/.test(path) && !isValues(path) ? documents(text) : [],
  );
}

function documents(text: string): readonly Identified[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((one) => one !== null);
}

function valuesOf(files: Texts) {
  return [...files]
    .filter(([path]) => isValues(path))
    .map(([path, text]) => ({ name: path.replace(/.*\/|\.yaml$/g, ""), values: parse(text) ?? {} }));
}

/** The chart, the version and the namespace with which the script installs a release. */
function installed(files: Texts, release: string) {
  const line = new RegExp(`^(?:chart_)?release ${release} (\\S+) (\\S+) (\\S+) \\S+ (.*)$`, "m");
  const [, namespace, timeout, history, chart] = line.exec(files.get("install.sh") ?? "") ?? [];
  return { name: release, namespace, timeout, history, chart };
}

function deployedObjects(environment: Environment): Record<string, Identified> {
  const objects = stacksOf(environment).flatMap(({ resources }) =>
    resources.flatMap((resource): Identified[] => {
      const { type, arguments: given } = resource;
      if (type !== "helm_release") return [manifest(resource).content as Identified];
      const { resources: custom = {} } = JSON.parse((given.values as string[])[0] ?? "{}");
      const isOwn = String(given.chart).startsWith("./assets/");
      return isOwn
        ? Object.values(custom as Record<string, Identified>).map((one) => inNamespace(one, String(given.namespace)))
        : [];
    }),
  );
  return byIdentity(objects);
}

function deployedReleases(environment: Environment) {
  return stacksOf(environment).flatMap(({ resources }) =>
    resources
      .filter(({ type }) => type === "helm_release")
      .map(({ arguments: given }) => ({
        name: given.name,
        namespace: given.namespace,
        timeout: `${given.timeout}s`,
        history: String(given.max_history),
        chart: String(given.chart).startsWith("./assets/")
          ? "charts/custom-resources"
          : `${given.repository} ${given.chart} ${given.version}`,
        values: JSON.parse((given.values as string[])[0] ?? "{}"),
      })),
  );
}

function inNamespace(one: Identified, namespace: string): Identified {
  return { ...one, metadata: { ...one.metadata, namespace } };
}

/** The objects by kind, namespace and name, of which each may occur only once. */
function byIdentity(objects: readonly Identified[]): Record<string, Identified> {
  const entries = objects.map((one): [string, Identified] => [
    `${one.apiVersion} ${one.kind} ${one.metadata.namespace ?? ""}/${one.metadata.name}`,
    one,
  ]);
  expect(new Set(entries.map(([identity]) => identity)).size).toBe(entries.length);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function sorted<T>(items: readonly T[]): readonly T[] {
  return [...items].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

function written(environment: Environment, own?: readonly Stack[]): string {
  const folder = mkdtempSync(join(root, `${environment.name}-`));
  for (const [path, text] of helmFiles(environment, own)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: 0o755 });
  }
  return folder;
}

function contents(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

/** The answer of kubectl about a Secret that exists with every key. */
const everySecret = `if [[ $* == *"get secret"* ]]; then printf '%s\\n' exists $(<"$KEYS"); fi`;

/**
 * Runs a script of an export.
 * @param kubectl the commands of bash that kubectl runs
 */
function run(environment: Environment, script: string, variables: Record<string, string> = {}, kubectl = everySecret) {
  const folder = written(environment, synthesizedStacks([environment]));
  const [programs, log] = [join(folder, "programs"), join(folder, "calls.jsonl")];
  mkdirSync(programs);
  const record = `#!/usr/bin/env bash
printf '%s\\0' "$(basename "$0")" "$@" >>"$CALLS"; printf '\\n\\0' >>"$CALLS"
`;
  writeFileSync(join(programs, "helm"), `${record}if [[ $1 == version ]]; then echo "$HELM"; fi\n`, { mode: 0o755 });
  const version = `if [[ $1 == version ]]; then printf 'clientVersion:\\n  gitVersion: %s\\n' "$KUBECTL"; exit; fi\n`;
  writeFileSync(join(programs, "kubectl"), `${record}${version}${kubectl}\n`, { mode: 0o755 });
  const keys = join(folder, "keys");
  writeFileSync(
    keys,
    requiredSecrets(environment)
      .flatMap((secret) => secret.keys)
      .join("\n"),
  );
  const { status, stdout, stderr } = spawnSync("bash", [join(folder, script)], {
    encoding: "utf8",
    env: {
      HELM: "v3.18.6",
      KUBECTL: "v1.33.0",
      KEYS: keys,
      CALLS: log,
      ...variables,
      PATH: [programs, process.env.PATH].join(delimiter),
    },
  });
  const calls = readFileSync(log, "utf8")
    .split("\n\0")
    .filter((call) => call !== "")
    .map((call) => call.split("\0").slice(0, -1));
  return { status, output: stdout + stderr, calls };
}
