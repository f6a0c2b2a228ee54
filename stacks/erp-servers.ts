import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { PersistentVolumeClaimV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import { Construct } from "constructs";
import { Workload } from "../constructs/workload";
import { addresses, namespaces, url } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { mirrorImage } from "../settings/mirrors";
import { podDefaults } from "../settings/pod-defaults";
import { images } from "../settings/versions";
import { trafficIdentity } from "./erp-identity";
import type { ErpProps } from "./erp-pods";

type InCluster = NonNullable<Environment["erp"]["inCluster"]>;

export interface ErpServersProps extends ErpProps {
  readonly inCluster: InCluster;
}

/** User of the processes in the PostgreSQL and Redis images. */
const user = 999;

/** PostgreSQL, Redis and a traffic generator, so that the dashboards of tier `local` show data. */
export class ErpServers extends Construct {
  constructor(scope: Construct, id: string, { environment, inCluster }: ErpServersProps) {
    super(scope, id);
    this.createPostgresql(environment, inCluster.postgresql);
    this.createRedis(environment, inCluster.redis);
    this.createTraffic(environment, inCluster.traffic);
  }

  private createPostgresql(environment: Environment, { storage, resources }: InCluster["postgresql"]) {
    const { mirrors, cluster } = environment;
    const { service: name, namespace, port } = addresses.postgresql;
    const claim = new PersistentVolumeClaimV1(this, "PostgresqlData", {
      metadata: { name, namespace },
      // Most classes bind a volume only when a pod uses it.
      waitUntilBound: false,
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: cluster.storageClass,
        resources: { requests: { storage } },
      },
    });
    const roles = new ConfigMapV1(this, "PostgresqlRoles", {
      metadata: { name: "postgresql-roles", namespace },
      data: { "roles.sh": createRoles },
    });
    new Workload(this, "Postgresql", {
      name,
      namespace,
      partOf: "erp",
      ...podDefaults(environment, "api"),
      replicas: 1,
      update: "recreate",
      user,
      terminationGracePeriodSeconds: 60,
      volumes: [
        { name: "data", claim: claim.metadata.name },
        { name: "roles", configMap: roles.metadata.name },
        { name: "run", emptyDir: { sizeLimit: "1Mi" } },
        { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
      ],
      container: {
        image: mirrorImage(images.postgresql, mirrors),
        env: {
          PGDATA: "/var/lib/postgresql/data/pgdata",
          POSTGRES_PASSWORD: { name, key: "postgres-password" },
          ERP_PASSWORD: { name, key: "erp-password" },
          EXPORTER_PASSWORD: { name, key: "exporter-password" },
        },
        ports: { postgresql: port },
        resources,
        readiness: { command: ["pg_isready", "--username", "erp", "--host", "127.0.0.1"] },
        mounts: [
          { volume: "data", path: "/var/lib/postgresql/data", readOnly: false },
          { volume: "roles", path: "/docker-entrypoint-initdb.d" },
          { volume: "run", path: "/var/run/postgresql", readOnly: false },
          { volume: "tmp", path: "/tmp", readOnly: false },
        ],
      },
    });
  }

  private createRedis(environment: Environment, { resources }: InCluster["redis"]) {
    const { service: name, namespace, port } = addresses.redis;
    new Workload(this, "Redis", {
      name,
      namespace,
      partOf: "erp",
      ...podDefaults(environment, "api"),
      replicas: 1,
      update: "recreate",
      user,
      terminationGracePeriodSeconds: 10,
      volumes: [
        { name: "data", emptyDir: { sizeLimit: "64Mi" } },
        { name: "users", secret: name },
      ],
      container: {
        image: mirrorImage(images.redis, environment.mirrors),
        // With `noeviction`, a full broker rejects new tasks and does not delete queued ones.
        args: [
          "redis-server",
          "--aclfile",
          "/etc/redis/users.acl",
          "--maxmemory",
          "24mb",
          "--maxmemory-policy",
          "noeviction",
        ],
        ports: { redis: port },
        resources,
        readiness: { command: ["redis-cli", "ping"] },
        mounts: [
          { volume: "data", path: "/data", readOnly: false },
          { volume: "users", path: "/etc/redis" },
        ],
      },
    });
  }

  private createTraffic(environment: Environment, { requestsPerSecond, resources }: InCluster["traffic"]) {
    const identity = trafficIdentity(environment.erp);
    new Workload(this, "Traffic", {
      name: "erp-traffic",
      namespace: namespaces.erp,
      partOf: "erp",
      ...podDefaults(environment, "workers"),
      replicas: 1,
      update: "recreate",
      user: 10001,
      terminationGracePeriodSeconds: 10,
      volumes: [{ name: "tmp", emptyDir: { sizeLimit: "16Mi" } }, ...identity.volumes],
      container: {
        image: environment.erp.image,
        command: ["python", "-m", "app.traffic", "--url", url(addresses.erpApi), "--rate", String(requestsPerSecond)],
        env: identity.env,
        resources,
        mounts: [{ volume: "tmp", path: "/tmp", readOnly: false }, ...identity.mounts],
      },
    });
  }
}

/**
 * Script that runs once, on an empty volume. It sets the encoding, because the default depends on the image. The
 * exporter's role can read statistics, but no tables.
 */
const createRoles = `#!/bin/sh
set -eu
psql --set=ON_ERROR_STOP=1 --set=erp="$ERP_PASSWORD" --set=exporter="$EXPORTER_PASSWORD" <<'SQL'
CREATE ROLE erp LOGIN PASSWORD :'erp';
CREATE DATABASE erp OWNER erp ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0;
CREATE ROLE exporter LOGIN PASSWORD :'exporter';
GRANT pg_monitor TO exporter;
SQL
`;
