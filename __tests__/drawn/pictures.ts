import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { start } from "../../commands/command";
import { drawDashboards } from "../../commands/drawings/draw-dashboards";
import { drawnDashboard } from "../../commands/preview/drawn-dashboard";
import { whileAskingRecording } from "../../commands/preview/recorded-sources";
import { recordingFile } from "../../commands/preview/recordings";
import { scrapeSeconds } from "../../dashboards/grafana/data-sources";
import type { Drawn, Slice } from "../../preview/src/session";
import { signals } from "../../signals";
import { recorded } from "../fixtures/recorded";

const folder = join(__dirname, "..", "..", "docs", "pictures");
const hashes = join(folder, "hashes.json");

/** The slice that shows each dashboard in trouble. */
const troubles: Readonly<Record<string, string>> = {
  "erp-fastapi-overview": "failing-requests",
  "erp-slo": "failing-requests",
  "erp-database": "postgresql-away",
  "erp-redis": "redis-full",
  "erp-celery": "slow-route",
  "erp-elasticsearch": "elasticsearch-away",
  "erp-logs": "slow-route",
  "erp-business": "outage",
  "platform-infrastructure": "outage",
  "platform-monitoring": "outage",
};

const pictures = {
  name: "pictures",
  positionals: {},
  options: { all: { type: "boolean", help: "draws all, also those whose dashboard and recording are as they were" } },
  help: `
Writes docs/pictures/: two of each dashboard, quiet and in trouble, drawn from the recording by a headless Chromium. A
picture is drawn again only when its dashboard or its slice of the recording has changed. It needs
\`npm ci --prefix preview\` and a Chromium on PATH.`,
  async run({ all }: { readonly all?: string | boolean | undefined }) {
    const { erp, platform } = signals(recorded);
    const filed = [...erp.dashboards, ...platform.dashboards];
    const known: Readonly<Record<string, string>> = existsSync(hashes) ? JSON.parse(readFileSync(hashes, "utf8")) : {};
    const found: Record<string, string> = {};
    mkdirSync(folder, { recursive: true });
    await whileAskingRecording(
      recorded,
      filed.map(({ model }) => model),
      (sources) =>
        drawDashboards({
          environment: recorded.name,
          dashboards: filed.map(drawnDashboard),
          sources,
          scrapeSeconds,
          width: 1280,
          // As much as can be read of a picture in a page of documentation.
          height: 1400,
          pictures: (dashboard) =>
            sources.slices.flatMap((slice) => {
              const name = pictureName(dashboard, slice);
              if (!name) return [];
              found[name] = hashOf(dashboard, slice);
              const path = join(folder, name);
              return all || known[name] !== found[name] || !existsSync(path) ? [{ slice, path }] : [];
            }),
        }),
    );
    writeFileSync(hashes, `${JSON.stringify(found, Object.keys(found).sort(), 2)}\n`);
    return 0;
  },
} as const;

function pictureName({ uid }: Drawn, { name }: Slice): string | undefined {
  if (name === "quiet") return `${uid}-quiet.png`;
  return name === troubles[uid] ? `${uid}-trouble.png` : undefined;
}

/** Of everything that the picture shows, except how the page draws it. */
function hashOf({ model }: Drawn, { name }: Slice): string {
  return createHash("sha256")
    .update(JSON.stringify(model))
    .update(readFileSync(recordingFile(name)))
    .digest("hex");
}

void start(pictures);
