import { z } from "zod";
import { inSeconds } from "../kit/queries/duration";
import { duration, message, name, oneLine, text } from "./fields";

const alertKey = text(
  /^[A-Z][A-Za-z0-9]*( [^\s]+)*$/,
  "must be the name of an alert, or its title in `rendered/<env>/alerts.md`",
  "write it such as `RedisMemoryHigh`, or `ErpErrorBudgetBurn 1h` for one of several alerts with a name",
).meta({ examples: ["RedisMemoryHigh", "ErpRouteSlow", "ErpErrorBudgetBurn 1h", "ErpErrorLinesHigh"] });

const date = z
  .string({ error: message("must be a date as text", "write it such as `2027-03-01`") })
  .refine(isDate, message("must be a date of the calendar: year, month and day", "write it such as `2027-03-01`"))
  .meta({ examples: ["2027-03-01", "2028-02-29"] });

/** What an environment changes about one alert. */
const alertOverride = z
  .strictObject({
    /** Switches the alert off. Nothing else is changed then. @default the alert is on */
    off: z.literal(true).optional(),
    /** Limit of an alert that fires above one, in the unit of the alert: 0.95 is 95 %. @default the limit of the product */
    above: z.number().optional(),
    /** Limit of an alert that fires below one, in the unit of the alert: 86400 is a day. @default the limit of the product */
    below: z.number().optional(),
    /** Time for which the condition must hold before the alert fires. @default the time of the product */
    for: duration
      .refine(
        (time) => !(inSeconds(time) > inSeconds("1d")),
        message("must be at most 1d: nobody would be notified in time", "write a shorter duration, such as `30m`"),
      )
      .optional(),
    /**
     * `critical` pages, `warning` notifies the chat, and `info` notifies nobody.
     * @default the severity of the product
     */
    severity: z.enum(["critical", "warning", "info"]).optional(),
    /**
     * Team that is notified: one of `teams`, or `platform`, also of alerts about a namespace of a team.
     * @default the team of the service, then that of the namespace, then `platform`
     */
    team: name.optional(),
    /**
     * Last day of the override. After it, synth and `deploy` print a notice and the nightly job fails, but the override
     * stays until somebody removes it.
     * @default the override does not end
     */
    until: date.optional(),
    /** The reason, for colleagues: completes "changed because …". */
    because: oneLine.refine(
      (text) => !/\$[\w{]|\[\[/.test(text),
      message("must contain no variable of Grafana: descriptions of panels show it", "write it without `$` and `[[`"),
    ),
  })
  .refine(
    ({ because: _because, until: _until, ...changes }) => Object.values(changes).some((change) => change !== undefined),
    message(
      "must change something",
      "add `off`, `above`, `below`, `for`, `severity` or `team`, or remove the override",
    ),
  )
  .refine(
    ({ off, because: _because, until: _until, ...others }) =>
      off === undefined || Object.values(others).every((change) => change === undefined),
    message(
      "must change nothing else where `off` is set: the alert is not there",
      "remove `off`, or the other changes",
    ),
  );

/** Alerts that the environment changes or switches off, by name or title. */
export const alertOverrides = z.record(alertKey, alertOverride);

function isDate(given: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(given) ? new Date(`${given}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(given);
}
