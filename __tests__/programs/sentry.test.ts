import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "../../commands/cache-folder";
import { child } from "../../commands/child";
import { reportRelease } from "../../commands/sentry/report-release";
import { synthesize } from "../../main";
import type { Environment } from "../../settings/environment";
import { providers } from "../../settings/versions";
import { local } from "../fixtures/local";
import { changeSettings } from "../settings/change";
import { canaries, SentryStandIn } from "./sentry-stand-in";

const { source, version } = providers.sentry;
const provider = join(cacheFolder("programs"), `terraform-provider-sentry-${version}`);
const token = "canary-of-the-token";

/** The provider is in no package registry: build the pinned version, and put it at this path. */
const suite = existsSync(provider) ? describe : describe.skip;

suite(`the stack of Sentry with the real provider, which is expected at ${provider}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "sentry-"));
  const sentry = new SentryStandIn(token);
  let url: string;
  const workingFolder = () => join(folder, "out", "stacks", "sentry-local");

  const environment = (eventsPerHour: number, chat: object): Environment =>
    changeSettings(local, {
      "alertmanager.secret": "receivers",
      "alertmanager.receivers.chat": {
        ...chat,
        email: { to: "a@shop.test", from: "b@shop.test", smarthost: "c.test:25" },
      },
      "erp.ingress": {
        hosts: ["erp.shop.test", "1.erp.shop.test"],
        paths: ["/api", "/healthz/live"],
        probePath: "/healthz/live",
      },
      "cluster.ingress": { className: "nginx", controllerNamespace: "ingress-nginx" },
      "erp.sentry": {
        mode: "managed",
        revision: 1,
        tracesSampleRate: 0,
        profilesSampleRate: 0,
        project: {
          organization: "shop",
          team: "erp",
          slug: "erp",
          baseUrl: url,
          slack: { workspace: "Shop" },
          pagerduty: { account: "Shop", service: "ERP", serviceId: "17" },
          limits: { eventsPerHour, usersPerHour: 10 },
          uptime: { intervalSeconds: 60, timeoutSeconds: 5 },
        },
      },
    }) as Environment;
  const chat = {
    slack: { channel: "#erp", apiUrlKey: "slack" },
    pagerduty: { credentialKey: "pagerduty" },
  };

  const terraform = async (...args: readonly string[]) => {
    const ended = await child("terraform", args, {
      cwd: workingFolder(),
      env: {
        ...process.env,
        CHECKPOINT_DISABLE: "1",
        SENTRY_AUTH_TOKEN: token,
        TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"),
      },
    });
    expect([args[0], ended.code, ended.code === 1 ? `${ended.stdout}${ended.stderr}` : ""]).toEqual([
      args[0],
      expect.any(Number),
      "",
    ]);
    return ended;
  };
  const plan = async () => {
    const { code } = await terraform("plan", "-input=false", "-no-color", "-detailed-exitcode", "-out=plan");
    const { stdout } = await terraform("show", "-json", "plan");
    const { resource_changes: changes = [] } = JSON.parse(stdout);
    const changed = changes.filter(({ change }: Change) => change.actions.join() !== "no-op");
    return { code, text: stdout, changed: changed as Change[] };
  };
  interface Change {
    readonly address: string;
    readonly change: { readonly actions: readonly string[] };
  }

  beforeAll(async () => {
    url = await sentry.start();
    const mirror = join(
      folder,
      "mirror",
      "registry.terraform.io",
      source,
      version,
      `${process.platform}_${architecture}`,
    );
    mkdirSync(mirror, { recursive: true });
    copyFileSync(provider, join(mirror, `terraform-provider-sentry_v${version}`));
    writeFileSync(
      join(folder, "terraform.rc"),
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(join(folder, "mirror"))}\n  }\n}\n`,
    );
    synthesize([environment(100, chat)], join(folder, "out"));
    await terraform("init", "-input=false", "-no-color");
  }, 120_000);
  afterAll(async () => {
    await sentry.stop();
    rmSync(folder, { recursive: true });
  });

  test("is applied, and has nothing to change afterwards", async () => {
    const first = await plan();
    expect(new Set(first.changed.map(({ change }) => change.actions.join()))).toEqual(new Set(["create", "read"]));
    await terraform("apply", "-input=false", "-no-color", "plan");
    const second = await plan();
    expect([second.code, second.changed]).toEqual([0, []]);
    const made = sentry.paths.map((path) => path.replace(/\d+$/, "<id>"));
    expect(made.filter((path) => path === "workflows/<id>")).toHaveLength(7);
    // Four crons, two hosts, and the monitor that Sentry makes with the project.
    expect(made.filter((path) => path === "detectors/<id>")).toHaveLength(7);
  }, 120_000);

  test("puts no token, key or DSN into a plan or a state", async () => {
    const { text } = await plan();
    const state = (await terraform("state", "pull")).stdout;
    expect(state).toContain('"security_token": ""');
    const everywhere = [text, state, readFileSync(join(workingFolder(), "plan")).toString("latin1")].join("\n");
    expect([token, ...canaries].filter((secret) => everywhere.includes(secret))).toEqual([]);
  }, 120_000);

  test("changes one alert, in place, if its limit changes", async () => {
    synthesize([environment(200, chat)], join(folder, "out"));
    const { changed } = await plan();
    expect(changed.map(({ address, change }) => [address, change.actions])).toEqual([
      ["sentry_alert.SentryIssueFrequent", ["update"]],
    ]);
    await terraform("apply", "-input=false", "-no-color", "plan");
    expect((await plan()).code).toBe(0);
  }, 120_000);

  test("reports the release and its deployment to Sentry, without which the deployment is complete too", async () => {
    const before = sentry.changes.length;
    const line = await reportRelease(environment(100, chat), { SENTRY_AUTH_TOKEN: token });
    expect(line).toMatch(/^Release: {2}\S+, which the pods of the ERP report as APP_VERSION, and as Sentry has noted$/);
    const [, named] = /^Release: {2}(\S+),/.exec(line) ?? [];
    expect(sentry.changes.slice(before)).toMatchObject([
      { request: "POST organizations/shop/releases/", body: { version: named, projects: ["erp"] } },
      { request: `POST organizations/shop/releases/${named}/deploys/`, body: { environment: "local" } },
    ]);
    const refused = await reportRelease(environment(100, chat), { SENTRY_AUTH_TOKEN: "another" });
    expect(refused).toMatch(/Sentry does not know it: .* answered 401/);
    expect(refused).not.toContain("another");
  });

  test("is destroyed", async () => {
    await terraform("destroy", "-auto-approve", "-input=false", "-no-color");
    expect(sentry.paths).toEqual([]);
  }, 120_000);
});

const architecture = process.arch === "x64" ? "amd64" : process.arch;
