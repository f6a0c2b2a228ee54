import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, CommandError, start } from "../../commands/command";
import { drawDashboards } from "../../commands/drawings/draw-dashboards";
import { pageDashboard } from "../../commands/preview/page-dashboard";
import { whileQueryingRecording } from "../../commands/preview/recorded-sources";
import type { Sources } from "../../commands/preview/sources";
import type { PageDashboard } from "../../preview/src/session";
import { signals } from "../../signals";
import { recorded } from "../fixtures/recorded";
import { changedPanels } from "./changed-panels";
import { folder, hashesFile, hashOf, pictureEnd, pictureName, readHashes } from "./picture-files";

const pictures: Command = {
  name: "pictures",
  positionals: {},
  options: {
    all: { type: "boolean", help: "draws all pictures, even if their dashboard and recording are unchanged" },
    before: {
      type: "string",
      value: "folder",
      help: "working tree of another commit: draws only the panels that differ",
    },
    to: { type: "string", value: "folder", help: "folder for the pictures of those panels" },
  },
  help: `
Writes docs/pictures/: two of each dashboard, quiet and during a disruption, drawn from the recording by a headless Chromium. A
picture is drawn again only when its dashboard or its slice of the recording has changed. With --before and --to, it
draws only the panels that differ from those of another commit, before and after. It needs \`npm ci --prefix preview\` and a
Chromium on PATH.`,
  async run({ all, before, to }) {
    if ((before === undefined) !== (to === undefined))
      throw new CommandError("--before and --to must be used together: add the missing one.");
    const { erp, platform } = signals(recorded);
    const dashboards = [...erp.dashboards, ...platform.dashboards];
    await whileQueryingRecording(
      recorded,
      dashboards.map(({ model }) => model),
      async (sources) => {
        const drawn = dashboards.map(pageDashboard);
        if (typeof before === "string" && typeof to === "string") await drawChanges(sources, drawn, before, to);
        else await drawPictures(sources, drawn, all === true);
      },
    );
    return 0;
  },
};

/** The size at which a picture is readable on a page of the documentation. */
const size = { width: 1280, height: 1400 };

async function drawPictures(sources: Sources, dashboards: readonly PageDashboard[], all: boolean): Promise<void> {
  const known = readHashes();
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

async function drawChanges(
  sources: Sources,
  now: readonly PageDashboard[],
  tree: string,
  folder: string,
): Promise<void> {
  const program = join("__tests__", "drawn", "print-dashboards.ts");
  const old: readonly PageDashboard[] = JSON.parse(
    execFileSync(process.execPath, ["--import", "tsx", program], { cwd: tree, encoding: "utf8", maxBuffer: 2 ** 28 }),
  );
  const ends = new Map(sources.slices.map((slice) => [slice, pictureEnd(slice)]));
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
                ? [{ slice, panel, end: ends.get(slice), path: join(folder, `${name}-${slice.name}-${when}.png`) }]
                : [],
            ),
          ),
    });
  }
  console.log(`Number of panels that differ: ${changed.length}. Their pictures are in ${folder}`);
}

void start(pictures);
