import { namespaces } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import type { Kubectl } from "./kubectl";

/**
 * A PersistentVolume, as `kubectl get --output=json` prints it. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
interface PersistentVolume {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly claimRef?: { readonly namespace?: string; readonly name?: string } };
}

/** A list of the objects that remain after an environment was destroyed, with the commands that remove them. */
export async function leftovers({ state, erp }: Environment, kubectl: Kubectl): Promise<string> {
  const [volumes, service, crds] = await Promise.all([
    kubectl.list<PersistentVolume>("persistentvolumes"),
    kubectl.run(["get", "service", "-n", "kube-system", kubeletService, "--ignore-not-found", "--output=name"]),
    kubectl.run(["get", "crds", "--output=name"]),
  ]);
  const ours = volumes.filter(({ spec }) => Object.values<string>(namespaces).includes(spec.claimRef?.namespace ?? ""));
  return [
    ...(service.trim()
      ? [`the operator's Service for the kubelets: ${kubectl.command("-n", "kube-system", "delete", service.trim())}`]
      : []),
    ...ours.map(
      ({ metadata, spec }) =>
        `the volume of ${spec.claimRef?.name}, which its provisioner may still delete: ${kubectl.command("delete", "persistentvolume", metadata.name)}`,
    ),
    ...(crds.includes(".monitoring.coreos.com")
      ? ["the CRDs of the Prometheus operator, which belong to another installation"]
      : []),
    ...(state.backend === "local" ? [`the empty states ${state.path}-*.tfstate and their backups`] : []),
    ...(erp.image.startsWith("localhost/") ? [`the image ${erp.image} on the nodes`] : []),
  ]
    .map((line) => `  - ${line}`)
    .join("\n");
}

/** The operator creates this Service for its own scrapes, outside of any Helm release. */
const kubeletService = "kube-prometheus-stack-kubelet";
