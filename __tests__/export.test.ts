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
import type { Given } from "../commands/command";
import { exportEnvironment } from "../commands/export";
import { exportFaults } from "../commands/exporting/export-faults";
import { exporters } from "../commands/exporting/exporters";
import { layersOf } from "../commands/exporting/layers";
import type { Target } from "../commands/exporting/target";
import type { Stack } from "../commands/read-stack";
import { manifest } from "../commands/rendering/manifest";
import { isInCluster, stackName } from "../commands/stack-name";
import { synthesizedStacks } from "../commands/synthesized-stacks";
import { type Environment, environment as environmentSchema } from "../settings/environment";
import { signals } from "../signals";
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
      const ofOwnChart = valuesOf(files).filter(
        ({ name }) => installed(files, name).chart === "charts/custom-resources",
      );
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
  test("is installed by a script that accepts this version of Helm", () => {
    const version = execFileSync(helm, ["version", "--template", "{{.Version}}"], { encoding: "utf8" });
    expect(run(withExistingDsn(production), "install.sh", { HELM: version }).status).toBe(0);
  });

  test.each(environments)("creates the custom resources of $name", (environment) => {
    const folder = written(environment);
    const own = stacksOf(environment).flatMap(({ name, resources }) =>
      resources
        .filter(({ arguments: { chart } }) => String(chart).startsWith("./assets/"))
        .map(({ arguments: given }) => ({ layer: stackName(name).layer, ...given }) as unknown as OwnRelease),
    );
    expect(own.length).toBeGreaterThanOrEqual(2);
    const objects = own.flatMap(({ layer, name, namespace }) => {
      const values = join(folder, layer, `releases/${name}.yaml`);
      const args = ["template", name, join(folder, "charts/custom-resources"), "--namespace", namespace];
      const printed = execFileSync(helm, [...args, "--values", values], { encoding: "utf8", maxBuffer: 1 << 26 });
      return documents(printed).map((one) => inNamespace(one, namespace));
    });
    const isCustom = ([, { apiVersion }]: [string, Identified]) => apiVersion.startsWith("monitoring.coreos.com/");
    expect(Object.entries(byIdentity(objects))).toEqual(Object.entries(deployedObjects(environment)).filter(isCustom));
  });
});

describe.each([
  [
    "flux",
    {
      keep: { "kustomize.toolkit.fluxcd.io/prune": "disabled" },
      replace: { "kustomize.toolkit.fluxcd.io/force": "enabled" },
    },
  ],
  [
    "argocd",
    {
      keep: { "argocd.argoproj.io/sync-options": "Prune=false,Delete=false" },
      replace: { "argocd.argoproj.io/sync-options": "Force=true,Replace=true" },
    },
  ],
] as const)("an export for %s", (target, { keep, replace }) => {
  test.each(environments)(
    "of $name contains every object of the stacks and its content, and no other",
    (environment) => {
      const exported = byIdentity(objectsIn(filesFor(target, environment)).filter((one) => !isOfProgram(one)));
      const wanted = Object.entries(deployedObjects(environment)).map(([identity, one]) => {
        const kept = ["Namespace", "PersistentVolumeClaim"].includes(one.kind);
        return [identity, withAnnotations(one, kept ? keep : one.kind === "Job" ? replace : {})];
      });
      expect(exported).toEqual(Object.fromEntries(wanted));
    },
  );

  test.each(environments)(
    "of $name installs every release of the stacks with its chart, version and values",
    (environment) => {
      const files = filesFor(target, environment);
      const charts = deployedReleases(environment).filter(({ chart }) => chart !== "charts/custom-resources");
      const wanted = target === "flux" ? charts : charts.map(({ timeout: _, history: __, ...one }) => one);
      expect(sorted(target === "flux" ? fluxReleases(files) : argocdReleases(files))).toEqual(sorted(wanted));
    },
  );

  test.each(environments)("of $name lists every Secret that must exist", (environment) => {
    const page = filesFor(target, environment).get("README.md");
    for (const { namespace, name } of requiredSecrets(environment)) expect(page).toContain(`\`${namespace}/${name}\``);
  });
});

