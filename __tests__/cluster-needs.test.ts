import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Kubectl } from "../commands/cluster/kubectl";
import { charts, images } from "../settings/versions";
import { testEnvironment } from "./cluster/cluster-environment";
import { needsOf } from "./cluster/needs";
import { missingImages } from "./cluster/node-images";

describe("what the cluster tests need", () => {
  test("follows from the synthesised stacks, also when no chart is there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "no-charts-"));
    const needs = await needsOf(testEnvironment({ context: "none", charts: folder }), folder);
    const { prometheusOperatorCrds: crds, promtail } = charts;
    expect(needs.charts).toEqual(
      expect.arrayContaining([`${crds.name}-${crds.version}.tgz`, `${promtail.name}-${promtail.version}.tgz`]),
    );
    expect(needs.images).toEqual(expect.arrayContaining(["localhost/erp:0.1.0", images.celeryExporter, images.redis]));
    expect(needs.providers.map((provider) => provider.split(" ")[0])).toEqual([
      "hashicorp/helm",
      "hashicorp/kubernetes",
    ]);
    expect(needs.unknown).toContain(`those of promtail ${promtail.version}, whose chart is missing`);
  });
});

describe("images that a node does not have", () => {
  const wanted = ["redis:7", "quay.io/prometheus/prometheus:v3.14.0", "localhost/erp:0.1.0"];
  const missing = ["quay.io/prometheus/prometheus:v3.14.0 (on node a)", "localhost/erp:0.1.0 (on node a)"];

  test("are those that its status does not list", async () => {
    const { kubectl, created } = cluster(["docker.io/library/redis:7"]);
    expect(await missingImages(wanted, kubectl)).toEqual(missing);
    expect(created).toEqual([]);
  });

  test("are those that no pod can start with, where the list may be cut off", async () => {
    const others = Array.from({ length: 49 }, (_, index) => `localhost/other:${index}`);
    const { kubectl, created } = cluster(["docker.io/library/redis:7", ...others], "localhost/erp:0.1.0");
    expect(await missingImages(wanted, kubectl)).toEqual(missing.slice(0, 1));
    expect(created).toEqual(["quay.io/prometheus/prometheus:v3.14.0", "localhost/erp:0.1.0"]);
  });
});

/** A cluster of one node that lists some images, and can start pods with one that it does not list. */
function cluster(listed: readonly string[], startable?: string) {
  const created: string[] = [];
  const run = async ([verb, , action]: readonly string[], input = "{}") => {
    if (verb === "create") created.push(JSON.parse(input).spec.containers[0].image);
    const started = created.at(-1) === startable;
    const state = started ? { terminated: {} } : { waiting: { reason: "ErrImageNeverPull" } };
    return action === "get" ? JSON.stringify({ status: { containerStatuses: [{ state }] } }) : "";
  };
  const status = { images: listed.map((name) => ({ names: [name] })) };
  const list = async () => [{ metadata: { name: "a" }, status }];
  return { kubectl: { run, list } as unknown as Kubectl, created };
}
