import { harms } from "../harms";
import { eventually } from "../kubernetes";
import { figure } from "../results";
import { trouble } from "../trouble";
import { notified, unresolved } from "../webhook";
import type { Story } from "./story";

export const resolved: Story = {
  name: "resolved",
  proves: "after its cause has ended, every alert is resolved at each receiver that was notified",
  minutes: 30,
  needs: "deployment",
  async tell() {
    // Alone, nothing else has fired.
    await trouble([harms.noApi], [{ alert: "ErpDown", receiver: "pager", within: 90 }]);
    for (const receiver of ["pager", "chat"] as const) {
      const open = () => unresolved(receiver).filter((labels) => !outlasts(labels));
      figure(`notified at the ${receiver}`, [...new Set(notified(receiver, "firing"))].sort().join(", "));
      await eventually(`the end of ${JSON.stringify(open())}`, 45 * 60, () => open().length === 0);
    }
    expect(notified("heartbeat", "resolved")).toEqual([]);
  },
};

/** An hour of failures stays in the windows that confirm these alerts for two hours, and for six. */
function outlasts({ window = "" }: Readonly<Record<string, string>>): boolean {
  return ["1d", "3d"].includes(window);
}
