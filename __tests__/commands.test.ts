import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { child } from "../commands/child";
import { type Command, execute } from "../commands/command";
import { diffEnvironment } from "../commands/diff";
import { notices } from "../commands/notices";
import { request } from "../commands/request";
import { outageText } from "../commands/size/outage-text";
import { type StackDirectory, stacksOf } from "../commands/stack-directory";
import { synthTable } from "../commands/synth-table";
import { providersEnvironment } from "../commands/terraform/kubeconfig";
import { planSummary } from "../commands/terraform/plan-summary";
import { withoutReleaseMetadata } from "../commands/terraform/plan-text";
import { sentryDsnFaults } from "../commands/terraform/sentry-dsn-variable";
import { plan } from "../commands/terraform/terraform";
import { synthesize } from "../main";
import type { Environment } from "../settings/environment";
import { bare } from "./fixtures/bare";
import { existing } from "./fixtures/existing";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { givenFiles, withOwnValues } from "./team/config-files";
import { withoutNodeAdvice } from "./team/node-advice";
import { projectCopy } from "./team/project-copy";

/** Output of the real Terraform for a scratch stack. */
const captured = (file: string) => readFileSync(join(__dirname, "commands", file), "utf8");

describe("every command", () => {
  const command: Command = {
    name: "water",
    positionals: { plant: ["fern", "palm"] },
    options: { litres: { type: "string", value: "number", help: "how much" } },
    help: "Waters a plant.",
    run: ({ plant }) => {
      if (plant === "palm") throw new Error("the tap is shut");
      return 2;
    },
  };

  test("explains itself with --help", async () => {
    const { code, printed } = await executed("--help");
    expect(code).toBe(0);
    expect(printed).toBe(
      `Usage: npm run water -- [options] <plant>

Waters a plant.

Arguments:
  plant              name of the plant (choices: "fern", "palm")

Options:
  --litres <number>  how much
  -h, --help         display help for command`,
    );
  });

  test.each([
    [[], "Missing required argument 'plant'."],
    [["oak"], "Command-argument value 'oak' is invalid for argument 'plant'. Allowed choices are fern, palm."],
    [["fern", "palm"], "Too many arguments. Expected 1 argument but got 2."],
    [["fern", "--liters", "1"], "Unknown option '--liters'\n(Did you mean --litres?)."],
  ])("reports the wrong arguments %j with the accepted ones", async (args, reason) => {
    const { code, printed } = await executed(...args);
    expect(code).toBe(1);
    expect(printed).toBe(`${reason}\nUsage: npm run water -- [options] <plant>\nFor help: npm run water -- --help`);
  });

  test("ends with the exit code that its function returns", async () => {
    expect((await executed("fern")).code).toBe(2);
  });

  test("reports an unexpected error with a way to learn more, and with a stack only if DEBUG is set", async () => {
    const { code, printed } = await executed("palm");
    expect(code).toBe(1);
    expect(printed).toMatch(
      /^the tap is shut\n`npm run water` failed unexpectedly. `npm run check` .*DEBUG=1 shows where/,
    );
    process.env.DEBUG = "1";
    expect((await executed("palm")).printed).toMatch(/^Error: the tap is shut\n +at /);
    delete process.env.DEBUG;
  });

  async function executed(...args: string[]) {
    const lines: string[] = [];
    const log = jest.spyOn(console, "log").mockImplementation((line) => lines.push(line));
    const error = jest.spyOn(console, "error").mockImplementation((line) => lines.push(line));
    const code = await execute(command, args);
    for (const spy of [log, error]) spy.mockRestore();
    return { code, printed: lines.join("\n") };
  }
});

