import { join } from "node:path";
import type { Drawn } from "../preview/src/session";
import { loadEnvironments } from "../settings/load-environments";
import { type Command, CommandError, type Given, start } from "./command";
import { environmentOf } from "./environment-argument";
import { untilInterrupted } from "./interruption";
import { drawnDashboards, foreignFiles } from "./preview/drawn-dashboards";
import { pageFiles } from "./preview/page-files";
import { servePage } from "./preview/page-server";
import { session } from "./preview/session";
import type { Sources } from "./preview/sources";
import { watchSources } from "./preview/watch-sources";
import { whileAsking } from "./preview/while-asking";

const root = join(__dirname, "..");

const preview: Command = {
  name: "preview",
  positionals: {},
  operands: {
    name: "dashboard",
    help: "uid of one of our dashboards, or a JSON file with any dashboard; by default, all of ours",
  },
  options: {
    environment: {
      type: "string",
      value: "name",
      help: "environment whose dashboards are drawn; by default, the first one",
    },
    live: { type: "boolean", help: "queries the running environment, through its API server" },
    context: {
      type: "string",
      value: "context",
      help: "context of the kubeconfig, with --live; by default, the environment's",
    },
    prometheus: { type: "string", value: "url", help: "queries this Prometheus" },
    loki: { type: "string", value: "url", help: "queries this Loki, in addition to --prometheus" },
    "token-file": { type: "string", value: "file", help: "file with the bearer token for both" },
    story: {
      type: "string",
      value: "story",
      help: 'plays a scenario, "<alert>: <title>", and shows the panel of its alert',
    },
    watch: { type: "boolean", help: "redraws when a source file is saved, or the JSON file" },
    port: { type: "string", value: "number", help: "port of the page; by default, a free one" },
  },
  help: `
Draws dashboards as Grafana does, without a Grafana: it serves a page with Grafana's own components on this machine's
loopback interface. Unless you name a source, the data is the recording in preview/recordings/, which a real Prometheus
and a real Loki replay. A panel without data in the recording shows a scenario of its alert, and is marked. A panel that
the page cannot draw as Grafana would shows "not drawn here".

The page is a separate package. Install it once: npm ci --prefix preview

Stop it with Ctrl-C.`,
  async run(given, named) {
    const port = portOf(given);
    const environment = environmentOf({ environment: nameOf(given) });
    const draw = () => drawnDashboards(environment.name, named);
    let dashboards = await draw();
    const files = await pageFiles();
    await whileAsking(given, environment, dashboards, async (sources) => {
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
      };
      const unwatch = given.watch ? watchSources(root, foreignFiles(named), redraw) : () => {};
      await untilInterrupted();
      unwatch();
      server.stop();
    });
    return 0;
  },
};

function nameOf({ environment }: Given): string {
  return typeof environment === "string" ? environment : String(loadEnvironments()[0]?.name);
}

/** Path of the list of dashboards, or of the single dashboard or panel that was requested. */
function firstPage(dashboards: readonly Drawn[], story: Sources | undefined): string {
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
