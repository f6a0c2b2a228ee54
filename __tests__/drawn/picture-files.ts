import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readRecording, recordingFile } from "../../commands/preview/recordings";
import type { PageDashboard, Slice } from "../../preview/src/session";
import { slices } from "../cluster/slices";

export const folder = join(__dirname, "..", "..", "docs", "pictures");
export const hashesFile = join(folder, "hashes.json");

/** The slice with which each dashboard is shown during a disruption. */
export const disruptedSlices: Readonly<Record<string, string>> = {
  "erp-fastapi-overview": "failing-requests",
  "erp-slo": "failing-requests",
  "erp-database": "postgresql-away",
  "erp-celery": "slow-route",
  "erp-redis": "redis-full",
  "erp-elasticsearch": "redis-full",
  "erp-logs": "failing-requests",
  "erp-business": "outage",
  "platform-infrastructure": "failing-pods",
  "platform-monitoring": "outage",
};

/** File of the picture of a dashboard in a slice. @returns undefined if there is no such picture */
export function pictureName({ uid }: PageDashboard, { name }: Pick<Slice, "name">): string | undefined {
  if (name === "quiet") return `${uid}-quiet.png`;
  return name === disruptedSlices[uid] ? `${uid}-trouble.png` : undefined;
}

/**
 * The end of the time range of a picture: the middle of the time in which all alerts of its slice fire. A slice ends after
 * the system has recovered.
 *
 * @returns undefined for a slice without alerts, whose whole time is shown
 */
export function pictureEnd({ name }: Pick<Slice, "name">): number | undefined {
  const alerts = slices.find((slice) => slice.name === name)?.alerts ?? [];
  if (alerts.length === 0) return undefined;
  const { from, series } = readRecording(recordingFile(name));
  const firing = alerts.map((alert) =>
    series
      .filter(({ labels }) => labels.alertname === alert && labels.alertstate === "firing")
      .flatMap(({ samples }) => samples)
      .filter(({ time, value }) => time >= from && value === 1)
      .map(({ time }) => time),
  );
  const begin = Math.max(...firing.map((times) => Math.min(...times)));
  const end = Math.min(...firing.map((times) => Math.max(...times)));
  return Math.round((begin + end) / 2);
}

/** The hash of the dashboard and the recording of a picture. The code that draws them is not included. */
export function hashOf({ model }: PageDashboard, { name }: Pick<Slice, "name">): string {
  return createHash("sha256")
    .update(JSON.stringify(model))
    .update(readFileSync(recordingFile(name)))
    .digest("hex");
}

/** The hashes of all committed pictures when they were drawn, by their files. */
export function readHashes(): Readonly<Record<string, string>> {
  return existsSync(hashesFile) ? JSON.parse(readFileSync(hashesFile, "utf8")) : {};
}
