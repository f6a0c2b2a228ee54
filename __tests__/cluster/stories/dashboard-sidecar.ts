import { local } from "../../fixtures/local";
import { installGrafana, sidecarState, uninstallGrafana } from "../dashboard-sidecar";
import { testNamespace } from "../deployed-mark";
import { deployLocal } from "../deployment";
import { act, eventually, kubectl } from "../kubernetes";
import { needsOf } from "../needs";
import { figure } from "../results";
import type { Story } from "./story";

export const dashboardSidecar: Story = {
  name: "dashboard-sidecar",
  proves: "Grafana's sidecar writes every dashboard to its folder, and removes it when it is deleted",
  minutes: 4,
  needs: "deployment",
  images: async (charts) => (await needsOf(local, charts)).images.filter((image) => image.includes("/k8s-sidecar:")),
  async run() {
    const grafana = await installGrafana();
    try {
      expect((await act("deploy", "--grafana")).code).toBe(0);
      const expected = dashboards();
      expect(Object.keys(expected).length).toBeGreaterThan(8);
      const complete = () => Object.keys(sidecarState().files).length >= Object.keys(expected).length;
      await eventually("a file for each dashboard", 120, complete);
      expect(sidecarState().files).toEqual(expected);
      expect(sidecarState().calls).toBe(0);
      figure("dashboards that the sidecar wrote", `${Object.keys(expected).length}`);
      await deployLocal();
      await eventually("no files", 120, () => Object.keys(sidecarState().files).length === 0);
    } finally {
      await deployLocal();
      uninstallGrafana(grafana);
    }
  },
};

/** The dashboards in the cluster, by the path of the file that Grafana must find: `<folder>/<key>`. */
function dashboards(): Readonly<Record<string, string>> {
  const found = kubectl("-n", testNamespace, "get", "configmaps", "-l", "grafana_dashboard=1", "-o", "json");
  const files = (JSON.parse(found).items as ConfigMap[]).flatMap(({ metadata, data }) =>
    Object.entries(data).map(([key, text]) => [`${metadata.annotations.grafana_folder}/${key}`, text] as const),
  );
  return Object.fromEntries(files);
}

interface ConfigMap {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  readonly data: Readonly<Record<string, string>>;
}
