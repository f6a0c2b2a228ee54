import type { Fault } from "../../faults";
import type { Series } from "../queries/series";
import { unitName, type ValueUnit } from "../queries/units";
import type { AnyAlert } from "./alert";
import { acceptsUnit, sideOf, unitFor } from "./limit";

/** Faults of a limit whose unit differs from the measure's, and of a description that formats the value as another unit. */
export function checkUnits(alert: AnyAlert, series: readonly Series[], place: string): Fault[] {
  const units = [...new Set(series.flatMap(({ unit }) => unit ?? []))];
  return [...units.flatMap((unit) => checkLimitUnit(alert, unit, place)), ...checkFormats(alert, units, place)];
}

function checkLimitUnit(alert: AnyAlert, unit: ValueUnit, place: string): Fault[] {
  const { limit } = alert;
  if (acceptsUnit(limit, unit)) return [];
  const fitting = unitFor(unit);
  return [
    {
      place: `${place}: ${sideOf(alert)}`,
      rule: `must have the unit of the measure, which is ${unitName(unit)}`,
      value: `${limit.unit}(${limit})`,
      remedy: fitting ? `write \`${fitting}(…)\`, or correct the measure` : "correct the measure",
    },
  ];
}

interface Format {
  readonly pattern: RegExp;
  readonly units: readonly ValueUnit[];
}

/** Functions that format a value in a template, with the units that they fit. */
const formats: readonly Format[] = [
  { pattern: /\bhumanizePercentage\b/, units: ["ratio", "secondsPerSecond", "flag"] },
  { pattern: /\bhumanizeDuration\b/, units: ["seconds"] },
  { pattern: /\bhumanizeTimestamp\b/, units: ["time"] },
  { pattern: /\bhumanize1024\b/, units: ["bytes", "bytesPerSecond"] },
  { pattern: /"%\.0f"/, units: ["count", "flag", "secondsPerSecond"] },
];

/** `{{ $value }}` has up to 17 digits, and `humanize` writes 0.012 as `12m`. */
const unreadable = /^\{\{-?\s*(\$value|\.Value)\s*(\|\s*humanize\s*)?-?\}\}$/;

function checkFormats({ description, limit }: AnyAlert, units: readonly ValueUnit[], place: string): Fault[] {
  const actions = description.match(/\{\{.*?\}\}/gs) ?? [];
  const shown = [...new Set(actions.filter((action) => /\$value|\.Value/.test(action)))];
  return shown.flatMap((action) => {
    const at = { place: `${place}: description`, value: action };
    if (unreadable.test(action)) {
      const rule = "must contain the value rounded, and without prefixes for small numbers";
      return [{ ...at, rule, remedy: `use \`valueText("${limit.unit}"…)\`` }];
    }
    const wrong = formats.find(({ pattern, units: right }) => pattern.test(action) && isOther(right, units));
    const unit = wrong && units.find((one) => !wrong.units.includes(one));
    const rule = `must format the value in its unit, ${unitName(unit)}`;
    return wrong ? [{ ...at, rule, remedy: `use \`valueText("${unitFor(unit) ?? limit.unit}"…)\`` }] : [];
  });
}

function isOther(right: readonly ValueUnit[], units: readonly ValueUnit[]): boolean {
  return units.some((unit) => !right.includes(unit));
}
