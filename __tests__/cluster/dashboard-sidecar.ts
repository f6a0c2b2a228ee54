import { join } from "node:path";
import { releases } from "../../commands/charts/chart-releases";
import { findHelm } from "../../commands/charts/helm";
import { type Manifest, manifests } from "../../commands/charts/manifests";
import { synthesizedStacks } from "../../commands/synthesized-stacks";
import { local } from "../fixtures/local";
import { testNamespace } from "./deployed-mark";
import { ask, charts, kubectl, kubectlWith, pythonImage } from "./kubernetes";
import { program } from "./webhook";

/** The files and calls of the sidecar so far. */
export interface SidecarState {
  /** The content of each file, by its path in the folder of dashboards. */
  readonly files: Readonly<Record<string, string>>;
  /** How often the sidecar has called Grafana. It must not, because it has no password. */
  readonly calls: number;
}

/**
 * Installs what Grafana's chart renders for `local`, in the namespace of the tests, with the real sidecar and its
 * permissions. A small program replaces Grafana.
 */
export async function installGrafana(): Promise<readonly Manifest[]> {
  const rendered = (await grafanaManifests()).map(withoutServer);
  kubectlWith(list([...rendered, adminSecret]), "apply", "-f", "-");
  kubectl("-n", testNamespace, "rollout", "status", "deployment/grafana", "--timeout=180s");
  return rendered;
}

export function uninstallGrafana(rendered: readonly Manifest[]): void {
  kubectlWith(list([...rendered, adminSecret]), "delete", "--ignore-not-found", "-f", "-");
}

/** The files that the sidecar has written so far, and how often it has called Grafana. */
export function sidecarState(): SidecarState {
  return ask<SidecarState>(testNamespace, "grafana:80", "/written");
}

async function grafanaManifests(): Promise<readonly Manifest[]> {
  const helm = findHelm();
  if ("missing" in helm) throw new Error(`this needs helm, ${helm.missing}`);
  const [release] = releases(synthesizedStacks([local])).filter(({ name }) => name === "grafana");
  if (release === undefined) throw new Error("local has no release of Grafana");
  const { name, version } = release.chart;
  const installed = { ...release, namespace: testNamespace };
  const rendered = await manifests(helm, installed, join(charts, `${name}-${version}.tgz`));
  if ("error" in rendered) throw new Error(rendered.error);
  return rendered;
}

/** The manifest with a small program in place of Grafana, whose image is not available on every test cluster. */
function withoutServer(manifest: Manifest): Manifest {
  if (manifest.kind !== "Deployment") return manifest;
  const standIn = { image: pythonImage, command: ["python3", "-c", program("grafana")] };
  const containers = manifest.spec.template.spec.containers.map((container: { readonly name: string }) =>
    container.name === "grafana" ? { ...container, ...standIn } : container,
  );
  const pod = { ...manifest.spec.template.spec, containers };
  return { ...manifest, spec: { ...manifest.spec, template: { ...manifest.spec.template, spec: pod } } };
}

const adminSecret = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { namespace: testNamespace, name: "grafana-admin" },
  stringData: { "admin-user": "admin", "admin-password": "only-for-the-test" },
};

function list(items: readonly object[]): string {
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}
