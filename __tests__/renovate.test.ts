import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { charts, images, providers } from "../settings/versions";

const root = join(__dirname, "..");
const text = (path: string) => readFileSync(join(root, path), "utf8");
const [manager] = JSON.parse(text("renovate.json")).customManagers;

/** The result of Renovate's regex manager: the named groups of every match in a file. */
function matchesIn(path: string): Record<string, string | undefined>[] {
  const [file] = manager.managerFilePatterns.map((pattern: string) => new RegExp(pattern.slice(1, -1)));
  const [match] = manager.matchStrings;
  return file.test(path) ? [...text(path).matchAll(new RegExp(match, "g"))].map(({ groups }) => ({ ...groups })) : [];
}

test("Renovate finds every chart with its repository", () => {
  for (const { name, version, repository } of Object.values(charts)) {
    const [datasource, depName, registryUrl] = repository.startsWith("oci://")
      ? ["docker", `${repository.slice("oci://".length)}/${name}`]
      : ["helm", name, repository];
    expect(matchesIn("settings/versions.ts")).toContainEqual({
      datasource,
      depName,
      registryUrl,
      currentValue: version,
    });
  }
});

test("Renovate finds every image with its repository and tag", () => {
  for (const image of Object.values(images)) {
    const [depName, currentValue] = image.split(":");
    expect(matchesIn("settings/versions.ts")).toContainEqual({ datasource: "docker", depName, currentValue });
  }
});

test("Renovate finds every provider with its source", () => {
  for (const { source, version } of Object.values(providers)) {
    expect(matchesIn("settings/versions.ts")).toContainEqual({
      datasource: "terraform-provider",
      depName: source,
      currentValue: version,
    });
  }
});

test("Renovate finds only charts, images and providers in settings/versions.ts", () => {
  const pins = [charts, images, providers].flatMap((of) => Object.keys(of));
  expect(matchesIn("settings/versions.ts")).toHaveLength(pins.length);
});

test("an update of Renovate gets the files that follow from it, and Renovate still updates the branch", () => {
  const { gitIgnoredAuthors } = JSON.parse(text("renovate.json"));
  const { on: events, jobs } = parse(text(".github/workflows/renovate.yml"));
  expect(events).toEqual({ push: { branches: ["renovate/**"] } });
  const commands = (job: { readonly steps: readonly { readonly run?: string }[] }) =>
    job.steps.map(({ run = "" }) => run).join("\n");
  expect(commands(jobs.files)).toMatch(/npm run render\n.*npm run evidence -- local --outdated/s);
  // The job that runs updated programs may not write, and the job that writes runs no program of the branch.
  expect([jobs.files.permissions, jobs.commit.permissions.contents]).toEqual([undefined, "write"]);
  expect(commands(jobs.commit)).not.toMatch(/npm|npx|node /);
  expect(commands(jobs.commit)).toContain(`user.email "${gitIgnoredAuthors[0]}"`);
  expect(commands(jobs.commit)).toContain("gh workflow run pull-request.yml");
  expect(parse(text(".github/workflows/pull-request.yml")).on).toHaveProperty("workflow_dispatch");
});

test.each(["postgres", "elasticsearch"])(
  "an update of the %s exporter changes its image and its program together",
  (name) => {
    const image = Object.values(images).find((one) => one.includes(`/${name}-exporter:`));
    const [, module] =
      text(`tools/${name.replace("postgres", "postgresql")}-exporter/go.mod`).match(/(\S+_exporter) v/) ?? [];
    const { packageRules } = JSON.parse(text("renovate.json"));
    expect(packageRules).toContainEqual(
      expect.objectContaining({
        matchPackageNames: [image?.split(":")[0], module],
        groupName: `${name}_exporter`,
        dependencyDashboardApproval: false,
      }),
    );
  },
);

const { kubePrometheusStack, loki, promtail, blackboxExporter } = charts;

test.each([
  ["prometheus", "github.com/prometheus/prometheus", kubePrometheusStack.programs.prometheus],
  ["alertmanager", "github.com/prometheus/alertmanager", kubePrometheusStack.programs.alertmanager],
  [
    "config-reloader",
    "github.com/prometheus-operator/prometheus-operator",
    kubePrometheusStack.programs.prometheusConfigReloader,
  ],
  ["loki", "github.com/grafana/loki/v3", loki.appVersion],
  ["loki", "github.com/grafana/loki/v3", loki.programs.lokiCanary],
  ["promtail", "github.com/grafana/loki/v3", promtail.appVersion],
  ["blackbox-exporter", "github.com/prometheus/blackbox_exporter", blackboxExporter.appVersion],
  ["postgresql-exporter", "github.com/prometheus-community/postgres_exporter", images.postgresExporter],
  ["elasticsearch-exporter", "github.com/prometheus-community/elasticsearch_exporter", images.elasticsearchExporter],
])("the program in tools/%s, %s, is the one that is deployed: %s", (folder, module, deployed) => {
  const [, pinned = ""] = text(`tools/${folder}/go.mod`).match(`${module} v(\\S+)`) ?? [];
  // Prometheus 3.14.0 is the Go module v0.314.0.
  const version = pinned.replace(/^0\.([1-9])(\d\d)\./, (_, major, minor) => `${major}.${Number(minor)}.`);
  expect(version).toBe(deployed.replace(/^.*:/, "").replace(/^v/, ""));
});

test("Renovate pins base images to digests, but not the images of environments, for which its manager has no place", () => {
  const { extends: presets, packageRules } = JSON.parse(text("renovate.json"));
  expect(presets).toContain("docker:pinDigests");
  expect(packageRules).toContainEqual(
    expect.objectContaining({ matchFileNames: ["settings/versions.ts"], pinDigests: false }),
  );
  expect(manager.matchStrings.join()).not.toContain("currentDigest");
});

test("requirements of the ERP contain the command that compiled them, in a form that Renovate can run", () => {
  const paths = readdirSync(join(root, "erp"), { recursive: true, encoding: "utf8" });
  const compiled = paths.filter((path) => /^(?!\.venv)(.*\/)?requirements[\w-]*\.txt$/.test(path));
  expect(compiled).toContain("requirements.txt");
  for (const path of compiled) {
    const [name, command] = [basename(path, ".txt"), text(join("erp", path)).split("\n")[1]];
    expect(command).toBe(
      `#    uv pip compile --generate-hashes --python-version=3.11 --output-file=${name}.txt ${name}.in`,
    );
  }
});

test("a workflow pins each action to a commit, and states the version for Renovate", () => {
  const workflows = readdirSync(join(root, ".github/workflows")).map((name) => text(`.github/workflows/${name}`));
  const actions = workflows.flatMap((workflow) => workflow.match(/uses: (?!\.\/).*/g) ?? []);
  expect(actions.length).toBeGreaterThan(0);
  for (const action of actions) expect(action).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
