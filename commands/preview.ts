import { join } from "node:path";
import type { PageDashboard } from "../preview/src/session";
import { type Command, CommandError, type Given, start } from "./command";
import { environmentOf } from "./environments";
import { untilInterrupted } from "./interruption";
import { startReader } from "./preview/own-dashboards";
import { pageFiles } from "./preview/page-files";
import { servePage } from "./preview/page-server";
import { foreignFiles, selectDashboards } from "./preview/select-dashboards";
import { session } from "./preview/session";
import type { Sources } from "./preview/sources";
import { watchSources } from "./preview/watch-sources";
import { whileQuerying } from "./preview/while-querying";

const root = join(__dirname, "..");

const preview: Command = {
  name: "preview",
  positionals: {},
  operands: {
    name: "dashboard",
    help: "uid of a dashboard of this project, or a JSON file with another dashboard; default: all dashboards of this project",
  },
  options: {
    environment: {
      type: "string",
      value: "name",
      help: "environment whose dashboards are drawn; default: the first one",
    },
    live: { type: "boolean", help: "reads from the running environment, through its API server" },
    context: {
      type: "string",
      value: "context",
      help: "context of the kubeconfig, with --live; default: the environment's",
    },
    prometheus: { type: "string", value: "url", help: "reads from this Prometheus" },
    loki: { type: "string", value: "url", help: "reads from this Loki, with --prometheus" },
    "token-file": { type: "string", value: "file", help: "file with the bearer token for Prometheus and Loki" },
    story: {
      type: "string",
      value: "story",
      help: 'plays a scenario, "<alert>: <title>", and shows the panel of its alert',
    },
    watch: { type: "boolean", help: "redraws when a source file or the JSON file is saved" },
    port: { type: "string", value: "number", help: "port of the page; default: a free one" },
  },
  help: `
Draws dashboards as Grafana does, without Grafana: it serves a page on this machine's loopback interface, with
Grafana's own components. By default, the data come from the recording in preview/recordings/, replayed by a real
Prometheus and a real Loki. A panel without data in the recording shows a scenario of its alert and is marked. Parts that
the page cannot draw as Grafana does are marked "not drawn here".

The page is a separate package. Install it once: npm ci --prefix preview

Stop it with Ctrl-C.`,
  async run(given, named) {
    const port = portOf(given);
    const environment = environmentOf(given);
    let reader = startReader(environment.name);
    let ended = false;
    // Started before the next file is saved, it is ready then.
    const renew = () => {
      reader.stop();
      if (!ended) reader = startReader(environment.name);
    };
    try {
      const draw = () => selectDashboards(environment.name, named, reader);
      let dashboards = await draw();
      const files = await pageFiles();
      await whileQuerying(given, environment, dashboards, async (sources) => {
        const served = { files, session: () => session(environment.name, dashboards, sources), ...sources };
        const server = await servePage(served, port);
        console.log(`${server.url}${firstPage(dashboards, given.story === undefined ? undefined : sources)}`);
        const redraw = async () => {
          try {
            dashboards = await draw();
            server.announceChange();
          } catch (error) {
            console.error(error instanceof Error ? error.message : error);
          }
          renew();
        };
        if (given.watch) renew();
        const unwatch = given.watch ? watchSources(root, foreignFiles(named), redraw) : () => {};
        await untilInterrupted();
        unwatch();
        server.stop();
      });
    } finally {
      ended = true;
      reader.stop();
    }
    return 0;
  },
};

/** The list of the dashboards, or the requested dashboard if there is only one. */
function firstPage(dashboards: readonly PageDashboard[], story: Sources | undefined): string {
  const [played] = story?.stories ?? [];
  if (played) return `/?dashboard=${played.dashboard}&viewPanel=${played.panel}`;
  return dashboards.length === 1 ? `/?dashboard=${dashboards[0]?.uid}` : "";
}

/** @throws {CommandError} when the option is not a valid port */
function portOf({ port = "0" }: Given): number {
  if (/^\d{1,5}$/.test(String(port)) && Number(port) < 65_536) return Number(port);
  throw new CommandError(`--port takes a number up to 65535, not \`${port}\`.`);
}

void start(preview);
