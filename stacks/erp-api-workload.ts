import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { Construct } from "constructs";
import { Availability } from "../constructs/availability";
import { Workload } from "../constructs/workload";
import { addresses, healthRoutes } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { apiIdentity } from "./erp-identity";
import { awaitMigrations, type ErpProps, erpContainer, erpPod } from "./erp-pods";

const { service: name, namespace, port } = addresses.erpApi;

/** The ERP's API. Enough pods stay ready while they are replaced. */
export class ErpApi extends Construct {
  readonly workload: Workload;

  constructor(scope: Construct, id: string, { environment }: ErpProps) {
    super(scope, id);
    const { api, commands, ingress } = environment.erp;
    const pod = erpPod(environment, name, "api", api.pod);
    const identity = apiIdentity(environment.erp);
    const main = erpContainer(environment, name, api.pod, {
      ...identity.env,
      // Without a value, uvicorn would trust programs in the pod's own network, such as `kubectl port-forward`.
      FORWARDED_ALLOW_IPS: (environment.cluster.ingress?.trustedProxies ?? []).join(","),
    });
    this.workload = new Workload(this, "Workload", {
      ...pod,
      volumes: [...pod.volumes, ...identity.volumes],
      replicas: "replicas" in api.scale ? api.scale.replicas : undefined,
      update: "rolling",
      spread: true,
      terminationGracePeriodSeconds: api.terminationGracePeriodSeconds,
      initContainers: [...pod.initContainers, awaitMigrations(environment, name, api.pod)],
      container: {
        ...main,
        mounts: [...main.mounts, ...identity.mounts],
        command: commands.api,
        resources: api.resources,
        ports: { http: port },
        startup: { ...live, periodSeconds: 2, failureThreshold: 60 },
        liveness: { ...live, periodSeconds: 10, failureThreshold: 3 },
        readiness: { ...healthRoutes.ready, port: "http", periodSeconds: 5, failureThreshold: 2 },
        preStopSeconds: api.preStopSeconds,
      },
    });
    new Availability(this, "Availability", { name, namespace, labels: this.workload.labels, scale: api.scale });
    if (ingress && environment.cluster.ingress) this.createIngress(ingress, environment.cluster.ingress.className);
  }

  private createIngress(
    { hosts, paths, tlsSecret, annotations }: NonNullable<Environment["erp"]["ingress"]>,
    ingressClassName: string,
  ) {
    const path = paths.map((prefix) => ({
      path: prefix,
      pathType: "Prefix",
      backend: { service: { name, port: { name: "http" } } },
    }));
    new IngressV1(this, "Ingress", {
      metadata: { name, namespace, annotations },
      spec: {
        ingressClassName,
        rule: hosts.map((host) => ({ host, http: { path } })),
        tls: tlsSecret ? [{ secretName: tlsSecret, hosts }] : [],
      },
    });
  }
}

const live = { ...healthRoutes.live, port: "http" };
