import type { Fault } from "../../faults";
import { type AnyAlert, alertPlace, type PlaceOf } from "./alert";

/** Faults of alerts that cannot be distinguished, and of alerts with the same name and different summaries: they share a notification. */
export function checkNames(alerts: readonly AnyAlert[], placeOf: PlaceOf = alertPlace): Fault[] {
  const earlier = (alert: AnyAlert, index: number, same: (one: AnyAlert) => string) =>
    alerts.slice(0, index).find((one) => same(one) === same(alert));
  return alerts.flatMap((alert, index) => {
    const place = placeOf(alert);
    if (earlier(alert, index, ({ title }) => title)) {
      const rule = "must have a unique name, or labels that distinguish it from others with this name";
      return [{ place, rule, remedy: "rename one of them, or give it `labels`" }];
    }
    const namesake = earlier(alert, index, ({ name }) => name);
    if (!namesake || namesake.summary === alert.summary) return [];
    const rule = "must have the same summary as the other alerts with its name";
    return [{ place: `${place}: summary`, rule, value: alert.summary, remedy: `write "${namesake.summary}"` }];
  });
}
