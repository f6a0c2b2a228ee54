import type { Check, Failure } from "../check";
import { ourNamespaces } from "../deployment";
import { type ExpectedObject, objectName } from "../expected-objects";

/** Versions of programs that charts install follow from the chart, which the check of the releases compares. */
export const images: Check = {
  id: "images",
  title: "every container of the ERP and its exporters has the configured image",
  permissions: [
    { namespaces: ourNamespaces, group: "apps", resources: ["deployments"], verbs: ["list"] },
    { namespaces: ourNamespaces, group: "batch", resources: ["jobs"], verbs: ["list"] },
  ],
  async run(deployment) {
    const listed = new Map((await deployment.workloads()).map((object) => [objectName(object), object as unknown]));
    const expected = deployment.objects.filter(({ kind }) => kind === "Deployment" || kind === "Job");
    const failures = expected.flatMap((object) => {
      const found = listed.get(objectName(object));
      return found === undefined ? [] : failuresOf(object, imagesIn(found));
    });
    const extent = `${expected.flatMap(({ manifest }) => [...imagesIn(manifest)]).length} containers`;
    return { failures, extent };
  },
};

function failuresOf(object: ExpectedObject, found: ReadonlyMap<string, string>): Failure[] {
  return [...imagesIn(object.manifest)]
    .filter(([container, image]) => found.get(container) !== image)
    .map(([container, image]) => ({
      where: `${objectName(object)}, container ${container}`,
      expected: `image ${image}`,
      found: found.has(container) ? `image ${found.get(container)}` : "the container does not exist",
      runbook: "changed-object",
    }));
}

/** A workload with a pod template. Only the fields that we read are listed. @see https://kubernetes.io/docs/reference/kubernetes-api/ */
interface Templated {
  readonly spec: {
    readonly template: {
      readonly spec: { readonly containers?: readonly Container[]; readonly initContainers?: readonly Container[] };
    };
  };
}

interface Container {
  readonly name: string;
  readonly image: string;
}

/** Images by the name of their container. */
function imagesIn(workload: unknown): ReadonlyMap<string, string> {
  const { containers = [], initContainers = [] } = (workload as Templated).spec.template.spec;
  return new Map([...initContainers, ...containers].map(({ name, image }) => [name, image]));
}
