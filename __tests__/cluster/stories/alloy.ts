import { testEnvironment } from "../cluster-environment";
import { emptyPanels } from "../dashboard-judgements";
import { deployLocal } from "../deployment";
import { act, eventually, query } from "../kubernetes";
import { streams } from "../loki";
import { needsOf } from "../needs";
import type { Story } from "./story";

export const alloy: Story = {
  name: "alloy",
  proves: "Alloy delivers log lines in place of Promtail and fills the same panels",
  minutes: 5,
  needs: "deployment",
  images: async (charts) =>
    (await needsOf(testEnvironment({ context: "none", charts, alloy: true }), charts)).images.filter((image) =>
      image.includes("/alloy:"),
    ),
  async run() {
    try {
      expect((await act("deploy", "--alloy")).code).toBe(0);
      await eventually(
        "lines that Alloy sent",
        300,
        () => query("sum(loki_write_sent_entries_total) > 100").length > 0,
      );
      expect(query('up{job="promtail"} == 1')).toEqual([]);
      const written = '{namespace="erp", app="erp-api"} | level="INFO"';
      const deployed = Date.now();
      const stream = await eventually("a line of the ERP", 120, () => streams(written, deployed)[0]);
      expect(Object.keys(stream)).toEqual(expect.arrayContaining(["namespace", "app", "container", "pod"]));
      expect(await emptyPanels("Monitoring health", { alloy: true })).toEqual([]);
    } finally {
      await deployLocal();
    }
  },
};
