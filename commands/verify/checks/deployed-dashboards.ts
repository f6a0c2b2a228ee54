import { namespaces } from "../../../settings/addresses";
import type { Environment } from "../../../settings/environment";
import type { Check } from "../check";
import { namespacesOf } from "../deployment";
import { differences } from "../differences";
import { type ExpectedObject, objectName } from "../expected-objects";
import { type ExistingObject, listsInventory } from "../inventory";

/** A ConfigMap. Only the fields that we read are listed. @see https://kubernetes.io/docs/reference/kubernetes-api/ */
interface ConfigMap extends ExistingObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    /** The annotations, of which one names the folder in Grafana. @default none */
    readonly annotations?: Readonly<Record<string, string>>;
  };
  /** The contents of the files, by their names. @default none */
  readonly data?: Readonly<Record<string, string>>;
}

/** Grafana's sidecar copies these ConfigMaps. */
export const deployedDashboards: Check = {
  id: "deployed-dashboards",
  title: "the ConfigMap of every dashboard has our content and its folder",
  permissions: (_, environment) => listsInventory(namespacesOf(environment)),
  without: withoutGrafana,
  async run(deployment) {
    const expected = deployment.objects.filter(isDashboard);
    const placed = [...new Set(expected.map(({ metadata }) => metadata.namespace ?? namespaces.grafana))];
    const lists = await Promise.all(placed.map((namespace) => deployment.list<ConfigMap>("ConfigMap", namespace)));
    const found = new Map(lists.flat().map((one) => [objectName(one), one]));
    const failures = expected.flatMap((object) => {
      const existing = found.get(objectName(object));
      // The check of the objects reports those that do not exist.
      const changed =
        existing &&
        differences(content(object.manifest as unknown as ConfigMap), content(existing), "extra fields count");
      return changed ? [{ where: objectName(object), ...changed, runbook: "changed-object" }] : [];
    });
    return { failures, extent: `${expected.length} dashboards` };
  },
};

export function withoutGrafana({ grafana }: Environment): string | undefined {
  return grafana.mode === "off" ? "`grafana.mode` is off" : undefined;
}

function isDashboard({ kind, metadata }: ExpectedObject): boolean {
  return kind === "ConfigMap" && metadata.name.startsWith("dashboard-");
}

/** The dashboards by the names of their files, and their folder. */
function content({ metadata: { annotations = {} }, data = {} }: ConfigMap) {
  const models = Object.entries(data).map(([file, text]) => [file, parse(text)]);
  return { folder: annotations.grafana_folder, ...Object.fromEntries(models) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
