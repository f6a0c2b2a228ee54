import type { Fault } from "../../faults";
import type { AnyAlert } from "./alert";

/** Alerts that nobody could tell apart, and those of one name, told of in one message, that say different things. */
export function checkNames(alerts: readonly AnyAlert[]): Fault[] {
  const earlier = (alert: AnyAlert, index: number, same: (one: AnyAlert) => string) =>
    alerts.slice(0, index).find((one) => same(one) === same(alert));
  return alerts.flatMap((alert, index) => {
    const place = `alert ${alert.title}`;
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
