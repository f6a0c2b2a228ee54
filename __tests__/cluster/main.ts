import { parseArgs } from "node:util";
import { deployEnvironment } from "../../commands/deploy";
import { destroyEnvironment } from "../../commands/destroy";
import { diffEnvironment } from "../../commands/diff";
import { verifyAndReport } from "../../commands/verify";
import { synthesize } from "../../main";
import { testEnvironment } from "./cluster-environment";

/**
 * Runs the commands for the environment of the cluster tests in a separate process, so that a test can kill it.
 * `tsx __tests__/cluster/main.ts deploy|diff|destroy|verify --context <context> --charts <folder> --outdir <folder>`
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    context: { type: "string" },
    charts: { type: "string" },
    outdir: { type: "string" },
    image: { type: "string" },
    full: { type: "boolean" },
    alloy: { type: "boolean" },
    grafana: { type: "boolean" },
    elasticsearch: { type: "boolean" },
    teams: { type: "boolean" },
    shared: { type: "boolean" },
    recorded: { type: "boolean" },
    json: { type: "boolean" },
    "read-only": { type: "boolean" },
    "without-secrets": { type: "boolean" },
    notify: { type: "boolean" },
  },
});
const { context, charts, outdir, image, full, alloy, grafana, elasticsearch, teams, shared, recorded } = values;
if (!context || !charts || !outdir) throw new Error("--context, --charts and --outdir are required");
const environment = testEnvironment({
  context,
  charts,
  image,
  alloy,
  grafana,
  elasticsearch,
  teams,
  shared,
  recorded,
  ...(full && { clusterMonitoring: "full" }),
});

const actions: Record<string, () => Promise<unknown>> = {
  deploy: () => deployEnvironment(environment, true, outdir),
  diff: async () => {
    process.exitCode = await diffEnvironment(environment, outdir);
  },
  verify: async () => {
    process.exitCode = await verifyAndReport(environment, values);
  },
  destroy: () => destroyEnvironment(environment, true, outdir),
};
// `destroy` uses the stacks that were deployed, even if the sources have changed since.
if (positionals[0] === "deploy" || positionals[0] === "diff") synthesize([environment], outdir);
actions[positionals[0] ?? ""]?.().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = positionals[0] === "verify" ? 2 : 1;
});
