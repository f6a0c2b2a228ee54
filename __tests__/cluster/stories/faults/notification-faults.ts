import { setTimeout as sleep } from "node:timers/promises";
import { disruptions } from "../../disruptions";
import { eventually } from "../../kubernetes";
import { figureWithin } from "../../results";
import { arrivals } from "../../webhook";
import { faultStory } from "./fault";

const outage = { alert: "ErpDown", receiver: "pager" } as const;

/** Faults on the way of a notification. */
export const notificationFaults = [
  faultStory({
    name: "receivers-fail",
    fault: "every receiver answers 500 for 90 seconds and then nothing for 90 seconds, while the ERP is down",
    proves: "a page that its receiver refuses arrives exactly once when the receiver works again",
    minutes: 8,
    disruptions: [disruptions.failingReceivers, disruptions.noApi],
    seconds: 300,
    notified: [{ ...outage, within: 300 }],
    wellWithin: 120,
    meanwhile: async (start) => {
      await sleep(60_000);
      expect(arrivals("pager").filter(({ alert, at }) => alert === outage.alert && at > start)).toHaveLength(1);
    },
  }),
  faultStory({
    name: "inhibited-page",
    fault: "requests fail after an outage that inhibits their alert",
    proves: "a page arrives within two minutes after the alert that inhibited it has ended",
    minutes: 8,
    disruptions: [disruptions.noApi, disruptions.missingTable],
    seconds: 0,
    notified: [{ ...outage, within: 90 }],
    mayPage: ["ErpErrorBudgetBurn"],
    wellWithin: 120,
    meanwhile: async () => {
      disruptions.noApi.end();
      const back = Date.now();
      const find = () => arrivals("pager").find(({ alert, at }) => alert === "ErpErrorBudgetBurn" && at > back);
      const { at } = await eventually("ErpErrorBudgetBurn at the pager", 600, find);
      figureWithin("from the end of the outage to ErpErrorBudgetBurn", Math.round((at - back) / 1000), "s", 120);
    },
  }),
];
