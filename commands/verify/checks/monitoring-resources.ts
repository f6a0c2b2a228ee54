import { monitorLabels, namespaces } from "../../../settings/addresses";
import type { Check, Failure } from "../check";
import type { Deployment } from "../deployment";
import { differences } from "../differences";
import { objectName } from "../expected-objects";
import { pluralOf } from "../inventory";

const kinds = ["PrometheusRule", "ServiceMonitor", "PodMonitor", "Probe"] as const;

const plurals = kinds.map(pluralOf);

const group = "monitoring.coreos.com";

/** Prometheus loads every such object with our label, in all namespaces. */
export const monitoringResources: Check = {
  id: "monitoring-resources",
  title: "every rule object and monitor has our content, and no other object has our label",
  permissions: [{ group, resources: plurals, verbs: ["list"] }],
  async run(deployment) {
    const labelled = Object.entries(monitorLabels).map(([name, value]) => `${name}=${value}`);
    const resources = plurals.map((plural) => `${plural}.${group}`);
    const selector = `--selector=${labelled.join(",")}`;
    const found = await deployment.kubectl.list<Specified>(resources.join(","), "--all-namespaces", selector);
    const failures = kinds.flatMap((kind) =>
      failuresOf(
        kind,
        found.filter((one) => one.kind === kind),
        deployment,
      ),
    );
    return { failures, extent: `${found.length} objects` };
  },
};

/** An object with a specification. Only the fields that we read are listed. @see https://prometheus-operator.dev/docs/api-reference/api/ */
interface Specified {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: unknown;
}

function failuresOf(kind: string, found: readonly Specified[], { objects, releases }: Deployment): Failure[] {
  const expected = objects.filter((object) => object.kind === kind);
  const changed = expected.flatMap((object): Failure[] => {
    const where = objectName(object);
    const existing = found.find(({ metadata }) => objectName({ kind, metadata }) === where);
    // The check of the objects reports those that do not exist.
    const differing = existing && differences(object.manifest.spec, existing.spec, "extra fields are allowed");
    return differing ? [{ where, ...differing, runbook: "changed-object" }] : [];
  });
  const ofReleases = new Set(releases.map(({ namespace, name }) => `${namespace}/${name}`));
  const ours = new Set(expected.map(objectName));
  const unknown = found
    .filter(({ metadata }) => !ours.has(objectName({ kind, metadata })) && !ofReleases.has(releaseOf(metadata)))
    .map(({ metadata }) => ({
      where: objectName({ kind, metadata }),
      expected: "no object with our label beside those of the configuration",
      found: "an object that Prometheus loads, and that the configuration does not contain",
      runbook: "changed-object",
    }));
  return [...changed, ...unknown];
}

/** The Helm release that an object belongs to, as `namespace/name`. */
function releaseOf({ annotations = {} }: Specified["metadata"]): string {
  return `${annotations["meta.helm.sh/release-namespace"] ?? namespaces.monitoring}/${annotations["meta.helm.sh/release-name"]}`;
}
