import type { AnyAlert } from "../../kit/alerts/alert";
import { limitText } from "../../kit/alerts/limit";
import { statedDurations } from "../../kit/dashboards/stated-durations";
import { inSeconds } from "../../kit/queries/duration";

/**
 * Facts of its alerts that the prose of a runbook repeats, although the rendered facts contain them. Only the
 * introduction describes the alert: there, words count as well (`ten minutes`, `a tenth`). Further below, the same
 * duration or number may be about something else, so only a limit with its unit counts. Code is skipped.
 *
 * @param prose the page without its rendered facts
 */
export function repeatedFacts(alerts: readonly Stated[], prose: string): readonly string[] {
  const text = prose.replace(/^ *```[\s\S]*?```$/gm, "").replace(/`[^`\n]*`/g, "");
  const introduction = text.split(/^## /m)[0] ?? "";
  const found = alerts.flatMap((alert) => [
    ...repeatedLimits(alert, text, introduction),
    ...repeatedDurations(alert, introduction),
    ...(text.match(/\b(critical|warning)\b/g) ?? []).filter((severity) => severity === alert.severity),
  ]);
  return [...new Set(found)];
}

type Stated = Pick<AnyAlert, "limit" | "for" | "severity">;

function repeatedLimits({ limit }: Stated, text: string, introduction: string): string[] {
  const { value, unit } = limit;
  // 100 %, 0 and 1 are not figures, because alerts about them must mention them.
  if ((unit === "ratio" && value === 1) || (unit === "count" && value < 2)) return [];
  if (unit === "seconds" && statedDurations(introduction).has(value)) return [limitText(limit)];
  if (unit === "count") return introduction.match(comparisonWith(value)) ?? [];
  if (unit === "factor")
    return introduction.match(value === 2 ? /\btwice\b|\b2 times/ : new RegExp(`\\b${value} times`)) ?? [];
  const written = text.match(new RegExp(`(?<![\\d.,])${limitText(limit).replace(" ", " ?")}`, "g")) ?? [];
  const share = unit === "ratio" ? shareWords[value] : undefined;
  return [...written, ...(share ? (introduction.match(share) ?? []) : [])];
}

function repeatedDurations(alert: Stated, introduction: string): string[] {
  const stated = statedDurations(introduction);
  return alert.for !== undefined && stated.has(inSeconds(alert.for)) ? [`for ${alert.for}`] : [];
}

/** A comparison with the number in digits or as a word, unless it is a number of seconds, minutes and the like. */
function comparisonWith(value: number): RegExp {
  const written = [`${value}`, value.toLocaleString("en-US"), numberWords[value]].filter(Boolean).join("|");
  const unit = "[.,]?\\d| ?(?:%|s\\b|min|second|hour|day|week)";
  return new RegExp(`\\b(?:(?:more|fewer|less) than|at least|above|below) (?:${written})\\b(?!${unit})`, "i");
}

const numberWords: Readonly<Record<number, string>> = { 2: "two", 3: "three", 5: "five", 10: "ten", 100: "a hundred" };

const shareWords: Readonly<Record<number, RegExp>> = {
  0.05: /\bone in twenty\b/i,
  0.1: /\b(?:a tenth|one in ten)\b/i,
  0.2: /\b(?:a fifth|one in five)\b/i,
  0.25: /\ba quarter\b/i,
  0.5: /\bhalf (?:of|the)\b/i,
  0.75: /\bthree quarters\b/i,
};
