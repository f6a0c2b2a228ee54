/** A command behind `npm run`, as `npm run help` and the README list it. */
export interface ListedCommand {
  readonly name: string;
  /** The arguments that are usually given. @default none */
  readonly usage?: string;
  /** What the command does: Markdown in one line. `npm run help` prints its first sentence. */
  readonly text: string;
  /** Commands that somebody might run instead: `--help` lists them with what they do. @default none */
  readonly similar?: readonly string[];
}

/** All commands by the task for which somebody looks for them. package.json and the README have the same ones. */
export const commandsByTask: Readonly<Record<string, readonly ListedCommand[]>> = {
  "Deploy and operate an environment": [
    {
      name: "synth",
      text: "writes the Terraform configuration of all environments, and their alerts, routes and dashboards as [`signals.json`](docs/signals-json.md). Needs no cluster",
      similar: ["render", "check", "diff"],
    },
    {
      name: "diff",
      usage: "<env>",
      text: "shows what `deploy` would change. Exits with 2 if there are changes",
      similar: ["review", "render", "upgrade-notes"],
    },
    {
      name: "deploy",
      usage: "<env>",
      text: 'checks the cluster, shows the plan, asks for confirmation, applies exactly this plan, and waits until everything is ready. `--silence "<reason>"` silences the alerts that it disturbs',
      similar: ["diff", "secrets", "rollout", "verify"],
    },
    {
      name: "secrets",
      usage: "<env>",
      text: "checks that all Secrets of the environment exist and contain their keys, and that programs can use the values",
      similar: ["deploy"],
    },
    {
      name: "rollout",
      usage: "<env>",
      text: "waits until everything is ready, or reports why it is not, with the events and the log of the pod",
      similar: ["deploy"],
    },
    {
      name: "verify",
      usage: "<env>",
      text: "checks that what runs is what the configuration describes: workloads, Secrets, scrape targets, rules, dashboards, notifications, logs, network policies ([docs/verify.md](docs/verify.md)). Each failure names a runbook",
      similar: ["rollout", "secrets", "diff", "test:dashboards"],
    },
    {
      name: "silence",
      usage: "<env> <what> --for 1h",
      text: "silences alerts during planned work: an alert, a team, a namespace, a service or everything except the heartbeat. The silence ends by itself, and the command prints how to end it earlier ([docs/planned-work.md](docs/planned-work.md))",
      similar: ["deploy", "verify"],
    },
    {
      name: "size",
      usage: "<env>",
      text: "prints the series, memory and disk that Prometheus and Loki need, next to the settings ([docs/sizing.md](docs/sizing.md)), and for how long an outage of Loki loses no log line. `--measured` compares them with a running environment",
    },
    {
      name: "destroy",
      usage: "<env>",
      text: "removes `local`. For other environments, it only prints the steps",
    },
    {
      name: "export",
      usage: "<env> <folder>",
      text: "writes everything that an environment deploys to a folder, to be applied [without Terraform](docs/gitops.md): a script of Helm commands (`helm`), HelmReleases of Flux (`flux`) or Applications of Argo CD (`argocd`), with manifests. Lists the Secrets that must exist",
      similar: ["render", "deploy", "secrets"],
    },
    {
      name: "upgrade-notes",
      usage: "<tag>",
      text: "shows what another version of this project changes in your environments. Exits with 1 if a change loses data or cannot be applied",
      similar: ["review", "diff", "render"],
    },
  ],
  "Check and test a change": [
    { name: "help", text: "lists these commands" },
    {
      name: "check",
      text: "checks format, lint, types, imports between folders, that every file of a subject is listed, and that no text contains an unused word. If you name files of `config/`, it checks only these files, which takes a second",
      similar: ["fix", "synth", "test:settings", "test"],
    },
    { name: "fix", text: "corrects the format, and everything else that Biome can correct safely", similar: ["check"] },
    {
      name: "prove",
      usage: "<Alert>",
      text: "plays the scenarios of one alert in a second or two, and draws the measure, the limit and the state of the alert in each scenario, with the expected and the actual outcome. `--watch` plays again when a file is saved",
      similar: ["test", "bench:mutants", "preview"],
    },
    {
      name: "test",
      usage: "<words>",
      text: "runs `check` and all tests that this machine can run, or only the tests whose file or name contains the given words. Lists the skipped tests with the reason",
      similar: ["prove", "check", "test:settings", "test:programs", "test:drawn", "test:cluster"],
    },
    {
      name: "review",
      usage: "<base>",
      text: "shows what your change does to each environment, one line for each effect: lost data first, then alerts and who is notified, dashboards, versions with their change logs, permissions, network paths, and so on. `--markdown` is for a pull request ([docs/review.md](docs/review.md)). Exits with 1 if a change loses data or cannot be applied",
      similar: ["render", "diff", "upgrade-notes"],
    },
    {
      name: "render",
      text: "writes `rendered/<env>/`: everything that each environment deploys, as manifests, Helm values, a table of alerts and outlines of the dashboards. Also writes the facts of each alert into its runbook. `--check` writes nothing, and fails if a file is out of date",
      similar: ["synth", "diff"],
    },
    {
      name: "test:settings",
      text: "tests your `config/` in ten seconds, with Node alone: settings are valid, rules and panels have no faults, `rendered/` is up to date, and names and sizes are within the limits of the cluster",
      similar: ["check", "test"],
    },
    {
      name: "test:programs",
      text: "runs the tests that need more programs: the checks of `conformance` with the reference ERP, the log tests with Alloy, redis_exporter with Redis, the exporter of Elasticsearch with Elasticsearch, the OpenTelemetry Collector with Jaeger, the stack of Sentry with its Terraform provider. Some of these programs are in no package registry. If such a program is not installed, its tests are skipped",
      similar: ["test"],
    },
    {
      name: "test:properties",
      text: "generates environments from the schema of the settings: 10,000 that must have rules, routes and dashboards without faults, and 10,000 with one mistake that must be refused at the mistake. Lists the settings that change no output. Takes about half an hour, each time with other environments",
      similar: ["test:settings", "test"],
    },
    {
      name: "lint",
      usage: "<file>...",
      text: "checks rules and dashboards of any project, without an environment: queries that return something else than they seem to, templates, durations, duplicate names, panels without a query. Prints text, `--json`, or `--sarif` for code hosts ([docs/lint.md](docs/lint.md))",
      similar: ["check", "preview"],
    },
    {
      name: "check:charts",
      text: "compares the charts with our settings: every Helm value that we set must exist in the chart, the versions in `settings/versions.ts` must be those in the chart, and the rendered manifests must meet our rules",
      similar: ["check", "render"],
    },
    {
      name: "test:cdktn",
      text: "compares the output of cdktf with that of its fork cdktn. Needs access to an npm registry",
      similar: ["upgrade-notes"],
    },
    {
      name: "compare:pages",
      usage: "<commit>",
      text: "lists the facts (figures, commands, names, links) of Markdown pages that differ from an earlier commit. Run it after you changed the wording of pages",
      similar: ["render"],
    },
    { name: "erp", text: "starts the reference ERP on this machine, with PostgreSQL and Redis" },
    {
      name: "contract",
      usage: "<env>",
      text: "writes the contract that an image of the ERP must keep: metrics, HTTP profile, health routes, request ids, log lines, tags of events",
      similar: ["conformance", "evidence"],
    },
    {
      name: "conformance",
      usage: "<url>",
      text: "checks whether a running image of the ERP keeps the [contract](docs/conformance.md), for the pipeline of the ERP's own team. Reports as text, `--json` or JUnit XML (`--junit`). Needs `npm ci --prefix conformance` once",
      similar: ["contract", "erp", "rollout"],
    },
    {
      name: "evidence",
      usage: "<env>",
      text: "captures the scrapes in `metrics/evidence/` again, from programs that it starts on this machine and from a running environment",
      similar: ["capture"],
    },
    {
      name: "preversion",
      text: "checks that `CHANGELOG.md` describes the version. `npm version <version>` runs it ([releases](CONTRIBUTING.md#releases))",
      similar: ["upgrade-notes"],
    },
  ],
  "Look at dashboards": [
    {
      name: "preview",
      usage: "<dashboard>",
      text: "draws dashboards as Grafana does, without Grafana: from the recording in `preview/recordings/`, a scenario of an alert (`--story`), a running environment (`--live`), or any Prometheus. `--watch` redraws when a file is saved. Needs `npm ci --prefix preview` once",
      similar: ["prove", "pictures", "test:drawn"],
    },
    {
      name: "test:drawn",
      text: "draws every dashboard in a headless Chromium, and fails if a reader could not read a panel or would misread it",
      similar: ["preview", "pictures", "test:dashboards"],
    },
    {
      name: "pictures",
      text: "writes the pictures of [docs/dashboards.md](docs/dashboards.md), or pictures of the panels that look different at another commit",
      similar: ["preview", "test:drawn"],
    },
    {
      name: "test:dashboards",
      usage: "<env>",
      text: "sends every query of the dashboards to a running environment, and reports the queries without a result",
      similar: ["test:drawn", "bench:dashboards"],
    },
  ],
  "Test on a cluster": [
    {
      name: "test:cluster",
      usage: "--charts <folder>",
      text: "deploys a copy of `local` without Grafana to an empty cluster, checks it, and destroys it. Takes about six minutes",
      similar: ["test:live", "capture"],
    },
    {
      name: "test:live",
      usage: "<story> --charts <folder>",
      text: "runs one longer test, called a story, on such a deployment: injects a fault and checks which alerts reach which receiver, replaces pods under load, and so on. `--help` lists the stories. Without a name, it runs all of them",
      similar: ["test:cluster", "capture"],
    },
    {
      name: "capture",
      usage: "<slice> --charts <folder>",
      text: "captures a slice of the [recording](preview/recordings/README.md) on such a deployment: the samples and log lines that Prometheus and Loki store during one event, such as an outage. `--help` lists the slices",
      similar: ["evidence", "test:live"],
    },
  ],
  Measure: [
    {
      name: "bench",
      text: "compares the CPU time of a synth with that of a plain cdktf app with the same number of resources",
      similar: ["bench:mutants", "bench:dashboards"],
    },
    {
      name: "bench:erp",
      text: "measures what it costs to observe the reference ERP: CPU time and latency without instruments, with all, and with each switched off in turn",
      similar: ["erp", "bench"],
    },
    {
      name: "bench:mutants",
      text: "makes one deliberate mistake at a time in every alert and every dashboard, and prints how many of the mistakes are found",
      similar: ["prove", "test", "bench"],
    },
    {
      name: "bench:dashboards",
      usage: "--theirs <folder>",
      text: "sends every query of our dashboards and of public ones to one Prometheus, and compares the numbers of samples that both sides read to answer the [same question](docs/dashboards.md#compared-with-public-dashboards)",
      similar: ["test:dashboards", "bench"],
    },
    {
      name: "bench:sizes",
      text: "measures the coefficients of `size`: series of each scrape job in the recordings, memory and disk of the real Prometheus and Loki. Takes half an hour",
      similar: ["size", "bench"],
    },
  ],
};

export const commands: readonly ListedCommand[] = Object.values(commandsByTask).flat();

/** How the command is called: `deploy -- <env>`. */
export function usageOf({ name, usage }: ListedCommand): string {
  return usage === undefined ? name : `${name} -- ${usage}`;
}

/** What the command does, in plain text. */
export function summaryOf({ text }: ListedCommand): string {
  const [summary = text] = text.split(". ");
  return summary.replace(/\[([^\]]+)\]\([^)]+\)/g, "$1").replaceAll("`", "");
}
