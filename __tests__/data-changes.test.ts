import { changesText } from "../commands/comparison/changes-text";
import { compareStacks, releaseWith, type Stacks } from "./comparison/compare-stacks";

/** Values of a chart, of which a test reads and changes a few. */
type Values = Readonly<Record<string, unknown>>;

const period = {
  from: "2026-01-01",
  store: "tsdb",
  object_store: "s3",
  schema: "v13",
  index: { prefix: "i_", period: "24h" },
};
const lokiPart = {
  schemaConfig: { configs: [period] },
  storage: { type: "s3", bucketNames: { chunks: "logs" }, s3: { region: "eu" } },
  commonConfig: { replication_factor: 3 },
  limits_config: { retention_period: "30d" },
  compactor: { retention_enabled: true },
};

describe("Loki's lines", () => {
  const changed = (part: object) =>
    textOf(releaseWith({ loki: lokiPart }), releaseWith({ loki: { ...lokiPart, ...part } }));
  const schema = (...configs: object[]) => ({ schemaConfig: { configs } });
  const storage = (part: object) => ({ storage: { ...lokiPart.storage, ...part } });

  test.each<[string, object, RegExp]>([
    ["schema", schema({ ...period, schema: "v12" }), /configs\[2026-01-01\]\.schema v13 -> v12/],
    ["store", schema({ ...period, store: "boltdb" }), /\.store tsdb -> boltdb/],
    ["object store", schema({ ...period, object_store: "gcs" }), /\.object_store s3 -> gcs/],
    ["prefix", schema({ ...period, index: { ...period.index, prefix: "x_" } }), /\.index\.prefix i_ -> x_/],
    ["period of the index", schema({ ...period, index: { ...period.index, period: "168h" } }), /\.index\.period/],
    ["first day", schema({ ...period, from: "2026-02-01" }), /configs\[2026-01-01\]/],
    ["removed period", schema(), /configs/],
    ["earlier period", schema({ ...period, from: "2025-01-01" }, period), /configs\[2025-01-01\]/],
    [
      "schema in another value",
      { structuredConfig: { schema_config: { configs: [{ ...period, schema: "v12" }] } } },
      /schema_config/,
    ],
  ])("cannot be read after a change of the schema: %s", (_, part, text) => {
    expect(changed(part)).toMatch(/^!!! 1 CHANGE IS BREAKING\n.*: Loki cannot read the lines of the changed period/);
    expect(changed(part)).toMatch(text);
  });

  test("stay readable when a later period is appended", () => {
    expect(changed(schema(period, { ...period, from: "2027-01-01", schema: "v14" }))).not.toContain("BREAKING");
  });

  test.each<[string, object]>([
    ["bucket", storage({ bucketNames: { chunks: "other" } })],
    ["type", storage({ type: "gcs" })],
    ["region", storage({ s3: { region: "us" } })],
    ["endpoint", storage({ s3: { region: "eu", endpoint: "https://s3.example.com" } })],
    ["account", storage({ azure: { accountName: "other" } })],
    ["path", { commonConfig: { ...lokiPart.commonConfig, path_prefix: "/data" } }],
    ["bucket of Loki's own configuration", { structuredConfig: { storage_config: { aws: { bucketnames: "other" } } } }],
  ])("are not found after a change of the %s", (_, part) => {
    expect(changed(part)).toMatch(/^!!! 1 CHANGE IS BREAKING\n.*: Loki looks for its lines in another place/);
  });

  test("are not found after a change of the tenant", () => {
    expect(changed({ auth_enabled: true })).toMatch(/BREAKING\n.*: Loki looks for the lines of another tenant/);
  });

  test("are still found with other credentials", () => {
    expect(changed(storage({ s3: { region: "eu", insecure: true } }))).not.toContain("BREAKING");
  });

  const limits = (part: object) => ({ limits_config: { ...lokiPart.limits_config, ...part } });

  test.each<[string, object]>([
    ["a shorter retention", limits({ retention_period: "168h" })],
    ["a shorter retention of Loki's own configuration", { structuredConfig: limits({ retention_period: "1d" }) }],
    ["a stream of its own", limits({ retention_stream: [{ selector: '{a="b"}', priority: 1, period: "24h" }] })],
  ])("are deleted by %s", (_, part) => {
    expect(changed(part)).toMatch(
      /^!!! 1 CHANGE IS BREAKING\n.*: data that is older than the new retention is deleted/,
    );
  });

  test("are deleted if the compactor starts to delete", () => {
    const before = { loki: { ...lokiPart, compactor: { retention_enabled: false } } };
    expect(textOf(releaseWith(before), releaseWith({ loki: lokiPart }))).toMatch(
      /is deleted\n.*retention_enabled false -> true/,
    );
  });

  test.each([
    limits({ retention_period: "60d" }),
    limits({ retention_period: "720h" }),
    limits({ retention_period: "0s" }),
  ])("are kept if the retention does not become shorter: %j", (part) =>
    expect(changed(part)).not.toContain("BREAKING"),
  );
});

