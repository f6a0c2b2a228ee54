import { setTimeout as sleep } from "node:timers/promises";
import { deployLocal } from "../deployment";
import { clientPod, disruptions, whileDisrupted } from "../disruptions";
import { act, eventually, kubectl, podOutput, query, sql } from "../kubernetes";
import { restarts } from "../resources";
import type { Story } from "./story";

/** Stories that replace pods while the ERP serves. */
export const rolloutStories: readonly Story[] = [
  {
    name: "rollout",
    proves: "a rollout under load loses none of 10,000 requests",
    minutes: 2,
    needs: "deployment",
    async run() {
      const load = clientPod("load", "http://erp-api.erp.svc:8000/healthz/ready", "10000", "120");
      await whileDisrupted([load], async () => {
        await sleep(5000);
        disruptions.newApi.begin();
        kubectl("-n", "erp", "rollout", "status", "deployment/erp-api", "--timeout=300s");
        expect(JSON.parse(await podOutput("erp", "load", 300))).toEqual({ 200: 10_000 });
      }).finally(disruptions.newApi.end);
    },
  },
  {
    name: "postgresql-replaced",
    fault: "the pod of PostgreSQL is deleted",
    proves: "PostgreSQL is replaced under traffic, and its clients continue without a restart",
    minutes: 2,
    needs: "deployment",
    async run() {
      const clients = ["erp-api", "erp-worker"];
      const before = clients.map(restarts);
      kubectl("-n", "erp", "delete", "pod", "-l", "app.kubernetes.io/name=postgresql");
      for (const deployment of ["postgresql", "erp-api"]) {
        kubectl("-n", "erp", "wait", `deployment/${deployment}`, "--for=condition=Available", "--timeout=180s");
      }
      const kept = orders();
      expect(kept).toBeGreaterThan(0);
      await eventually("new orders", 120, () => orders() > kept);
      expect(clients.map(restarts)).toEqual(before);
    },
  },
  {
    name: "bad-image",
    fault: "a deployment names an image that does not exist",
    proves: "an image that does not exist is reported, and the old pods continue to serve",
    minutes: 2,
    needs: "deployment",
    async run() {
      try {
        const { code, output } = await act("deploy", "--image", "localhost/erp:does-not-exist");
        expect(code).toBe(1);
        expect(output).toMatch(/ErrImage|ImagePullBackOff|ErrImageNeverPull/);
        expect(output).toContain("localhost/erp:does-not-exist");
        expect(query('sum(up{job="erp-api"})')[0]?.value[1]).toBe("2");
      } finally {
        await deployLocal();
      }
    },
  },
];

function orders(): number {
  return Number(sql("select count(*) from orders"));
}
