import type { IngressRule } from "../constructs/ingress-rules";
import { addresses, namespaces, type Pods, pods } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { exportersOf } from "../subjects/listings";

const podsNamed = (name: string): Pods => ({ namespace: namespaces.erp, labels: { "app.kubernetes.io/name": name } });

/** Every connection that the ERP, its exporters and, in tier `local`, its servers accept. */
export function erpIngress(environment: Environment): readonly IngressRule[] {
  const { cluster, erp } = environment;
  const controller: Pods[] =
    erp.ingress && cluster.ingress ? [{ namespace: cluster.ingress.controllerNamespace, labels: {} }] : [];
  const traffic = erp.inCluster ? [podsNamed("erp-traffic")] : [];
  const exporters = exportersOf(environment).map(
    ({ job, port }): IngressRule => ({
      name: job.name,
      to: podsNamed(job.name),
      ports: [port],
      from: [pods.prometheus],
    }),
  );
  return [
    {
      name: "erp-api",
      to: podsNamed(addresses.erpApi.service),
      ports: [addresses.erpApi.port],
      from: [pods.prometheus, pods.blackboxExporter, ...controller, ...traffic],
    },
    {
      name: "erp-worker",
      to: podsNamed(addresses.erpWorker.service),
      ports: [addresses.erpWorker.port],
      from: [pods.prometheus],
    },
    ...exporters,
    ...(erp.inCluster ? serverIngress : []),
  ];
}

const serverIngress: readonly IngressRule[] = [
  {
    name: "postgresql",
    to: podsNamed(addresses.postgresql.service),
    ports: [addresses.postgresql.port],
    from: ["erp-api", "erp-worker", "erp-migrate", "postgresql-exporter"].map(podsNamed),
  },
  {
    name: "redis",
    to: podsNamed(addresses.redis.service),
    ports: [addresses.redis.port],
    from: ["erp-api", "erp-worker", "erp-beat", "celery-exporter", "redis-exporter"].map(podsNamed),
  },
];
