import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, CommandError, start } from "../../commands/command";
import { drawDashboards } from "../../commands/drawings/draw-dashboards";
import { drawnDashboard } from "../../commands/preview/drawn-dashboard";
import { whileAskingRecording } from "../../commands/preview/recorded-sources";
import type { Sources } from "../../commands/preview/sources";
import type { Drawn } from "../../preview/src/session";
import { signals } from "../../signals";
import { recorded } from "../fixtures/recorded";
import { changedPanels } from "./changed-panels";
import { folder, hashesFile, hashOf, pictureEnd, pictureName, writtenHashes } from "./pictured";

const pictures: Command = {
  name: "pictures",
  positionals: {},
  options: {
    all: {
      type: "boolean",
      help: "draws all pictures, including those whose dashboard and recording have not changed",
    },
    before: { type: "string", value: "folder", help: "working tree of another commit: draws the panels that differ" },
    to: { type: "string", value: "folder", help: "folder to which the pictures of those panels are written" },
  },
  help: `
Writes docs/pictures/: two pictures of each dashboard, one of a healthy system and one of a system with a fault. A
headless Chromium draws them from the recording, and only if the dashboard or its slice of the recording has changed.
With --before and --to, it draws only the panels that differ from those of another commit, before and after. It needs
\`npm ci --prefix preview\` and a Chromium on PATH.`,
  async run({ all, before, to }) {
    if ((before === undefined) !== (to === undefined))
      throw new CommandError("--before and --to must be used together: add the missing one.");
    const { erp, platform } = signals(recorded);
    const filed = [...erp.dashboards, ...platform.dashboards];
    await whileAskingRecording(
      recorded,
      filed.map(({ model }) => model),
      async (sources) => {
        const dashboards = filed.map(drawnDashboard);
        if (typeof before === "string" && typeof to === "string") await drawChanges(sources, dashboards, before, to);
        else await drawPictures(sources, dashboards, all === true);
      },
    );
    return 0;
  },
};

/** As much as can be read of a picture in a page of documentation. */
const size = { width: 1280, height: 1400 };

async function drawPictures(sources: Sources, dashboards: readonly Drawn[], all: boolean): Promise<void> {
  const known = writtenHashes();
  const found: Record<string, string> = {};
  mkdirSync(folder, { recursive: true });
  await drawDashboards({
    environment: recorded.name,
    dashboards,
    sources,
    ...size,
    pictures: (dashboard) =>
      sources.slices.flatMap((slice) => {
        const name = pictureName(dashboard, slice);
        if (!name) return [];
        found[name] = hashOf(dashboard, slice);
        const path = join(folder, name);
        return all || known[name] !== found[name] || !existsSync(path) ? [{ slice, path, end: pictureEnd(slice) }] : [];
      }),
  });
  writeFileSync(hashesFile, `${JSON.stringify(found, Object.keys(found).sort(), 2)}\n`);
}

const panelSize = { width: 800, height: 400 };

async function drawChanges(sources: Sources, now: readonly Drawn[], tree: string, folder: string): Promise<void> {
  const program = join("__tests__", "drawn", "print-dashboards.ts");
  const old: readonly Drawn[] = JSON.parse(
    execFileSync(process.execPath, ["--import", "tsx", program], { cwd: tree, encoding: "utf8", maxBuffer: 2 ** 28 }),
  );
  const changed = changedPanels(old, now);
  mkdirSync(folder, { recursive: true });
  for (const [when, dashboards] of [["before", old] as const, ["after", now] as const]) {
    await drawDashboards({
      environment: recorded.name,
      dashboards,
      sources,
      ...panelSize,
      pictures: (dashboard) =>
        sources.slices
          .filter((slice) => pictureName(dashboard, slice) !== undefined)
          .flatMap((slice) =>
            changed.flatMap(({ dashboard: uid, name, [when]: panel }) =>
              uid === dashboard.uid && panel !== undefined
                ? [{ slice, panel, end: pictureEnd(slice), path: join(folder, `${name}-${slice.name}-${when}.png`) }]
                : [],
            ),
          ),
    });
  }
  console.log(`${changed.length} panels differ: their pictures are in ${folder}`);
}

void start(pictures);
