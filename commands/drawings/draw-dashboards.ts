import type { Drawing } from "../../preview/src/facts";
import type { PageDashboard, Slice } from "../../preview/src/session";
import { CommandError } from "../command";
import { pageFiles } from "../preview/page-files";
import { servePage } from "../preview/page-server";
import { session } from "../preview/session";
import type { Sources } from "../preview/sources";
import { drawPages } from "./draw-pages";

/** A dashboard that was drawn with the samples of a slice. */
export interface DrawnDashboard {
  readonly dashboard: PageDashboard;
  readonly slice: Slice;
  readonly drawing: Drawing;
}

/** The dashboards to draw, and the form of the drawings. */
export interface DrawingForm {
  readonly environment: string;
  readonly dashboards: readonly PageDashboard[];
  readonly sources: Sources;
  /** Width of the window, in pixels. */
  readonly width: number;
  /** Height of the window, in pixels. */
  readonly height: number;
  /** The theme of the page. @default "dark" */
  readonly theme?: "dark" | "light";
  /** The pictures of a dashboard. @default all slices are drawn, and no picture is taken */
  readonly pictures?: (dashboard: PageDashboard) => readonly Picture[];
}

export interface Picture {
  readonly slice: Slice;
  readonly path: string;
  /** The last moment that is shown, in milliseconds since 1970. @default the end of the slice */
  readonly end?: number;
  /** The panel that is drawn alone. @default the whole dashboard is drawn */
  readonly panel?: number;
}

/**
 * Draws dashboards from the slices of a recording, with all rows open.
 * @throws {CommandError} when a page cannot be drawn
 */
export async function drawDashboards(form: DrawingForm): Promise<readonly DrawnDashboard[]> {
  const { environment, dashboards, sources, width, height, theme = "dark", pictures } = form;
  const served = { files: await pageFiles(), session: () => session(environment, dashboards, sources), ...sources };
  const server = await servePage(served, 0);
  const wanted = dashboards.flatMap((dashboard) => {
    const order = (slice: Slice, { path, end, panel }: Partial<Picture> = {}) => {
      const query = new URLSearchParams({ dashboard: dashboard.uid, slice: slice.name, theme, rows: "open" });
      if (end !== undefined) {
        query.set("from", `${slice.from}`);
        query.set("to", `${end}`);
      }
      if (panel !== undefined) query.set("viewPanel", `${panel}`);
      return { dashboard, slice, url: `${server.url}/?${query}`, width, height, ...(path && { picture: path }) };
    };
    return pictures
      ? pictures(dashboard).map(({ slice, ...picture }) => order(slice, picture))
      : sources.slices.map((slice) => order(slice));
  });
  const found: DrawnDashboard[] = [];
  try {
    const orders = wanted.map(({ dashboard: _, slice: __, ...order }) => order);
    await drawPages(orders, (page) => {
      const { dashboard, slice } = wanted.find(({ url }) => url === page.url) ?? {};
      if (!dashboard || !slice) return;
      if ("error" in page) throw new CommandError(`"${dashboard.title}" cannot be drawn: ${page.error}`);
      found.push({ dashboard, slice, drawing: page.drawing });
      process.stderr.write(`drew ${found.length} of ${wanted.length}: ${dashboard.title}, ${slice.name}\n`);
    });
  } finally {
    server.stop();
  }
  return found;
}
