import { z } from "zod";
import { name, network, objectName, positive, unique } from "./fields";

/** The cluster: the programs that already run in it, and the programs that the stacks install. */
export const cluster = z.strictObject({
  /** Context of the kubeconfig. It is always named, so that nothing is applied to the current context by mistake. */
  context: z
    .string()
    .min(1, "must not be empty\nwrite the name of a context; `kubectl config get-contexts` lists them"),
  /** Prometheus operator and its CRDs: installed by the stacks (`install`) or already in the cluster (`existing`). */
  operator: z.enum(["install", "existing"]),
  /**
   * The node exporter: installed by the stacks (`install`); already in the cluster, in any namespace, and answering
   * plain HTTP on port 9100 of every Linux node (`existing`); or not used (`off`), so that there are no alerts and
   * panels about the memory and disks of nodes.
   */
  nodeExporter: z.enum(["install", "existing", "off"]),
  /** The metrics API that autoscaling reads, provided by metrics-server or another program. */
  metricsApi: z.enum(["existing", "off"]),
  /** StorageClass of every volume. @default the cluster's default StorageClass */
  storageClass: objectName.optional(),
  /**
   * PriorityClasses that already exist in the cluster, for our pods. They decide which pods a node evicts first when its
   * memory or its disk is full.
   * @default the base stack creates the classes, in the order monitoring, API, workers
   */
  priorityClasses: z
    .strictObject({
      /** The log agent and node-exporter. @default "system-node-critical", whose pods are never evicted */
      agents: objectName.optional(),
      /** Everything else of the monitoring, and the exporters. @default "erp-monitoring" */
      monitoring: objectName.optional(),
      /** The API, its migration, and the servers of `erp.inCluster`. @default "erp-api" */
      api: objectName.optional(),
      /** Workers, beat and the traffic generator. @default "erp-workers" */
      workers: objectName.optional(),
    })
    .optional(),
  /** `managed`: etcd, scheduler and controller manager cannot be scraped (EKS, GKE, AKS, and kind by default). */
  controlPlane: z.enum(["managed", "self-managed"]),
  /**
   * The class of Ingresses, and the namespace of the Ingress controller, from which connections are allowed.
   * @default the cluster has no Ingress controller
   */
  ingress: z
    .strictObject({
      className: objectName,
      controllerNamespace: name,
      /**
       * How long the controller keeps an idle connection to a pod. Traefik keeps it for 90 s, and the load balancers of
       * Google for 600 s. @default 60, as ingress-nginx and the load balancers of AWS do
       */
      keepAliveSeconds: positive.optional(),
      /**
       * Networks of the proxies between the callers and the API: of the controller's pods, and of a load balancer that
       * adds to `X-Forwarded-For`. The API takes the caller's address from them, and from no other program.
       * @default none: in log lines, the caller is the controller
       */
      trustedProxies: unique(network).min(1).optional(),
    })
    .optional(),
});