describeWith("manifests", "the fields of every object", (_, path) => {
  /** Expects that the program accepts all objects. It prints the reasons for a refusal. */
  const expectAccepted = (objects: readonly object[]) => {
    const input = objects.map((one) => JSON.stringify(one)).join("\n---\n");
    const { status, stdout } = spawnSync(path, [], { input, encoding: "utf8", maxBuffer: 1 << 26 });
    expect(stdout).toContain(`${objects.length} accepted, 0 refused`);
    expect(status).toBe(0);
  };
  // The program knows no other custom resources.
  const isKnown = ({ apiVersion }: Identified) => !/^(monitoring\.coreos\.com|kustomize\.config)/.test(apiVersion);

  test.each(environments)(
    "of $name are known to Kubernetes and Flux, and have values of the right type",
    (environment) => {
      const files = filesFor("flux", environment);
      const entry = ["sources.yaml", "layers.yaml"].flatMap((file) => documents(files.get(file) ?? ""));
      const objects = [...entry, ...objectsIn(files), ...objectsOfReleases(files)].filter(isKnown);
      expect(objects.length).toBeGreaterThan(50);
      expectAccepted(objects);
    },
  );

  test.each([
    ["an unknown field", { apiVersion: "v1", kind: "Service", spec: { prots: [] } }, 'unknown field "spec.prots"'],
    ["a text that must be a number", { apiVersion: "apps/v1", kind: "Deployment", spec: { replicas: "2" } }, "string"],
    [
      "an unknown field of Flux",
      { apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease", spec: { interval: "1h", maxHistroy: 5 } },
      'unknown field "spec.maxHistroy"',
    ],
  ])("are refused with %s", (__, object, reason) => {
    const { status, stdout } = spawnSync(path, [], { input: JSON.stringify(object), encoding: "utf8" });
    expect(stdout).toContain(reason);
    expect(status).toBe(1);
  });
});

describe("the Kustomizations of Flux", () => {
  const files = () => filesFor("flux", environments[0] as Environment);
  const layers = (texts: Texts) => documents(texts.get("layers.yaml") ?? "") as FluxKustomization[];

  test("wait for each other in the order in which the stacks depend on each other", () => {
    const order = layers(files()).map(({ metadata, spec }) => [metadata.name, spec.dependsOn, spec.wait, spec.path]);
    expect(order).toEqual([
      ["erp-observability-base", undefined, true, "./deploy/shop/base"],
      ["erp-observability-monitoring", [{ name: "erp-observability-base" }], true, "./deploy/shop/monitoring"],
      ["erp-observability-erp", [{ name: "erp-observability-monitoring" }], true, "./deploy/shop/erp"],
    ]);
  });

  test("wait at least as long as their releases may take", () => {
    for (const { spec } of layers(files())) expect(Number.parseInt(spec.timeout, 10)).toBeGreaterThanOrEqual(600);
  });

  test("leave everything in the cluster if they are deleted, except in tier local", () => {
    const policies = environments.map((one) => [one.tier, layers(filesFor("flux", one))[0]?.spec.deletionPolicy]);
    for (const [tier, policy] of policies) expect(policy).toBe(tier === "local" ? undefined : "Orphan");
  });

  test("list every file of their folder, and no other", () => {
    const texts = files();
    for (const folder of ["base", "monitoring", "erp"]) {
      const inFolder = [...texts.keys()].filter((path) => path.startsWith(`${folder}/`));
      const list = parse(texts.get(`${folder}/kustomization.yaml`) ?? "").resources;
      expect([...list.map((path: string) => `${folder}/${path}`), `${folder}/kustomization.yaml`].sort()).toEqual(
        inFolder.sort(),
      );
    }
    expect(parse(texts.get("kustomization.yaml") ?? "").resources).toEqual(["sources.yaml", "layers.yaml"]);
  });

  test("never delete the release of the CRDs", () => {
    const release = parse(files().get("base/releases/prometheus-operator-crds.yaml") ?? "");
    expect(release.metadata.annotations).toEqual({ "kustomize.toolkit.fluxcd.io/prune": "disabled" });
    expect(release.spec).toMatchObject({ install: { crds: "CreateReplace" }, upgrade: { crds: "CreateReplace" } });
  });
});

describe("the Applications of Argo CD", () => {
  const applications = () =>
    [...filesFor("argocd", environments[0] as Environment)]
      .filter(([path]) => path.startsWith("applications/"))
      .map(([, text]) => parse(text) as Application);

  test("are synced in waves: objects before releases, in the order in which the stacks depend on each other", () => {
    const waves: string[][] = [];
    for (const { metadata } of applications()) {
      const wave = Number(metadata.annotations?.["argocd.argoproj.io/sync-wave"]);
      waves[wave] = [...(waves[wave] ?? []), metadata.name.replace("erp-observability-", "")].sort();
    }
    expect(waves).toEqual([
      ["base"],
      ["prometheus-operator-crds"],
      ["monitoring"],
      ["blackbox-exporter", "grafana", "kube-prometheus-stack", "loki", "promtail"],
      ["erp"],
    ]);
  });

  test("are found by the root in its folder, and find the objects of their layers", () => {
    const root = parse(filesFor("argocd", environments[0] as Environment).get("root.yaml") ?? "") as Application;
    const paths = [root, ...applications()].flatMap(({ spec }) => spec.source.path ?? []);
    expect(paths.sort()).toEqual(
      ["applications", "base", "erp", "monitoring"].map((folder) => `deploy/shop/${folder}`),
    );
    expect(root.spec.source).toMatchObject({ repoURL: "https://git.shop.test/deploy.git", targetRevision: "main" });
  });

  test("delete nothing with themselves, and no CRD", () => {
    for (const { metadata, spec } of applications()) {
      expect(metadata).not.toHaveProperty("finalizers");
      expect(spec.syncPolicy.automated.prune).toBe(!metadata.name.endsWith("-crds"));
      expect(spec.syncPolicy.syncOptions).toContain("ServerSideApply=true");
    }
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
    const [first] = calls.filter((call) => call.includes("apply"));
    expect(first?.slice(first.indexOf("--filename")).slice(0, 2)).toEqual(["--filename", "base/namespaces.yaml"]);
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
  const write = (environment: Environment, folder: string, target = "helm", more: Given = {}) =>
    exportEnvironment(environment, [environment], { folder, for: target, ...more });
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
    await expect(refused).rejects.toThrow("--for: must be one of: helm, flux, argocd, got ansible");
    await expect(refused).rejects.toThrow(`${folder}: must be empty, or contain an earlier export`);
    await expect(refused).rejects.toThrow("config/staging.ts: erp.sentry.mode: must not be managed in an export");
    expect([...contents(folder)]).toEqual([["notes.txt", "mine"]]);
  });

  test.each([staging, production])(
    "accepts $name after the change of the DSN that the page describes",
    (environment) => {
      const [, section = ""] = readFileSync("docs/gitops.md", "utf8").split("## Before the first export");
      const [, settings = ""] = /```ts\n([\s\S]*?)```/.exec(section) ?? [];
      const erp = { ...environment.erp, ...new Function(`return {${settings}}`)() };
      const changed: Environment = { ...environment, erp };
      expect(environmentSchema.safeParse(changed).error).toBeUndefined();
      const [before, after] = [environment, changed].map((one) => exportFaults(one, "flux").map(({ place }) => place));
      const dsn = `config/${environment.name}.ts: erp.sentry.mode`;
      expect(before).toContain(dsn);
      expect(after).toEqual(before?.filter((place) => place !== dsn));
      expect(signals(changed).faults).toEqual([]);
    },
  );

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

  test.each([
    ["flux", {}, "folder: must be a path below the root of the Git repository"],
    [
      "flux",
      { path: "../shop" },
      "--path: must be a path below the root of the Git repository that contains the export, got ../shop",
    ],
    ["argocd", { path: "shop" }, "--repository: must be the address of the Git repository"],
    ["argocd", { path: "shop", repository: "https://me:secret@git.shop.test/x" }, "--repository: must be the address"],
    ["helm", { source: "shop" }, "--source: must not be given, because an export for helm does not use it"],
    ["flux", { path: "shop", repository: "https://git.shop.test/x" }, "--repository: must not be given"],
  ])("is refused for %s with %j", async (target, more, fault) => {
    const folder = join(root, "refused");
    const refused = write(local, folder, target, more);
    await expect(refused).rejects.toThrow(fault);
    await expect(refused).rejects.not.toThrow("secret@");
    expect(existsSync(folder)).toBe(false);
  });

  test("is refused for a program in the cluster if the mirror of the charts is a folder of this machine", async () => {
    const mirrored = { ...local, mirrors: { charts: "charts" } };
    await expect(write(mirrored, join(root, "mirrored"), "flux", { path: "shop" })).rejects.toThrow(
      'config/local.ts: mirrors.charts: must be the address of a repository in an export for flux, which runs in the cluster, got "charts"',
    );
  });

  test("contains the same bytes for flux and argocd when it is written twice", async () => {
    for (const [target, more] of [
      ["flux", {}],
      ["argocd", { repository: "git@git.shop.test:deploy.git" }],
    ] as const) {
      const folder = join(root, `twice-${target}`);
      await write(local, folder, target, { path: "shop", ...more });
      const first = contents(folder);
      await write(local, folder, target, { path: "shop", ...more });
      expect(contents(folder)).toEqual(first);
    }
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

/** Objects of Flux, Kustomize and Argo CD, with the fields that the tests read. */
interface FluxKustomization extends Identified {
  readonly spec: {
    readonly dependsOn?: object;
    readonly wait: boolean;
    readonly path: string;
    readonly timeout: string;
    readonly deletionPolicy?: string;
  };
}

interface FluxSource extends Identified {
  readonly spec: { readonly url: string; readonly ref?: { readonly tag: string } };
}

interface FluxRelease extends Identified {
  readonly spec: {
    readonly releaseName: string;
    readonly targetNamespace: string;
    readonly storageNamespace: string;
    readonly timeout: string;
    readonly maxHistory: number;
    readonly chartRef?: { readonly kind: string; readonly name: string };
    readonly chart?: {
      readonly spec: {
        readonly chart: string;
        readonly version: string;
        readonly sourceRef: { readonly kind: string; readonly name: string };
      };
    };
    readonly values: unknown;
  };
}

interface Application extends Identified {
  readonly spec: {
    readonly source: {
      readonly repoURL: string;
      readonly targetRevision: string;
      readonly path?: string;
      readonly chart?: string;
      readonly helm?: { readonly releaseName: string; readonly valuesObject: unknown };
    };
    readonly destination: { readonly namespace?: string };
    readonly syncPolicy: { readonly automated: { readonly prune: boolean }; readonly syncOptions: readonly string[] };
  };
}

function isOfProgram({ apiVersion }: Identified): boolean {
  return /\.fluxcd\.io\/|^kustomize\.config|^argoproj\.io\//.test(apiVersion);
}

function withAnnotations(one: Identified, more: Readonly<Record<string, string>>): Identified {
  if (Object.keys(more).length === 0) return one;
  return { ...one, metadata: { ...one.metadata, annotations: { ...one.metadata.annotations, ...more } } };
}

/** The releases of Flux, with the repositories of the sources that they refer to. */
function fluxReleases(files: Texts) {
  const sources = documents(files.get("sources.yaml") ?? "") as FluxSource[];
  const source = (kind: string, name: string) =>
    sources.find((one) => one.kind === kind && one.metadata.name === name)?.spec;
  const releases = objectsOfReleases(files) as FluxRelease[];
  return releases.map(({ spec }) => {
    expect(spec.storageNamespace).toBe(spec.targetNamespace);
    const { chart, chartRef } = spec;
    const oci = chartRef && source(chartRef.kind, chartRef.name);
    const indexed = chart && source(chart.spec.sourceRef.kind, chart.spec.sourceRef.name);
    return {
      name: spec.releaseName,
      namespace: spec.targetNamespace,
      timeout: spec.timeout,
      history: String(spec.maxHistory),
      chart: oci
        ? `${oci.url.replace(/\/([^/]+)$/, " $1")} ${oci.ref?.tag}`
        : `${indexed?.url} ${chart?.spec.chart} ${chart?.spec.version}`,
      values: spec.values,
    };
  });
}

function argocdReleases(files: Texts) {
  const applications = [...files]
    .filter(([path]) => path.startsWith("applications/"))
    .map(([, text]) => parse(text) as Application);
  return applications
    .filter(({ spec }) => spec.source.chart !== undefined)
    .map(({ spec: { source, destination } }) => ({
      name: source.helm?.releaseName,
      namespace: destination.namespace,
      chart: `${source.repoURL.includes("://") ? "" : "oci://"}${source.repoURL} ${source.chart} ${source.targetRevision}`,
      values: source.helm?.valuesObject,
    }));
}

function objectsOfReleases(files: Texts): readonly Identified[] {
  return [...files].flatMap(([path, text]) => (isValues(path) ? documents(text) : []));
}

function withExistingDsn(environment: Environment): Environment {
  const { sentry } = environment.erp;
  if (sentry.mode !== "managed") return environment;
  const own = { ...sentry, mode: "existing" as const, secret: { name: "sentry", key: "dsn" } };
  return { ...environment, erp: { ...environment.erp, sentry: own } };
}

interface Identified {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** A release of the chart of an export. */
interface OwnRelease {
  readonly layer: string;
  readonly name: string;
  readonly namespace: string;
}

type Texts = ReadonlyMap<string, string>;

function helmFiles(environment: Environment, own?: readonly Stack[]): Texts {
  return filesFor("helm", environment, own);
}

const location = {
  path: "deploy/shop",
  repository: "https://git.shop.test/deploy.git",
  revision: "main",
  source: "shop",
};

function filesFor(target: Target, environment: Environment, own?: readonly Stack[]): Texts {
  if (own !== undefined) return exportedFiles(target, environment, own);
  return once(`${target} for ${environment.name}`, () => exportedFiles(target, environment, stacksOf(environment)));
}

function exportedFiles(target: Target, environment: Environment, own: readonly Stack[]): Texts {
  const files = exporters[target](environment, layersOf(own), location);
  return new Map([...files].map(([path, { text }]) => [path, text]));
}

/** The stacks of any environment, not only of `environments`. */
function ownStacks(environment: Environment): readonly Stack[] {
  return once(JSON.stringify(environment), () => synthesizedStacks([environment]));
}

const made = new Map<string, unknown>();

/** What a function makes. It is called only once for each key, however many tests need the result. */
function once<Value>(key: string, make: () => Value): Value {
  if (!made.has(key)) made.set(key, make());
  return made.get(key) as Value;
}

function stacksOf({ name }: Environment): readonly Stack[] {
  return stacks.filter((stack) => isInCluster(stack.name, name));
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
  return { ...one, metadata: { namespace, ...one.metadata } };
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
  const folder = written(environment, ownStacks(environment));
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
