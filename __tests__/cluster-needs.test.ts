import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Kubectl } from "../commands/cluster/kubectl";
import { charts, images } from "../settings/versions";
import { testEnvironment } from "./cluster/cluster-environment";
import { needsOf } from "./cluster/needs";
import { missingImages } from "./cluster/node-images";

describe("the needs of the cluster tests", () => {
  test("are derived from the synthesised stacks, also without charts", async () => {
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

describe("images that are missing on a node", () => {
  const wanted = ["redis:7", "quay.io/prometheus/prometheus:v3.14.0", "localhost/erp:0.1.0"];

  test("are those that are not in its status and with which no pod starts", async () => {
    const { kubectl, created } = cluster(["docker.io/library/redis:7"], "localhost/erp:0.1.0");
    expect(await missingImages(wanted, kubectl)).toEqual(["quay.io/prometheus/prometheus:v3.14.0 (on node a)"]);
    expect(created).toEqual(["quay.io/prometheus/prometheus:v3.14.0", "localhost/erp:0.1.0"]);
  });
});

/** A cluster with one node. Its status lists some images, and pods also start with one that it does not list. */
function cluster(listed: readonly string[], startable: string) {
  const created: string[] = [];
  const run = async ([verb, ...args]: readonly string[], input = "{}") => {
    // The name of the pod is derived from its image.
    if (verb === "create") return created[created.push(JSON.parse(input).spec.containers[0].image) - 1] ?? "";
    const state = args.includes(startable) ? { terminated: {} } : { waiting: { reason: "ErrImageNeverPull" } };
    return JSON.stringify({ status: { containerStatuses: [{ state }] } });
  };
  const status = { images: listed.map((name) => ({ names: [name] })) };
  const list = async () => [{ metadata: { name: "a" }, status }];
  return { kubectl: { run, list } as unknown as Kubectl, created };
}
