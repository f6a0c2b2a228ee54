import { z } from "zod";
import { name } from "./fields";

/** The cluster as it is found, and what of it is ours to install. */
export const cluster = z.strictObject({
  /** Context of the kubeconfig; always named, so that nothing is ever applied to whatever happens to be current. */
  context: z.string().min(1, "must not be empty\nlist contexts with `kubectl config get-contexts`"),
  /** Prometheus operator and its CRDs: ours (`install`), or there already (`existing`). */
  operator: z.enum(["install", "existing"]),
  /**
   * Metrics of the nodes: ours (`install`); there already, answering plain HTTP on port 9100 of every Linux node, wherever
   * it runs (`existing`); or not wanted (`off`), and then no alert and no panel speaks of the nodes' memory and disks.
   */
  nodeExporter: z.enum(["install", "existing", "off"]),
  /** The metrics API that autoscaling reads (metrics-server or another). */
  metricsApi: z.enum(["existing", "off"]),
  /** The StorageClass that every volume is created with. @default the cluster's default StorageClass */
  storageClass: name.optional(),
  /** `managed`: etcd, scheduler and controller manager cannot be scraped (EKS, GKE, AKS, and kind as it comes). */
  controlPlane: z.enum(["managed", "self-managed"]),
  /**
   * The Ingress class that Ingresses belong to, and the namespace from which its controller's connections come.
   * @default the cluster has no Ingress controller
   */
  ingress: z.strictObject({ className: name, controllerNamespace: name }).optional(),
});
