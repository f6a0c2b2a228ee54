import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse, stringify } from "yaml";
import project from "../package.json";
import tsconfig from "../tsconfig.json";
import type { shop as exported } from "./kit-package/shop";
import { describeWith } from "./tools";

/** The npm packages that kit may import. */
const packages = [
  "@grafana/grafana-foundation-sdk",
  "@grafana/lezer-logql",
  "@lezer/common",
  "@prometheus-io/lezer-promql",
  "fastest-levenshtein",
  "re2js",
] as const;

const root = join(__dirname, "..");
const modules = join(root, "node_modules");
const directory = mkdtempSync(join(tmpdir(), "kit-package-"));
const inPackage = (...path: string[]) => join(directory, ...path);
let shop: typeof exported;

beforeAll(writePackage);
afterAll(() => rmSync(directory, { recursive: true }));

describe("kit in a package of its own", () => {
  test("type-checks together with another application", () => {
    expect(typeCheck("tsconfig.json", ["faults.ts", "kit", "applications"])).toEqual({ status: 0, errors: [] });
  });

  test("cannot import other files or packages of the project", () => {
    const imports = ["../settings/environment", "../signals", "cdktf", "zod", "yaml"];
    mkdirSync(inPackage("foreign"));
    writeFileSync(inPackage("foreign", "imports.ts"), imports.map((name) => `import "${name}";\n`).join(""));
    const { errors } = typeCheck("foreign.json", ["foreign"]);
    expect(errors).toEqual(imports.map((name) => expect.stringMatching(`error TS2307: .*'${name}'`)));
  });

  test("uses each package that it may import", () => {
    expect(packages.filter((name) => !kitSources().includes(` from "${name}`))).toEqual([]);
  });

  test("contains no names of this project, neither in code nor in messages or comments", () => {
    expect(kitSources()).not.toMatch(/["`\s(](erp[-:]|erp[A-Z]|Erp[A-Z])/);
  });
});

describe("a web shop that is built with kit", () => {
  beforeAll(() => {
    shop = runShop();
    writeFileSync(inPackage("rules.yaml"), stringify({ groups: shop.groups }));
  });

  test("has no faults", () => {
    expect(shop.faults).toEqual({ rules: [], dashboards: [], notifications: [], unused: [] });
  });

  test("has the expected rules, with its own labels and URLs", () => {
    const text = readFileSync(join(__dirname, "kit-package", "expected-rules.yaml"), "utf8");
    expect(shop.groups).toEqual(parse(text.replace(/{panel of (\w+)}/g, (_, alert) => String(panelOf(alert)?.id))));
  });

  test("has a dashboard with the expected rows and panels", () => {
    expect(shop.dashboards.map(({ folder, model: { uid, title } }) => ({ folder, uid, title }))).toEqual([
      { folder: "Storefront", uid: "shop-overview", title: "Shop" },
    ]);
    expect(panels().map(({ type, title }) => `${type}: ${title}`)).toEqual([
      "row: Can customers buy?",
      "stat: Alerts firing",
      "stat: Open carts",
      "timeseries: Servers that answer",
      "row: Checkout",
      "timeseries: Failed checkouts over time",
      "timeseries: Payment providers that are reached",
      "row: Pages",
      "timeseries: Slow pages",
      "heatmap: Durations of pages",
      "row: Logs",
      "logs: Failed checkouts",
      "row: Monitoring",
      "timeseries: Duration of scrapes",
      "timeseries: Samples per scrape",
      "row: Stock",
      "timeseries: Articles in stock",
    ]);
  });

  test("draws the measure and the limit of an alert, and links to its runbook", () => {
    expect(panelOf("ShopCheckoutFails")).toMatchObject({
      targets: [{ expr: 'sum(shop:checkouts:rate5m{outcome="failed"}) / sum(shop:checkouts:rate5m)' }],
      fieldConfig: { defaults: { thresholds: { steps: [{ value: null }, { value: 0.05, color: "red" }] } } },
      links: [{ url: "https://wiki.shop.example/runbooks/ShopCheckoutFails.md" }],
    });
  });

  test("inhibits alerts by their causes, except alerts that are more severe", () => {
    const rules = ["shop", "payments"].flatMap((cause) => [
      {
        source_matchers: [`cause="${cause}"`, 'severity="critical"'],
        target_matchers: [`caused_by=~"(.+,)?${cause}(,.+)?"`, 'severity=~"critical|warning|info"'],
        equal: ["environment"],
      },
      {
        source_matchers: [`cause="${cause}"`, 'severity=~"warning|info"'],
        target_matchers: [`caused_by=~"(.+,)?${cause}(,.+)?"`, 'severity=~"warning|info"'],
        equal: ["environment"],
      },
    ]);
    expect(shop.alertmanager.inhibit_rules).toEqual(rules);
  });

  test("gets a fault with the place of a misspelt metric in a rule, and with the correct name", () => {
    expect(shop.faultsWithMisspeltMetric).toEqual([
      {
        place: "shop: ShopOrdersStop",
        rule: [
          'unknown metric "shop_checkout_total"',
          "    sum(rate(shop_checkout_total[5m])) < 0.01",
          "             ^^^^^^^^^^^^^^^^^^^",
        ].join("\n"),
        remedy: 'did you mean "shop_checkouts_total"?',
      },
    ]);
  });

  test("contains no names of this project", () => {
    expect(JSON.stringify(shop).match(/(?<![a-z])erp|Erp|ERP/)).toBeNull();
  });

  describeWith("promtool", "in Prometheus", (promtool) => {
    test("has valid rules", () => {
      expect(promtool("check", "rules", "--lint=all", "--lint-fatal", inPackage("rules.yaml")).failure).toBeUndefined();
    });

    test("has alerts that fire only in the scenarios that expect it", () => {
      const files = shop.scenarios.map((scenarios, index) => {
        const file = inPackage(`scenarios-${index}.yaml`);
        writeFileSync(file, stringify(scenarios));
        return file;
      });
      expect(files).toHaveLength(5);
      expect(promtool("test", "rules", ...files).failure).toBeUndefined();
    });
  });

  describeWith("amtool", "in Alertmanager", (amtool) => {
    test("has a valid configuration", () => {
      const file = inPackage("alertmanager.yaml");
      writeFileSync(file, stringify(shop.alertmanager));
      expect(amtool("check-config", file).failure).toBeUndefined();
    });
  });
});

function kitSources(): string {
  const paths = readdirSync(join(root, "kit"), { recursive: true, encoding: "utf8" });
  const sources = paths.filter((path) => path.endsWith(".ts")).map((path) => inPackage("kit", path));
  return sources.map((source) => readFileSync(source, "utf8")).join("\n");
}

function panels() {
  const { panels = [] } = shop.dashboards[0]?.model ?? {};
  return panels.flatMap((panel) => [panel, ...("panels" in panel ? panel.panels : [])]);
}

function panelOf(alert: string) {
  return panels().find((panel) => "links" in panel && panel.links?.some(({ url }) => url?.endsWith(`/${alert}.md`)));
}

/** kit, `faults.ts` and the shop, with only the packages that kit may import. */
function writePackage(): void {
  cpSync(join(root, "kit"), inPackage("kit"), { recursive: true });
  cpSync(join(root, "faults.ts"), inPackage("faults.ts"));
  // At the same depth in the package as in the project, so that the relative imports are the same.
  cpSync(join(__dirname, "kit-package"), inPackage("applications", "shop"), { recursive: true });
  const dependencies = Object.fromEntries(packages.map((name) => [name, project.dependencies[name]]));
  writeJson("package.json", { name: "shop", private: true, type: "module", dependencies });
  for (const name of packages) {
    mkdirSync(dirname(inPackage("node_modules", name)), { recursive: true });
    symlinkSync(join(modules, name), inPackage("node_modules", name));
  }
}

/** TypeScript with the options of the project, but without the types of Node.js and Jest: kit needs neither. */
function typeCheck(configuration: string, include: readonly string[]) {
  // By default, TypeScript ignores a missing file that is imported only for its side effects.
  const compilerOptions = { ...tsconfig.compilerOptions, types: [], noUncheckedSideEffectImports: true };
  writeJson(configuration, { compilerOptions, include });
  const tsc = join(modules, "typescript", "bin", "tsc");
  const { status, stdout } = runNode(tsc, "--project", configuration, "--pretty", "false");
  return { status, errors: stdout.split("\n").filter((line) => line !== "") };
}

function writeJson(file: string, value: object): void {
  writeFileSync(inPackage(file), JSON.stringify(value));
}

/** The shop as plain data, computed in the temporary package. */
function runShop(): typeof exported {
  const script = 'import { shop } from "./applications/shop/shop.ts"; process.stdout.write(JSON.stringify(shop));';
  const tsx = pathToFileURL(join(modules, "tsx", "dist", "loader.mjs"));
  const { status, stdout, stderr } = runNode("--import", tsx.href, "--input-type=module", "--eval", script);
  if (status !== 0) throw new Error(`the shop does not run:\n${stderr}`);
  return JSON.parse(stdout);
}

/** Runs Node.js in the package, without NODE_PATH, which could add other packages. */
function runNode(...args: string[]) {
  const { NODE_PATH: _path, ...env } = process.env;
  return spawnSync(process.execPath, args, { cwd: directory, encoding: "utf8", env });
}