describe("synth", () => {
  test("ends with a table of what it wrote", () => {
    const outdir = temporary();
    synthesize([local], outdir);
    const lines = synthTable(stacksOf(local, outdir)).split("\n");
    expect(lines[0]).toMatch(/^stack +resources +chart releases +alerts +dashboards$/);
    // Five namespaces, each with a policy, three priority classes, a quota, and one release.
    expect(lines[1]).toMatch(/^local-base +15 +prometheus-operator-crds \d+\.\d+\.\d+ +0 +0$/);
    expect(lines.filter((line) => /^ +loki \d+\.\d+\.\d+$/.test(line))).toHaveLength(1);
    const [, alerts] = /^local-erp +\d+ +erp-signals \(this project's\) +(\d+) +(\d+)$/.exec(lines.at(-1) ?? "") ?? [];
    expect(Number(alerts)).toBeGreaterThan(0);
  });

  test("prints notices about Promtail's end of life and about metrics that a profile cannot provide, with the environments", () => {
    const changed = { ...local, erp: { ...local.erp, httpMetrics: "fastapi-instrumentator" as const } };
    const [, promtail, starlette, instrumentator] = notices([production, changed]);
    expect(promtail).toMatch(/^Promtail .* collects the logs of production, local\. To use Alloy instead, /);
    expect(starlette).toMatch(
      /^Limits of the HTTP profile starlette-prometheus, used by production: .*WebSockets are not counted\.$/,
    );
    expect(instrumentator).toMatch(/^Limits of the HTTP profile fastapi-instrumentator, used by local: .*requests/);
  });

  test("prints a notice about the end of Opsgenie, with the environments that use it", () => {
    const about = (...given: Environment[]) => notices(given).filter((notice) => notice.includes("Opsgenie"));
    expect(about(production, existing)).toEqual([
      expect.stringMatching(/ on 2027-04-05, .* the alerts of existing\. /),
    ]);
    expect(about(production, local)).toEqual([]);
  });

  test("prints a notice about each image that authenticates its users by itself", () => {
    const about = (...given: Environment[]) => notices(given).filter((notice) => notice.includes("erp.identity"));
    expect(about(production, bare)).toEqual([expect.stringMatching(/^The image .* by itself in bare, because /)]);
    expect(about(production, local)).toEqual([]);
  });
});

describe("the Sentry DSN", () => {
  test.each([
    ["https://0123abcd@o1.ingest.sentry.io/4501", 0],
    ["https://sentry.example.com/1", 1],
    ["https://0123abcd@sentry.example.com/", 1],
    [undefined, 1],
  ])("%s has %i faults, which do not show it", (dsn, count) => {
    const faults = sentryDsnFaults(production, { TF_VAR_sentry_dsn: dsn });
    expect(faults).toHaveLength(count);
    expect(JSON.stringify(faults)).not.toContain(dsn ?? "undefined");
  });

  test("is required only if Sentry is on", () => {
    expect(sentryDsnFaults(local, {})).toEqual([]);
  });
});

describe("Terraform's providers", () => {
  test("read the same kubeconfig as kubectl, and no other variable changes that", () => {
    const given = {
      KUBECONFIG: "/a:/b",
      KUBE_CONFIG_PATH: "/c",
      KUBE_HOST: "https://other",
      KUBE_CTX: "other",
      TF_VAR_x: "1",
    };
    expect(providersEnvironment(given)).toEqual({ KUBECONFIG: "/a:/b", KUBE_CONFIG_PATHS: "/a:/b", TF_VAR_x: "1" });
    expect(providersEnvironment({ HOME: "/home/me" }).KUBE_CONFIG_PATHS).toBe("/home/me/.kube/config");
  });
});

describe("a plan", () => {
  test("is summed up with deletions first and chart versions old -> new", () => {
    expect(planSummary(JSON.parse(captured("plan.json")))).toBe(
      [
        "+2 ~1 -2",
        "  -   delete  terraform_data.deleted",
        "  -/+ replace terraform_data.replaced",
        "  ~   change  helm_release.slow (chart 1.0.0 -> 1.1.0)",
        "  +   create  kubernetes_config_map_v1.one",
      ].join("\n"),
    );
  });

  test("without changes is shown as such", () => {
    expect(planSummary({ resource_changes: [] })).toBe("no change");
  });

  test("is shown without the metadata of the installed release, but otherwise complete", () => {
    const [before, after] = [captured("plan.txt"), withoutReleaseMetadata(captured("plan.txt"))];
    expect(before).toContain("first_deployed");
    expect(after).not.toContain("first_deployed");
    expect(after).toContain('~ version                    = "1.0.0" -> "1.1.0"');
    expect(after).toContain('name             = "one"');
    expect(before.split("\n").length - after.split("\n").length).toBe(15);
  });
});

describe("a wait", () => {
  test("for a program ends, also if a child of the program keeps its output open", async () => {
    const waiting = child("bash", ["-c", "sleep 60 & wait"], { longestMinutes: 0.005 });
    await expect(waiting).rejects.toThrow(
      "`bash -c sleep 60 & wait` did not end within 0.005 minutes, and was killed.",
    );
  });

  test("for a server ends, with the address and without the query", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/ready`;
    await expect(request(`${url}?token=x`, {}, 0.2)).rejects.toThrow(`${url} did not answer within 0.2 seconds.`);
    silent.closeAllConnections();
    silent.close();
  });
});

describe("an interruption", () => {
  test("reaches the program only once, even if repeated, and waits until the program ends", async () => {
    const patient =
      'n=0; trap "n=\\$((n+1))" INT; echo ready; while [ $n -eq 0 ]; do sleep 0.1; done; sleep 1; echo heard $n';
    const script = `const { child } = require("./commands/child");
      child("bash", ["-c", ${JSON.stringify(patient)}], { finishesOperation: true, onLine: console.log })
        .then(({ interrupted }) => console.log(interrupted))`;
    // A separate process group, as in a terminal: Ctrl-C reaches every process in it.
    const started = spawn(process.execPath, ["--import", "tsx", "-e", script], { detached: true });
    let output = "";
    for await (const data of started.stdout) {
      output += data;
      if (output === "ready\n")
        for (const _ of [1, 2, 3]) process.kill(-Number(started.pid), "SIGINT") && (await sleep(50));
    }
    expect(output).toBe("ready\nheard 1\ntrue\n");
  }, 30_000);
});

describe("npm run", () => {
  let project: string;
  beforeAll(() => {
    project = projectCopy(withOwnValues(givenFiles));
  });
  afterAll(() => rmSync(project, { recursive: true }));

  test("deploy changes nothing if there is no terminal for its question", () => {
    const { status, stderr, directory } = run("deploy", ["local"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Nothing was changed: there is no terminal .* add `--auto-approve`\.$/m);
    expect(readdirSync(directory)).toEqual([]);
  });

  test("destroy only destroys an environment of tier local, and prints the steps for others", () => {
    const { status, stderr, directory } = run("destroy", ["production", "--auto-approve"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Nothing was destroyed: `production` has tier production/);
    expect(readdirSync(directory)).toEqual([]);
  });

  testWith(["kubectl", "terraform"], "deploy reports all faults at once, and does not print the DSN", async () => {
    const { status, stderr } = run("deploy", ["production", "--auto-approve"], {
      KUBECONFIG: "/dev/null",
      TF_VAR_sentry_dsn: "https://secret-but-no-dsn",
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^2 faults; nothing was applied:\n- TF_VAR_sentry_dsn: must be a DSN of Sentry/);
    expect(stderr).toContain(
      "- config/production.ts: cluster.context: must be a context of the kubeconfig, which contains: none",
    );
    expect(stderr).not.toContain("secret-but-no-dsn");
  });

  test.each([
    ["a missing comma", 'export const place = { a: "b" c: "d" };', /^1 fault; .*\n- signals\.ts:1:\d+: .*got Expected/],
    ["a package that is not installed", 'import x from "nowhere"; x();', /^- signals\.ts: .*\n +run `npm ci`, or/m],
  ])("synth reports a source file that cannot be loaded, because of %s", (_, text, expected) => {
    const sound = readFileSync(join(project, "signals.ts"));
    writeFileSync(join(project, "signals.ts"), text);
    const { status, stderr } = spawnSync("npm", ["run", "--silent", "synth"], { cwd: project, encoding: "utf8" });
    writeFileSync(join(project, "signals.ts"), sound);
    expect(status).toBe(1);
    expect(withoutNodeAdvice(stderr)).toMatch(expected);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  function run(command: string, args: readonly string[], variables: Record<string, string> = {}) {
    const directory = temporary();
    const program = [require.resolve("tsx/cli"), join(project, "commands", `${command}.ts`), ...args];
    const env = { ...process.env, ...variables };
    const ended = spawnSync(process.execPath, program, { cwd: directory, env, encoding: "utf8" });
    return { directory, ...ended, stderr: withoutNodeAdvice(ended.stderr) };
  }
});

describe("a stack in Terraform's state", () => {
  testWith(["terraform"], "differs until exactly the reviewed plan is applied", async () => {
    const outdir = synthesized({ resource: { terraform_data: { one: { input: "reviewed" } } } });
    const log = jest.spyOn(console, "log").mockImplementation();
    expect(await diffEnvironment(scratch, outdir)).toBe(2);
    const [directory] = stacksOf(scratch, outdir);
    const saved = await plan(directory as StackDirectory);
    write(outdir, { resource: { terraform_data: { one: { input: "changed since" } } } });
    expect((await saved.apply()).code).toBe(0);
    expect(await diffEnvironment(scratch, outdir)).toBe(2);
    write(outdir, { resource: { terraform_data: { one: { input: "reviewed" } } } });
    expect(await diffEnvironment(scratch, outdir)).toBe(0);
    log.mockRestore();
  });

  testWith(["terraform"], "that cannot be planned is reported with Terraform's error", async () => {
    const outdir = synthesized({ resource: { terraform_data: { one: { input: "${nowhere.at_all}" } } } });
    await expect(diffEnvironment(scratch, outdir)).rejects.toThrow(
      /^scratch-base: `terraform (init|plan)` failed\.\n[\s\S]*undeclared resource/,
    );
  });

  const scratch = { ...local, name: "scratch" };

  function synthesized(configuration: object): string {
    const outdir = temporary();
    mkdirSync(join(outdir, "stacks", "scratch-base"), { recursive: true });
    const stacks = { "scratch-base": { workingDirectory: "stacks/scratch-base", dependencies: [] } };
    writeFileSync(join(outdir, "manifest.json"), JSON.stringify({ stacks }));
    write(outdir, configuration);
    return outdir;
  }

  function write(outdir: string, configuration: object): void {
    writeFileSync(join(outdir, "stacks", "scratch-base", "cdk.tf.json"), JSON.stringify(configuration));
  }
});

/** Skips the test if one of the programs is missing. The title of the test then states that. */
function testWith(programs: readonly string[], title: string, body: () => Promise<void>): void {
  const missing = programs.filter((program) => spawnSync(program, ["version"]).error);
  if (missing.length === 0) test(title, body, 60_000);
  else test.skip(`${title}: needs ${missing.join(" and ")} on the PATH`, body);
}

function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), "commands-"));
  directories.push(directory);
  return directory;
}

const directories: string[] = [];
afterAll(() => directories.map((directory) => rmSync(directory, { recursive: true })));

test("size prints for how long an outage of Loki loses no line, and when the alert is too late", () => {
  const text = outageText({ ...production, logAgent: { ...production.logAgent, containerLogMaxSize: "30Mi" } });
  // 30 MiB are 31,457,280 bytes, which are 41,943 lines of 750 bytes.
  expect(text).toContain("3 h 53 min   at 3 lines per second");
  expect(text).toContain("41 s   at 1000 lines per second");
  // The alert looks back for two minutes, waits for three, and is evaluated every half a minute at most.
  expect(text).toContain(
    "LogAgentCannotSend fires 5 min 30 s after the outage begins: in time for containers of up to 127 lines per second.",
  );
  expect(outageText(production)).toContain("1 h 17 min   at 3 lines per second");
});
