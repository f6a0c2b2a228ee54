import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { Kubectl } from "../../../commands/cluster/kubectl";
import { exportEnvironment } from "../../../commands/export";
import { requireSecrets } from "../../../commands/secrets/require-secrets";
import { toolPath } from "../../../commands/tool";
import { namespaces } from "../../../settings/addresses";
import { testEnvironment } from "../cluster-environment";
import { clusterObjects, differences } from "../compared-objects";
import { deployLocal } from "../deployment";
import { act, type ChildResult, charts, context, kubectl } from "../kubernetes";
import { startWebhook } from "../webhook";
import type { Story } from "./story";

export const helmExport: Story = {
  name: "helm-export",
  proves: "the export for helm creates the same objects and releases as Terraform",
  minutes: 15,
  needs: "deployment",
  async run() {
    const environment = testEnvironment({ context, charts });
    const ours = Object.values(namespaces);
    const byTerraform = clusterObjects(ours);
    const folder = mkdtempSync(join(tmpdir(), "helm-export-"));
    try {
      await exportEnvironment(environment, [environment], { folder, for: "helm" });
      // The script takes over what Terraform has deployed.
      expect(script(folder, "install.sh").code).toBe(0);
      expect(differences(byTerraform, clusterObjects(ours))).toEqual([]);

      expect((await act("destroy")).code).toBe(0);
      const stopped = script(folder, "install.sh");
      expect(stopped.code).toBe(1);
      expect(stopped.output).toContain("erp/erp-redis (the ERP's URL of Redis) does not exist");
      expect(kubectl("-n", "monitoring", "get", "statefulsets,deployments", "-o", "name")).toBe("");
      // The Secret gets the addresses of the receivers.
      startWebhook();
      await requireSecrets(environment, new Kubectl(context));

      expect(script(folder, "install.sh").code).toBe(0);
      const byScript = clusterObjects(ours);
      expect(differences(byTerraform, byScript)).toEqual([]);

      const migration = jobId();
      expect(script(folder, "install.sh").code).toBe(0);
      expect(differences(byScript, clusterObjects(ours))).toEqual([]);
      // The migration runs again only if it changes.
      expect(jobId()).toBe(migration);

      expect(script(folder, "uninstall.sh").code).toBe(0);
      expect(kubectl("get", "namespace", ...ours, "--ignore-not-found", "-o", "name")).toBe("");
    } finally {
      script(folder, "uninstall.sh");
      rmSync(folder, { recursive: true });
      // Stops because the Secret of the receivers is missing. The webhook creates it with its addresses.
      await act("deploy");
      startWebhook();
      await deployLocal();
    }
  },
};

function jobId(): string {
  return kubectl("-n", "erp", "get", "job", "erp-migrate", "-o", "jsonpath={.metadata.uid}");
}

/** Runs a script of the export with the pinned version of Helm. */
function script(folder: string, name: string): ChildResult {
  const programs = mkdtempSync(join(tmpdir(), "helm-"));
  const helm = toolPath("helm");
  if (isAbsolute(helm)) symlinkSync(helm, join(programs, "helm"));
  const { status, stdout, stderr } = spawnSync("bash", [join(folder, name)], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
    env: { ...process.env, CHARTS: charts, PATH: [programs, process.env.PATH].join(delimiter) },
  });
  rmSync(programs, { recursive: true });
  process.stderr.write(stdout + stderr);
  return { code: status ?? 137, output: stdout + stderr };
}
