import { addresses, namespaces } from "../config/addresses";
import type { Environment } from "../config/environment";
import type { IngressRule, Pods } from "../constructs/ingress-rules";
import { erpExporters } from "./erp-exporters";
import { pods as monitoring } from "./monitoring-ingress";

const named = (name: string): Pods => ({ namespace: namespaces.erp, labels: { "app.kubernetes.io/name": name } });

/** Every connection that the ERP, its exporters and, on a laptop, its servers accept. */
export function erpIngress(environment: Environment): readonly IngressRule[] {
  const { cluster, erp } = environment;
  const controller: Pods[] =
    erp.ingress && cluster.ingress ? [{ namespace: cluster.ingress.controllerNamespace, labels: {} }] : [];
  const traffic = erp.inCluster ? [named("erp-traffic")] : [];
  const exporters = erpExporters(environment).map(
    ({ name, port }): IngressRule => ({ name, to: named(name), ports: [port], from: [monitoring.prometheus] }),
  );
  return [
    {
      name: "erp-api",
      to: named(addresses.erpApi.service),
      ports: [addresses.erpApi.port],
      from: [monitoring.prometheus, monitoring.blackboxExporter, ...controller, ...traffic],
    },
    {
      name: "erp-worker",
      to: named(addresses.erpWorker.service),
      ports: [addresses.erpWorker.port],
      from: [monitoring.prometheus],
    },
    ...exporters,
    ...(erp.inCluster ? serverIngress : []),
  ];
}

const serverIngress: readonly IngressRule[] = [
  {
    name: "postgresql",
    to: named(addresses.postgresql.service),
    ports: [addresses.postgresql.port],
    from: ["erp-api", "erp-worker", "erp-migrate", "postgresql-exporter"].map(named),
  },
  {
    name: "redis",
    to: named(addresses.redis.service),
    ports: [addresses.redis.port],
    from: ["erp-api", "erp-worker", "erp-beat", "celery-exporter", "redis-exporter"].map(named),
  },
];
