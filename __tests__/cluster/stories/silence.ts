import { setTimeout as sleep } from "node:timers/promises";
import { Kubectl } from "../../../commands/cluster/kubectl";
import { runSilence } from "../../../commands/silence";
import { listSilences } from "../../../commands/silences/alertmanager";
import { endSilences } from "../../../commands/silences/end-silences";
import { reachThrough } from "../../../commands/silences/reach-alertmanager";
import { testEnvironment } from "../cluster-environment";
import { waitUntilResolved } from "../disrupt-until-notified";
import { disruptions, whileDisrupted } from "../disruptions";
import { charts, context, eventually, query } from "../kubernetes";
import { minute } from "../steps";
import { notifiedAlerts } from "../webhook";
import type { Story } from "./story";

const alert = "CeleryNoWorkers";

export const silence: Story = {
  name: "silence",
  proves: "a silenced alert notifies nobody, and notifies when its silence is ended early",
  minutes: 10,
  needs: "deployment",
  async run() {
    await waitUntilResolved([{ alert, receiver: "pager", within: 300 }]);
    const environment = testEnvironment({ context, charts });
    const reach = reachThrough(new Kubectl(context));
    const paged = () => notifiedAlerts("pager", "firing").filter((name) => name === alert).length;
    const beats = () => notifiedAlerts("heartbeat", "firing").length;
    const before = { pages: paged(), beats: beats() };
    expect(await runSilence(environment, reach, { for: "1h", because: "the story `silence`" }, [alert])).toBe(0);
    const [created] = (await reach(({ alertmanager }) => listSilences(alertmanager))).slice(-1);
    const ids = created ? [created.id] : [];
    try {
      await whileDisrupted([disruptions.noWorkers], async () => {
        const firing = () => query(`ALERTS{alertname="${alert}",alertstate="firing"}`).length > 0;
        await eventually(`${alert} fires`, 10 * 60, firing);
        // Longer than the group wait and the group interval of pages.
        await sleep(2 * minute);
        expect(paged()).toBe(before.pages);
        expect(beats()).toBeGreaterThan(before.beats);
        await endSilences(reach, ids, environment.name);
        await eventually(`${alert} at the pager`, 3 * 60, () => paged() > before.pages);
      });
    } finally {
      await endSilences(reach, ids, environment.name);
    }
  },
};
