import { deployLocal } from "../deployment";
import { measureKeptSeries } from "../kept-series";
import { act } from "../kubernetes";
import { figure, note } from "../results";
import type { Story } from "./story";

export const series: Story = {
  name: "series",
  proves: "`curated` keeps at most a quarter of the series that `full` and the charts' defaults keep",
  minutes: 4,
  needs: "deployment",
  async run() {
    const curated = await measureKeptSeries(({ kubelet = 0, apiserver = 0 }) => kubelet > 0 && apiserver === 0);
    try {
      expect((await act("deploy", "--full")).code).toBe(0);
      const full = await measureKeptSeries(
        ({ kubelet = 0, apiserver = 0 }) => kubelet > (curated.byJob.kubelet ?? 0) && apiserver > 0,
      );
      figure("series of all targets, curated and full", `${curated.all} and ${full.all}`);
      const jobs = Object.keys(full.byJob).sort();
      const rows = jobs.map((job) => `| ${job} | ${curated.byJob[job] ?? 0} | ${full.byJob[job]} |`);
      note(["| job | series, curated | series, full |", "|---|---|---|", ...rows, ""].join("\n"));
      expect(curated.all).toBeLessThanOrEqual(full.all / 4);
    } finally {
      await deployLocal();
    }
  },
};
