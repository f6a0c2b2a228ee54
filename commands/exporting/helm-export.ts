import type { Environment } from "../../settings/environment";
import { documentsText } from "../rendering/document";
import { valuesFile } from "../rendering/object-file";
import { ownChartFiles } from "./custom-resources-chart";
import type { ExportedFile } from "./export-folder";
import { installScript, uninstallScript } from "./helm-script";
import { type Layer, objectFiles } from "./layers";
import { readme } from "./readme";

/** An environment as manifests, values of charts, and a script that applies them with helm and kubectl. */
export function helmExport(environment: Environment, layers: readonly Layer[]): ReadonlyMap<string, ExportedFile> {
  return new Map<string, ExportedFile>([
    ["install.sh", { text: installScript(environment, layers), executable: true }],
    ...(environment.tier === "local"
      ? [["uninstall.sh", { text: uninstallScript(environment, layers), executable: true }] as const]
      : []),
    ["README.md", readme(environment, { target: "helm", ...sections(environment) })],
    ...ownChartFiles(),
    ...layers.flatMap(layerFiles),
  ]);
}

function sections({ name, tier }: Environment) {
  const remove =
    tier === "local"
      ? "`./uninstall.sh` deletes everything, with all data."
      : `Only by hand, because the namespaces contain data, and because all rules and monitors of the cluster depend on the CRDs: uninstall
the releases in the opposite order of \`install.sh\`, and delete the objects of \`erp/\`, \`monitoring/\` and \`base/\` with \`kubectl\`.
Helm keeps the CRDs.`;
  return {
    apply: `    ./install.sh

The script needs helm and kubectl, and uses the context of \`config/${name}.ts\`. It applies the namespaces and the CRDs, checks that the
Secrets exist, and stops with the commands that create them if they do not. Then it applies the monitoring and the ERP, and waits until
everything is ready. You can run it again at any time: after an upgrade, after a change, or after an interruption.

If the charts cannot be downloaded, set \`CHARTS\` to a folder with \`<chart>-<version>.tgz\` of every chart.

The script never deletes an object that a later export no longer contains, except those in releases (rules, monitors, probes, and the
objects of charts). Such an object is a deleted document in \`git diff\`: delete it with \`kubectl\`.`,
    remove,
  };
}

function layerFiles({ name, objects, releases, customResources }: Layer): [string, ExportedFile][] {
  return [
    ...[...objectFiles(objects)].map(([file, documents]): [string, ExportedFile] => [
      `${name}/${file}`,
      { text: documentsText(documents) },
    ]),
    ...[...releases, ...customResources].map((release): [string, ExportedFile] => [
      `${name}/${valuesFile(release.name)}`,
      { text: documentsText([{ content: release.values }]) },
    ]),
  ];
}
