import { disruptions } from "../../disruptions";
import { clientReport } from "../../proxied-orders";
import { restarts } from "../../resources";
import { figure } from "../../results";
import { faultStory } from "./fault";

/** Faults of Sentry, which no request may wait for. */
export const sentryFaults = [
  faultStory({
    name: "silent-sentry",
    fault: "Sentry's address drops every packet, while most requests fail",
    proves: "no request waits for a Sentry that does not answer",
    minutes: 9,
    prepared: [disruptions.silentSentry],
    disruptions: [disruptions.missingTable],
    seconds: 180,
    notified: [{ alert: "ErpErrorBudgetBurn", receiver: "pager", within: 240 }],
    wellWithin: 60,
    meanwhile: () => {
      const { statuses, slowest } = clientReport();
      figure("slowest order", `${slowest.orders} s`);
      // Every failed request sends an event. A request that waited for its event would end with an error of the client.
      expect(Object.keys(statuses.orders).sort()).toEqual(["201", "500"]);
      expect(statuses.orders["500"]).toBeGreaterThan(100);
      expect(restarts("erp-api")).toBe(0);
    },
  }),
];
