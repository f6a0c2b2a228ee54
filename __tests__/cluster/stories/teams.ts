import { setTimeout as sleep } from "node:timers/promises";
import { teamNamespace } from "../cluster-environment";
import { deployLocal } from "../deployment";
import { act, eventually, kubectl, kubectlWith, pythonPod } from "../kubernetes";
import { streams } from "../loki";
import { minute } from "../steps";
import { notifiedAlerts, startWebhook, unresolved } from "../webhook";
import type { Story } from "./story";

const alert = "PodCrashLooping";

export const teams: Story = {
  name: "teams",
  proves: "an alert about the namespace of a team notifies this team and nobody else",
  minutes: 15,
  needs: "deployment",
  async run() {
    try {
      // The Secret gets the address of the team's receiver.
      startWebhook();
      expect((await act("deploy", "--teams")).code).toBe(0);
      startCrashingPod();
      await eventually(`${alert} at the receiver of the team`, 15 * 60, () =>
        notifiedAlerts("payments", "firing").includes(alert),
      );
      // Longer than the group waits of all routes.
      await sleep(minute);
      const elsewhere = (["pager", "chat"] as const).flatMap((receiver) => unresolved(receiver));
      expect(elsewhere.filter(({ namespace }) => namespace === teamNamespace)).toEqual([]);
      expect(streams(`{namespace="${teamNamespace}"} |= "a line of the team"`)).not.toEqual([]);
    } finally {
      kubectl("delete", "namespace", teamNamespace, "--ignore-not-found");
      await deployLocal();
    }
  },
};

/** Starts a pod whose container writes a line and fails, again and again. */
function startCrashingPod(): void {
  const metadata = { name: teamNamespace };
  kubectlWith(JSON.stringify({ apiVersion: "v1", kind: "Namespace", metadata }), "apply", "-f", "-");
  const command = ["python3", "-c", "import sys; print('a line of the team'); sys.exit(1)"];
  const spec = { ...pythonPod(command, {}), restartPolicy: "Always" };
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { namespace: teamNamespace, name: "crashing" }, spec };
  kubectlWith(JSON.stringify(pod), "create", "-f", "-");
}
