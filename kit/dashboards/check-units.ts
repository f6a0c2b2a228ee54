import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import * as units from "@grafana/grafana-foundation-sdk/units";
import type { Fault } from "../../faults";
import type { Series } from "../queries/series";
import { unitName, type ValueUnit } from "../queries/units";
import type { Answer } from "./columns";

/** Faults of panels whose unit differs from the unit of their queries. */
export function checkPanelUnits(panel: Panel, answers: readonly Answer[], place: string): Fault[] {
  if ((panel.transformations ?? []).some(({ id }) => !keepsValues.test(id))) return [];
  return answers.flatMap(({ target, series = [] }) => {
    const shown = unitsOf(panel, target.refId);
    const yielded = [...new Set(series.flatMap((one) => unitShown(panel, one) ?? []))];
    const strange = yielded.filter((unit) => shown.length > 0 && shown.every((name) => !shows(name, unit)));
    return strange.map((unit) => ({
      place: `${place}: query ${target.refId}`,
      rule: `must have the unit of its query, which is ${unitName(unit)}`,
      value: shown.join(", "),
      remedy: remedyFor(unit),
    }));
  });
}

/** Grafana's units that fit each unit of a query. A panel whose unit is not listed is not checked. */
const accepted: Readonly<Record<ValueUnit, readonly string[]>> = {
  count: [units.Short, units.NoUnit, units.SiShort, units.LocaleFormat, ...perMinute()],
  flag: [units.Short, units.NoUnit, units.SiShort, units.LocaleFormat, units.PercentUnit],
  ratio: [units.PercentUnit, units.NoUnit],
  percent: [units.Percent, units.NoUnit],
  seconds: [
    units.Seconds,
    units.DurationSeconds,
    units.DurationInHoursMinutesSeconds,
    units.DurationInDaysHoursMinutesSeconds,
    units.ClockSeconds,
  ],
  // Grafana's dates count milliseconds.
  time: [],
  bytes: [units.BytesIEC, units.BytesSI],
  perSecond: [
    units.CountsPerSecond,
    units.OpsPerSecond,
    units.RequestsPerSecond,
    units.ReadsPerSecond,
    units.WritesPerSecond,
    units.IOOpsPerSecond,
    units.RowsPerSecond,
    units.EventsPerSecond,
    units.MessagesPerSecond,
    units.RecordsPerSecond,
    units.PacketsPerSecond,
  ],
  bytesPerSecond: [units.BytesPerSecondIEC, units.BytesPerSecondSI],
  secondsPerSecond: [units.PercentUnit, units.Short, units.NoUnit],
};

/** Parts and multiples of units. The unit of a query that converts values into one of them is not known. */
const converted: readonly string[] = [
  units.DatetimeISO,
  units.DatetimeDefault,
  units.DatetimeLocal,
  units.DateTimeFromNow,
  units.Milliseconds,
  units.Microseconds,
  units.Nanoseconds,
  units.Minutes,
  units.Hours,
  units.Days,
  units.BitsIEC,
  units.BitsSI,
  units.Kibibytes,
  units.Mebibytes,
  units.Gibibytes,
  units.Kilobytes,
  units.Megabytes,
  units.Gigabytes,
  units.BitsPerSecondIEC,
  units.BitsPerSecondSI,
];

const known = new Set([...Object.values(accepted).flat(), ...converted]);

/** Transformations that choose, order and rename columns. */
const keepsValues =
  /^(organize|joinByField|seriesToColumns|merge|limit|sortBy|filter\w*|labelsToFields|partitionByValues|groupingToMatrix)$/;

function shows(name: string, unit: ValueUnit): boolean {
  return !known.has(name) || accepted[unit].includes(name);
}

function remedyFor(unit: ValueUnit): string {
  const [fitting] = accepted[unit];
  if (fitting) return `use \`${fitting}\`, or correct the query`;
  return `subtract it from time(), or multiply it by 1000 and use \`${units.DateTimeFromNow}\``;
}

function perMinute(): string[] {
  return [units.CountsPerMinute, units.OpsPerMinute, units.RequestsPerMinute];
}

/** A heatmap shows the bounds of buckets; the colours, which are counts, have no unit. */
function unitShown({ type }: Panel, { unit, labels }: Series): ValueUnit | undefined {
  return type === "heatmap" ? labels.get("le")?.unit : unit;
}

/** The units in which the results of a query are shown: that of the panel, or those of its overrides. */
function unitsOf({ fieldConfig }: Panel, refId: string | undefined): string[] {
  const { defaults, overrides = [] } = fieldConfig ?? {};
  const overriding = overrides.flatMap(({ matcher, properties }) =>
    properties.filter(({ id }) => id === "unit").map(({ value }) => ({ matcher, unit: String(value) })),
  );
  const own = overriding.filter(
    ({ matcher: { id, options } }) =>
      (id === "byFrameRefID" && options === refId) || (id === "byName" && options === `Value #${refId}`),
  );
  if (own.length > 0) return own.map(({ unit }) => unit);
  return defaults?.unit ? [defaults.unit, ...overriding.map(({ unit }) => unit)] : [];
}
