import type { Fault } from "../../faults";
import { type AnyAlert, alertPlace, type PlaceOf } from "./alert";

/** Alerts that cannot be distinguished, and alerts of one name, which share a notification, with different summaries. */
export function checkNames(alerts: readonly AnyAlert[], placeOf: PlaceOf = alertPlace): Fault[] {
  const earlier = (alert: AnyAlert, index: number, same: (one: AnyAlert) => string) =>
    alerts.slice(0, index).find((one) => same(one) === same(alert));
  return alerts.flatMap((alert, index) => {
    const place = placeOf(alert);
    if (earlier(alert, index, ({ title }) => title)) {
      const rule = "must have a name of its own, or labels that tell it from others of its name";
      return [{ place, rule, remedy: "rename one of them, or give it `labels`" }];
    }
    const namesake = earlier(alert, index, ({ name }) => name);
    if (!namesake || namesake.summary === alert.summary) return [];
    const rule = "must have the summary of the others of its name";
    return [{ place: `${place}: summary`, rule, value: alert.summary, remedy: `write "${namesake.summary}"` }];
  });
}
