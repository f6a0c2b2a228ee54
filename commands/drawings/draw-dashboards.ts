import type { Drawing } from "../../preview/src/facts";
import type { Drawn, Slice } from "../../preview/src/session";
import { CommandError } from "../command";
import { pageFiles } from "../preview/page-files";
import { servePage } from "../preview/page-server";
import type { Sources } from "../preview/sources";
import { drawPages } from "./draw-pages";

/** A dashboard that was drawn with the samples of a slice. */
export interface DrawnDashboard {
  readonly dashboard: Drawn;
  readonly slice: Slice;
  readonly drawing: Drawing;
}

/** What is drawn, and how. */
export interface DrawingForm {
  readonly environment: string;
  readonly dashboards: readonly Drawn[];
  readonly sources: Sources;
  readonly scrapeSeconds: number;
  /** Of the window, in pixels. */
  readonly width: number;
  readonly height: number;
  /** @default "dark" */
  readonly theme?: "dark" | "light";
  /** The slices that a dashboard is drawn with, each with the file of its picture. @default all slices, without pictures */
  readonly pictures?: (dashboard: Drawn) => readonly { readonly slice: Slice; readonly path: string }[];
}

/**
 * Draws dashboards from the slices of a recording, all rows open.
 * @throws {CommandError} when a page cannot be drawn
 */
export async function drawDashboards(form: DrawingForm): Promise<readonly DrawnDashboard[]> {
  const { environment, dashboards, sources, scrapeSeconds, width, height, theme = "dark", pictures } = form;
  const { slices, stories } = sources;
  const session = () => ({
    environment,
    dashboards,
    sources: { prometheus: "/api/prometheus", ...(sources.loki && { loki: "/api/loki" }), scrapeSeconds },
    slices,
    stories,
  });
  const server = await servePage({ files: await pageFiles(), session, ...sources }, 0);
  const wanted = dashboards.flatMap((dashboard) => {
    const draw = (slice: Slice, picture?: string) => {
      const query = new URLSearchParams({ dashboard: dashboard.uid, slice: slice.name, theme, rows: "open" });
      return { dashboard, slice, url: `${server.url}/?${query}`, width, height, ...(picture && { picture }) };
    };
    return pictures
      ? pictures(dashboard).map(({ slice, path }) => draw(slice, path))
      : slices.map((slice) => draw(slice));
  });
  const found: DrawnDashboard[] = [];
  try {
    const orders = wanted.map(({ dashboard: _, slice: __, ...order }) => order);
    await drawPages(orders, (drawn) => {
      const { dashboard, slice } = wanted.find(({ url }) => url === drawn.url) ?? {};
      if (!dashboard || !slice) return;
      if ("error" in drawn) throw new CommandError(`"${dashboard.title}" cannot be drawn: ${drawn.error}`);
      found.push({ dashboard, slice, drawing: drawn.drawing });
      console.error(`drew ${found.length} of ${wanted.length}: ${dashboard.title}, ${slice.title}`);
    });
  } finally {
    server.stop();
  }
  return found;
}
