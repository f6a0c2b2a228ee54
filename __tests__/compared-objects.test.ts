import { gzipSync } from "node:zlib";
import { type ClusterObject, comparedObjects, differences } from "./cluster/compared-objects";

const service: ClusterObject & { readonly spec: object } = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "redis", namespace: "erp", labels: { app: "redis" } },
  spec: { clusterIP: "10.96.0.7", ports: [{ port: 6379 }], publishNotReadyAddresses: false },
};

describe("two deployments that are compared", () => {
  test("are equal if they differ only in what the cluster sets", () => {
    const metadata = { ...service.metadata, uid: "1", annotations: { "deployment.kubernetes.io/revision": "3" } };
    const other = { ...service, metadata, spec: { ports: [{ port: 6379 }], clusterIP: "10.96.0.8" }, status: { x: 1 } };
    expect(differences(comparedObjects([service]), comparedObjects([other]))).toEqual([]);
  });

  test("differ if an object is missing, is new, or has another value", () => {
    const before = comparedObjects([service, object("ConfigMap", "gone")]);
    const changed = { ...service, spec: { ports: [{ port: 6380 }] } };
    expect(differences(before, comparedObjects([changed, object("ConfigMap", "added")]))).toEqual([
      "ConfigMap erp/added is new",
      "ConfigMap erp/gone is missing",
      "Service erp/redis.spec.ports[0].port: 6379 and 6380",
    ]);
  });

  test("differ if a field that is true by default is false in one of them", () => {
    const pod = (spec: object) => comparedObjects([{ ...object("Deployment", "api"), spec } as ClusterObject]);
    expect(differences(pod({ automountServiceAccountToken: false }), pod({}))).toEqual([
      'Deployment erp/api.spec: {"automountServiceAccountToken":false} and undefined',
    ]);
  });

  test("show the keys of a Secret, and no value", () => {
    const secret = (data: Record<string, string>) => comparedObjects([{ ...object("Secret", "redis"), data }]);
    expect(differences(secret({ url: "b25l" }), secret({ url: "dHdv" }))).toEqual([]);
    const found = differences(secret({ url: "b25l" }), secret({ other: "dHdv" }));
    expect(found).toEqual(['Secret erp/redis.data[0]: "url" and "other"']);
  });

  test("are compared by chart, version and values of the last revision of each release", () => {
    const old = release(1, "1.0.0", { a: 1 });
    const newest = release(10, "1.0.1", { a: 2 });
    expect(differences(comparedObjects([newest, old]), comparedObjects([newest]))).toEqual([]);
    expect(differences(comparedObjects([old]), comparedObjects([newest]))).toEqual([
      "release erp/redis.values.a: 1 and 2",
      'release erp/redis.version: "1.0.0" and "1.0.1"',
    ]);
  });
});

function object(kind: string, name: string): ClusterObject {
  return { apiVersion: "v1", kind, metadata: { name, namespace: "erp" } };
}

/** The Secret in which Helm stores a revision of a release. https://helm.sh/docs/topics/advanced/#storage-backends */
function release(revision: number, version: string, config: object): ClusterObject {
  const content = {
    info: { status: "deployed" },
    chart: { metadata: { name: "redis", version } },
    config,
    version: revision,
  };
  const stored = gzipSync(JSON.stringify(content)).toString("base64");
  return {
    ...object("Secret", `sh.helm.release.v1.redis.v${revision}`),
    type: "helm.sh/release.v1",
    data: { release: Buffer.from(stored).toString("base64") },
    metadata: { name: `sh.helm.release.v1.redis.v${revision}`, namespace: "erp", labels: { name: "redis" } },
  };
}