describe("Prometheus' samples", () => {
  const changed = (before: Values, after: Values) => {
    const values = (spec: Values) => releaseWith({ prometheus: { prometheusSpec: spec } });
    return textOf(values(before), values(after));
  };

  test.each<[Values, Values, RegExp]>([
    [{ retention: "30d" }, { retention: "2w" }, /older than the new retention is deleted\n.*retention 30d -> 2w/],
    [{ retention: "30d" }, {}, /older than the new retention/],
    [
      { retentionSize: "80GB" },
      { retentionSize: "900MB" },
      /oldest data is deleted until .*\n.*retentionSize 80GB -> 900MB/,
    ],
    [{}, { retentionSize: "80GB" }, /oldest data is deleted until/],
  ])("are deleted by the change from %j to %j", (before, after, text) => {
    expect(changed(before, after)).toMatch(/^!!! 1 CHANGE IS BREAKING/);
    expect(changed(before, after)).toMatch(text);
  });

  test.each<[Values, Values]>([
    [{ retention: "10d" }, { retention: "15d" }],
    [{}, { retention: "10d" }],
    [{ retentionSize: "80GB" }, { retentionSize: "1TB" }],
    [{ retentionSize: "80GB" }, {}],
  ])("are kept by the change from %j to %j", (before, after) => {
    expect(changed(before, after)).not.toContain("BREAKING");
  });
});

describe("volumes of a chart", () => {
  const template = (storage: string, more: object = {}) => ({
    volumeClaimTemplate: { spec: { resources: { requests: { storage } }, ...more } },
  });
  const prometheus = (storageSpec: unknown, more: object = {}) =>
    releaseWith({ prometheus: { enabled: true, prometheusSpec: { storageSpec }, ...more } });
  const loki = (persistence: object) => releaseWith({ singleBinary: { persistence } });

  test.each<[string, Stacks, Stacks, string]>([
    [
      "grown",
      prometheus(template("2Gi")),
      prometheus(template("4Gi")),
      `existing volumes keep their size: docs/runbooks/grow-a-volume.md describes the manual steps
      values.prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec.resources.requests.storage 2Gi -> 4Gi`,
    ],
    [
      "shrunk",
      loki({ enabled: true, size: "1Ti" }),
      loki({ enabled: true, size: "512Gi" }),
      `Kubernetes refuses to shrink a volume: keep the size, or move the data to a new volume
      values.singleBinary.persistence.size 1Ti -> 512Gi`,
    ],
    [
      "of another StorageClass",
      loki({ enabled: true, storageClass: "gp2" }),
      loki({ enabled: true, storageClass: "gp3" }),
      `existing volumes keep their StorageClass: move the data to new volumes by hand
      values.singleBinary.persistence.storageClass gp2 -> gp3`,
    ],
    [
      "switched off",
      loki({ enabled: true, size: "1Gi" }),
      loki({ enabled: false, size: "1Gi" }),
      `the pods no longer use the volume: they cannot read its data, and new data is lost when a pod ends
      values.singleBinary.persistence.enabled true -> false`,
    ],
    [
      "without their values",
      releaseWith({ singleBinary: { replicas: 1, persistence: { size: "1Gi" } } }),
      releaseWith({ singleBinary: { replicas: 1 } }),
      `the pods no longer use the volume: they cannot read its data, and new data is lost when a pod ends
      values.singleBinary.persistence removed: {"size":"1Gi"}`,
    ],
    [
      "replaced by a temporary folder",
      prometheus(template("2Gi")),
      prometheus({ emptyDir: {} }),
      `the pods no longer use the volume: they cannot read its data, and new data is lost when a pod ends
      values.prometheus.prometheusSpec.storageSpec.volumeClaimTemplate removed: {"spec":{"resources":{"requests":{"storage":"2Gi"}}}}
      values.prometheus.prometheusSpec.storageSpec.emptyDir added: {}`,
    ],
    [
      "of a component that is switched off",
      prometheus(template("2Gi")),
      prometheus(template("2Gi"), { enabled: false }),
      `the pods no longer use the volume: they cannot read its data, and new data is lost when a pod ends
      values.prometheus.enabled true -> false`,
    ],
    [
      "where there were none",
      loki({ enabled: false }),
      loki({ enabled: true }),
      `the pods start with an empty volume, and Kubernetes refuses to add one to an existing StatefulSet
      values.singleBinary.persistence.enabled false -> true`,
    ],
    [
      "of other objects",
      prometheus(template("2Gi")),
      prometheus(template("2Gi"), { agentMode: true }),
      `Kubernetes refuses to change an existing StatefulSet, or the pods no longer use its volumes
      values.prometheus.agentMode added: true`,
    ],
    [
      "of objects with other names",
      releaseWith({ prometheus: template("2Gi") }),
      releaseWith({ prometheus: template("2Gi"), cleanPrometheusOperatorObjectNames: true }),
      `Kubernetes refuses to change an existing StatefulSet, or the pods no longer use its volumes
      values.cleanPrometheusOperatorObjectNames added: true`,
    ],
    [
      "that are deleted with their StatefulSet",
      loki({ whenDeleted: "Retain" }),
      loki({ whenDeleted: "Delete" }),
      `it loses a protection: volumes are deleted with their StatefulSet or its replicas
      values.singleBinary.persistence.whenDeleted Retain -> Delete`,
    ],
  ])("%s are one breaking change, listed once", (_, before, after, text) => {
    expect(textOf(before, after)).toBe(`!!! 1 CHANGE IS BREAKING\n  ~ Helm release ns/release in qa: ${text}`);
  });

  test.each<[string, Stacks, Stacks]>([
    ["a component that is new", releaseWith({}), releaseWith({ thanosRuler: { persistence: { enabled: true } } })],
    ["the same size in another unit", loki({ size: "1Gi" }), loki({ size: "1024Mi" })],
    ["a default that is written out", prometheus(template("2Gi")), prometheus(template("2Gi"), { agentMode: false })],
    [
      "another name of what has no volume",
      releaseWith({ a: { fullnameOverride: "x" }, b: { persistence: {} } }),
      releaseWith({ a: { fullnameOverride: "y" }, b: { persistence: {} } }),
    ],
  ])("are safe from %s", (_, before, after) => {
    expect(textOf(before, after)).not.toContain("BREAKING");
  });

  test("with several changes are listed once for each reason", () => {
    const text = textOf(
      loki({ size: "1Gi", storageClass: "gp2", accessModes: ["ReadWriteOnce"] }),
      loki({ size: "2Gi", storageClass: "gp3", accessModes: ["ReadWriteMany"] }),
    );
    expect(text.match(/^ {2}~ .*$/gm)).toEqual([
      expect.stringContaining("grow-a-volume.md"),
      expect.stringContaining("keep their StorageClass"),
      expect.stringContaining("Kubernetes refuses to change"),
    ]);
    expect(text).not.toContain("resources");
  });
});

