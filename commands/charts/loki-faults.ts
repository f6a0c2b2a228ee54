import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fault } from "../../faults";
import { child } from "../child";
import { tool } from "../tool";
import type { Release } from "./chart-releases";
import type { Manifest } from "./manifests";

/** Faults that Loki itself reports in the configuration that its chart renders from our values. */
export async function lokiFaults(
  { name, environment }: Release,
  manifests: readonly Manifest[],
): Promise<readonly Fault[]> {
  const place = `release ${name} of ${environment}`;
  const config = manifests.find(({ data }) => data?.["config.yaml"])?.data?.["config.yaml"];
  if (config === undefined)
    return [{ place, rule: "must have a ConfigMap with config.yaml", remedy: "check what the chart renders" }];
  const loki = tool("loki");
  if ("missing" in loki) return [{ place, rule: "must be verified by Loki", remedy: `install loki, ${loki.missing}` }];
  const folder = mkdtempSync(join(tmpdir(), "erp-observability-loki-"));
  try {
    const file = join(folder, "config.yaml");
    writeFileSync(file, config);
    const { code, stdout, stderr } = await child(loki.path, [
      "-verify-config",
      "-config.expand-env=true",
      `-config.file=${file}`,
    ]);
    return code === 0
      ? []
      : [{ place, rule: "must be a configuration that Loki accepts", remedy: `${stdout}${stderr}`.trim() }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
