import { spawnSync } from "node:child_process";
import { attemptFirstDeployment, deployLocal } from "../deployment";
import { act, begin, eventually, kubectl, shell } from "../kubernetes";
import type { Story } from "./story";

export const interruptedApply: Story = {
  name: "interrupted-apply",
  proves: "a deployment that was killed during an apply completes after the printed steps",
  minutes: 3,
  needs: "empty cluster",
  async run() {
    await attemptFirstDeployment();
    const { process: deployment, ended } = begin("deploy");
    await eventually("a release under way", 120, () => pendingReleases().length > 0);
    kill(deployment.pid);
    expect((await ended).code).not.toBe(0);

    const { code, output } = await act("deploy");
    expect(code).toBe(1);
    const steps = output.split("\n").filter((line) => /^\s+(kubectl|terraform|helm) /.test(line));
    expect(steps).not.toEqual([]);
    for (const step of steps) shell(step.trim());
    await deployLocal();
  },
};

/** Releases whose installation has started but not ended. */
function pendingReleases(): string[] {
  const labels = "owner=helm,status in (pending-install,pending-upgrade)";
  return kubectl("get", "secrets", "-A", "-l", labels, "-o", "name").split("\n").filter(Boolean);
}

/** Kills a process and its children at once, as a crash of the machine would. */
function kill(pid: number | undefined): void {
  const children = spawnSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" }).stdout.split("\n");
  process.kill(pid as number, "SIGKILL");
  for (const child of children.map(Number).filter(Boolean)) {
    if (isRunning(child)) kill(child);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