describe("protections", () => {
  const protectedRelease = { lifecycle: { prevent_destroy: true } };
  const keep = { crds: { annotations: { "helm.sh/resource-policy": "keep" } } };

  test.each<[string, Stacks, Stacks, string]>([
    [
      "of Terraform",
      releaseWith({}, protectedRelease),
      releaseWith({}),
      "Terraform no longer refuses to delete it\n      lifecycle.prevent_destroy removed: true",
    ],
    [
      "of Helm",
      releaseWith(keep),
      releaseWith({ crds: {} }),
      "Helm deletes its objects with the release, and with a CRD all objects of its kind\n      values.crds.annotations.helm.sh/resource-policy removed: keep",
    ],
  ])("a lost protection %s is breaking, and listed once", (_, before, after, text) => {
    expect(textOf(before, after)).toBe(
      `!!! 1 CHANGE IS BREAKING\n  ~ Helm release ns/release in qa: it loses a protection: ${text}`,
    );
    expect(textOf(after, before)).not.toContain("BREAKING");
  });
});

test("a protection that several objects lose is one change", () => {
  const namespaces = (lifecycle: object): Stacks => {
    const named = ["erp", "grafana"].map((name) => [name, { metadata: { name }, ...lifecycle }]);
    return { "qa-base": { resource: { kubernetes_namespace_v1: Object.fromEntries(named) } } };
  };
  expect(textOf(namespaces({ lifecycle: { prevent_destroy: true } }), namespaces({}))).toMatch(
    /^!!! 1 CHANGE IS BREAKING\n {2}~ Namespace erp, Namespace grafana in qa: it loses a protection: Terraform no longer/,
  );
});

