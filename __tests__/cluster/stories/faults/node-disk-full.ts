import { setTimeout as sleep } from "node:timers/promises";
import { disruptions, whileDisrupted } from "../../disruptions";
import { evictions } from "../../evictions";
import { eventually, kubectl } from "../../kubernetes";
import { figure, figureWithin, note, secondsSince } from "../../results";
import { table } from "../../verified-page";
import { startWebhook } from "../../webhook";
import type { Story } from "../story";

export const nodeDiskFull: Story = {
  name: "node-disk-full",
  fault: "a file that belongs to no pod fills the disk of the node",
  proves: "a full disk evicts the ERP before the monitoring, and the agents of the node never",
  minutes: 14,
  needs: "deployment",
  async run() {
    const start = Date.now();
    await whileDisrupted([disruptions.fullDisk], async () => {
      await eventually("an eviction", 300, () => evictions(start).length > 0);
      figureWithin("from the full disk to the first eviction", secondsSince(start), "s", 120);
      await sleep(180_000);
    });
    const end = Date.now();
    const evicted = evictions(start);
    figure("evicted pods", `${evicted.length}`);
    note(
      table(
        ["evicted after", "pod", "priority"],
        evicted.map(({ at, pod, priority }) => [`${Math.round((at - start) / 1000)} s`, pod, `${priority}`]),
      ),
    );
    const priorities = evicted.map(({ priority }) => priority);
    expect(priorities).toEqual([...priorities].sort((one, other) => one - other));

    const pressure = '{.items[0].status.conditions[?(@.type=="DiskPressure")].status}';
    const node = () => kubectl("get", "nodes", "-o", `jsonpath=${pressure}`);
    await eventually("a node without pressure", 900, () => node() === "False");
    kubectl("delete", "pods", "--all-namespaces", "--field-selector=status.phase=Failed");
    startWebhook();
    const waiting = () =>
      kubectl("get", "pods", "--all-namespaces", "--field-selector=status.phase=Pending", "-o", "name");
    await eventually("every pod", 600, () => waiting() === "");
    figureWithin("from the end of the fault until every pod was back", secondsSince(end), "s", 480);
  },
};
