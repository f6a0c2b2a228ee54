import { setTimeout as sleep } from "node:timers/promises";
import { namespaces } from "../../../settings/addresses";
import { type ContainerMemory, containerMemory, resourceRequests, youngestPodStart } from "../resources";
import { figure, note } from "../results";
import { minute } from "../steps";
import type { Story } from "./story";

const spaces = Object.values(namespaces);

export const requests: Story = {
  name: "requests",
  proves: "the memory use of every container in an hour of traffic is compared with its request",
  minutes: 62,
  needs: "deployment",
  async run() {
    const left = youngestPodStart(spaces) + 61 * minute - Date.now();
    console.log(`waiting ${Math.max(0, Math.ceil(left / minute))} minutes: every pod must have run for an hour`);
    await sleep(Math.max(0, left));
    const { cpu, memory } = resourceRequests(spaces);
    figure("requests of all containers", `${cpu.toFixed(2)} CPUs, ${memory} MiB`);
    const measured = containerMemory(spaces);
    const sum = measured.reduce((total, { highest }) => total + highest, 0);
    figure("highest working sets of all containers, added", `${sum} MiB`);
    const above = measured.filter(({ requested, highest }) => highest > requested);
    figure("containers that needed more memory than they request", names(above), { limit: "none", met: !above.length });
    note(table(measured));
    expect(measured.filter(({ highest }) => Number.isNaN(highest))).toEqual([]);
  },
};

function names(containers: readonly ContainerMemory[]): string {
  return (
    containers.map(({ container, highest, requested }) => `${container}: ${highest} of ${requested} MiB`).join(", ") ||
    "none"
  );
}

/** A table of the containers, with the highest memory use first. */
function table(measured: readonly ContainerMemory[]): string {
  const sorted = [...measured].sort((one, other) => other.highest - one.highest);
  const rows = sorted.map(
    ({ container, requested, limit, highest }) => `| ${container} | ${requested} | ${highest} | ${limit} |`,
  );
  return ["| container | requested, MiB | highest working set | limit |", "|---|---|---|---|", ...rows, ""].join("\n");
}