describe("a claim that a workload mounts", () => {
  const postgresql = {
    image: "registry.example.com:5000/postgres:15.4",
    path: "/data",
    pgdata: "/data/pg",
    volume: { persistent_volume_claim: { claim_name: "db" } } as object,
    volumeName: "data",
    name: "db",
    subPath: undefined as string | undefined,
  };
  const workload = (given: Partial<typeof postgresql> = {}): Stacks => {
    const { image, path, pgdata, volume, volumeName, name, subPath } = { ...postgresql, ...given };
    const container = {
      name: "postgresql",
      image,
      env: [{ name: "PGDATA", value: pgdata }],
      volume_mount: [{ name: volumeName, mount_path: path, ...(subPath && { sub_path: subPath }) }],
    };
    const spec = { template: { spec: { container: [container], volume: [{ name: volumeName, ...volume }] } } };
    const metadata = { name: "db", namespace: "erp" };
    return {
      "qa-erp": {
        resource: {
          kubernetes_deployment_v1: { [name]: { metadata: { ...metadata, name }, spec } },
          kubernetes_persistent_volume_claim_v1: {
            db: { metadata, spec: { resources: { requests: { storage: "1Gi" } } } },
          },
        },
      },
    };
  };

  test.each<[string, Partial<typeof postgresql>, RegExp]>([
    [
      "is not mounted",
      { volume: { empty_dir: {} } },
      /no longer use the claim[\s\S]*volume\[data\]\.persistent_volume_claim/,
    ],
    [
      "is another one",
      { volume: { persistent_volume_claim: { claim_name: "new" } } },
      /no longer use the claim.*\n.*claim_name db -> new/,
    ],
    ["is mounted elsewhere", { path: "/var/data" }, /a folder that does not.*\n.*mount_path \/data -> \/var\/data/],
    ["is mounted in part", { subPath: "x" }, /a folder that does not.*\n.*sub_path added: x/],
    [
      "is used in another folder",
      { pgdata: "/data/pg16" },
      /a folder that does not.*\n.*env\[PGDATA\]\.value \/data\/pg -> \/data\/pg16/,
    ],
    ["is no longer used", { pgdata: "/tmp/pg" }, /a folder that does not.*\n.*env\[PGDATA\]\.value/],
    [
      "is read by another major version",
      { image: "mirror/postgres:16" },
      /another major version[\s\S]*postgres:15\.4 -> mirror\/postgres:16$/,
    ],
  ])("%s: breaking, and listed once", (_, given, text) => {
    const printed = textOf(workload(), workload(given));
    expect(printed).toMatch(/^!!! 1 CHANGE IS BREAKING\n {2}~ Deployment erp\/db in qa: /);
    expect(printed).toMatch(text);
    expect(printed).not.toMatch(/resources|versions/);
  });

  test.each<[string, Partial<typeof postgresql>]>([
    ["another name of the volume", { volumeName: "store" }],
    ["another name of the workload", { name: "postgresql" }],
    ["a minor version from a mirror", { image: "mirror/postgres:15.9@sha256:7a" }],
  ])("is safe from %s", (_, given) => {
    expect(textOf(workload(), workload(given))).not.toContain("BREAKING");
  });

  test("with another name is one change, without a second one for its workload", () => {
    const after = JSON.parse(
      JSON.stringify(workload()).replaceAll('"name":"db","namespace"', '"name":"db2","namespace"'),
    );
    const follower = workload({ volume: { persistent_volume_claim: { claim_name: "db2" } } })["qa-erp"];
    after["qa-erp"].resource.kubernetes_deployment_v1 = follower?.resource.kubernetes_deployment_v1;
    expect(textOf(workload(), after)).toMatch(/^!!! 1 CHANGE IS BREAKING\n {2}~ PersistentVolumeClaim erp\/db in qa: /);
  });

  test("stays if its workload is removed, and is one change if it is removed too", () => {
    const claimOnly = workload()["qa-erp"]?.resource.kubernetes_persistent_volume_claim_v1;
    const after = { "qa-erp": { resource: { kubernetes_persistent_volume_claim_v1: claimOnly } } };
    expect(textOf(workload(), after)).toMatch(
      /^!!! 1 CHANGE IS BREAKING\n {2}- Deployment erp\/db in qa: the pods no longer/,
    );
    expect(textOf(workload(), { "qa-erp": {} })).toMatch(
      /^!!! 1 CHANGE IS BREAKING\n {2}- PersistentVolumeClaim erp\/db/,
    );
  });
});

test.each([
  ["storage_class_name", { storage_class_name: "gp3" }, "Terraform deletes the claim and its data"],
  ["size", { resources: { requests: { storage: "512Mi" } } }, "Kubernetes refuses to shrink a volume"],
])("a claim of Terraform with another %s", (_, changed, reason) => {
  const claim = (spec: object): Stacks => {
    const given = {
      metadata: { name: "db", namespace: "erp" },
      spec: { resources: { requests: { storage: "1Gi" } }, ...spec },
    };
    return { "qa-erp": { resource: { kubernetes_persistent_volume_claim_v1: { db: given } } } };
  };
  expect(textOf(claim({}), claim(changed))).toContain(
    `1 CHANGE IS BREAKING\n  ~ PersistentVolumeClaim erp/db in qa: ${reason}`,
  );
});

function textOf(before: Stacks, after: Stacks): string {
  return changesText(compareStacks(before, after), { most: 8 });
}
