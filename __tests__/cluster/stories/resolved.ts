import { disruptUntilNotified } from "../disrupt-until-notified";
import { disruptions } from "../disruptions";
import { eventually } from "../kubernetes";
import { figure } from "../results";
import { notifiedAlerts, unresolved } from "../webhook";
import type { Story } from "./story";

export const resolved: Story = {
  name: "resolved",
  proves: "when the cause of an alert has ended, every receiver of the alert gets its resolution",
  minutes: 30,
  needs: "deployment",
  async run() {
    // If this story runs alone, no other alert has fired.
    await disruptUntilNotified([disruptions.noApi], [{ alert: "ErpDown", receiver: "pager", within: 90 }]);
    for (const receiver of ["pager", "chat"] as const) {
      const open = () => unresolved(receiver).filter((labels) => !outlasts(labels));
      figure(`notified at the ${receiver}`, [...new Set(notifiedAlerts(receiver, "firing"))].sort().join(", "));
      await eventually(`the resolution of ${JSON.stringify(open())}`, 45 * 60, () => open().length === 0);
    }
    expect(notifiedAlerts("heartbeat", "resolved")).toEqual([]);
  },
};

/**
 * The shorter windows of these alerts are two and six hours long, so an hour of failures keeps the alerts firing that
 * long.
 */
function outlasts({ window = "" }: Readonly<Record<string, string>>): boolean {
  return ["1d", "3d"].includes(window);
}
