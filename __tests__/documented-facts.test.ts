import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { proseOf } from "../commands/rendering/runbooks";
import { synthesizedStacks } from "../commands/synthesized-stacks";
import { refusalText } from "../commands/upgrade/refusal";
import { panelsOf } from "../kit/dashboards/model";
import { completeEnvironment } from "../settings/complete-environment";
import { environment } from "../settings/environment";
import { referenceErp } from "../settings/presets";
import { signals } from "../signals";
import { minio } from "./fixtures/minio";
import { settingPaths } from "./settings/choices";

/** Facts of the code that the pages repeat. A test names each page that is out of date. */

const root = join(__dirname, "..");
const text = (path: string) => readFileSync(join(root, path), "utf8");
const markdownBelow = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => join(folder, path));

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "erp/README.md",
  "preview/recordings/README.md",
  "metrics/evidence/README.md",
  "logs/evidence/README.md",
  ...markdownBelow("docs"),
];

const { erp, platform } = signals(completeEnvironment);
const dashboards = [...erp.dashboards, ...platform.dashboards].map(({ model }) => model);
const panelTitles = new Set(dashboards.flatMap(panelsOf).map(({ title }) => title));

describe("dashboards", () => {
  const page = text("docs/dashboards.md");
  const sections = new Map(
    page
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf("\n")), section]),
  );

  test("each have a section on their page, with the picture of a healthy system", () => {
    const missing = dashboards.filter(
      ({ uid, title }) => !sections.get(title)?.includes(`(pictures/${uid}-quiet.png)`),
    );
    expect(missing.map(({ title }) => title)).toEqual([]);
  });

  test("have the number that the pages state", () => {
    const words = ["eight", "nine", "ten", "eleven", "twelve"];
    const word = words[dashboards.length - 8];
    const stated = ["README.md", "docs/dashboards.md"].flatMap((path) =>
      [...text(path).matchAll(new RegExp(`\\b(${words.join("|")}) dashboards\\b`, "gi"))].map(([, number = ""]) =>
        number.toLowerCase(),
      ),
    );
    expect(stated).toEqual([word, word]);
  });

  test("have the panels that their sections name", () => {
    const unknown = dashboards.flatMap((dashboard) => {
      const variables = (dashboard.templating.list ?? []).map(({ name, label }) => label ?? name);
      const titles = [...panelsOf(dashboard).map(({ title }) => title), ...variables];
      const named = [...(sections.get(dashboard.title) ?? "").matchAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g)];
      return named.filter(([, title]) => !titles.includes(title)).map(([, title]) => `${dashboard.title}: ${title}`);
    });
    expect(unknown).toEqual([]);
  });

  test.each(pages)("and panels that %s mentions exist", (page) => {
    // A decision record can contain an earlier name of a dashboard.
    const prose = page.startsWith("docs/decisions/") ? "" : proseOf(text(page));
    const named = [...prose.matchAll(/\b(?:dashboard|dashboards) \*([^*]+)\*/g)].map(([, title]) => title);
    const unknown = named.filter((title) => !dashboards.some((one) => one.title === title));
    const panels = [...prose.matchAll(/\bpanels? "([^"]+)"/g)].map(([, title]) => title);
    expect([...unknown, ...panels.filter((title) => !panelTitles.has(title))]).toEqual([]);
  });
});

describe("figures in the README that were measured on a cluster", () => {
  const rows = [...text("README.md").matchAll(/^\| (.+) \| (.+) \| (.+) \| `(test:\w+(?: -- [\w-]+)?)` \|$/gm)];

  test("are those of the last recorded run", () => {
    expect(rows.length).toBeGreaterThan(5);
    const different = rows.filter(([, , measured = "", , command = ""]) => {
      const recorded = recordedBy(command).map(numbersIn);
      return !recorded.some((found) => numbersIn(measured).every((number) => found.includes(number)));
    });
    expect(different.map(([, figure, measured]) => `${figure}: ${measured}`)).toEqual([]);
  });
});

/** The rows of the table that `test:cluster`, or a story of `test:live`, records. */
function recordedBy(command: string): readonly string[] {
  const [, story] = command.split(" -- ");
  const page = story === undefined ? text("docs/verified.md") : text("docs/verified-live.md");
  const section = story === undefined ? page : (page.split(`\n## \`${story}\`\n`)[1]?.split("\n## ")[0] ?? "");
  const table = section.split("| measured |")[1]?.split("\n\n")[0] ?? "";
  return table.split("\n").filter((line) => line.startsWith("| "));
}

function numbersIn(cell: string): readonly string[] {
  return cell.replaceAll(",", "").match(/\d+(\.\d+)?/g) ?? [];
}

test("the page about upgrades quotes the output of `upgrade-notes`", () => {
  const table = text("docs/upgrading.md").split("| It prints |")[1]?.split("\n\n")[0] ?? "";
  const quoted = [...table.matchAll(/^\| `(.+?)` \|/gm)].map(([, printed = ""]) => printed);
  const refused = refusalText({ name: "v2", settings: "config", faults: "- config/a.ts: must\n- kit/b.ts: must" });
  const sources = ["comparison/changes-text.ts", "upgrade/synthesize-version.ts"].map((path) =>
    text(`commands/${path}`),
  );
  const printed = [refused, ...sources].join("\n");
  expect(quoted).toHaveLength(4);
  expect(quoted.filter((words) => !printed.includes(words))).toEqual([]);
});

test("the image of the ERP starts the API with the command of the environments", () => {
  const [, command = ""] = /^CMD (\[[^\]]*\])/m.exec(text("erp/Dockerfile")) ?? [];
  expect(JSON.parse(command.replaceAll("\\\n", ""))).toEqual(referenceErp.commands.api);
});

describe("the architecture page", () => {
  const page = text("docs/architecture.md");
  const firstCells = (heading: string) => {
    const section = page.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
    const cells = [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = ""]) => cell);
    return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path));
  };

  test("lists every folder of sources, and no other", () => {
    const { forbidden }: Rules = require("../.dependency-cruiser.cjs");
    const ruled = forbidden
      .filter(({ name }) => name.startsWith("imports-of-"))
      .map(({ from }) => from.path?.replace(/^\^/, "").replaceAll("\\", "") ?? "");
    const listed = firstCells("Folders").filter((cell) => !cell.includes("<"));
    expect(listed.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const missing = ruled.filter((place) => !listed.some((path) => path === place || place.startsWith(path)));
    expect(missing).toEqual([]);
  });

  test("lists the namespaces with their Pod Security level", () => {
    const levels = synthesizedStacks([minio])
      .flatMap(({ resources }) => resources)
      .filter(({ type }) => type === "kubernetes_namespace_v1")
      .map(({ arguments: given }) => {
        const { name, labels } = given.metadata as { name: string; labels: Record<string, string> };
        return `| \`${name}\` | ${labels["pod-security.kubernetes.io/enforce"]} |`;
      });
    const section = page.split("\n## Namespaces\n")[1]?.split("\n## ")[0] ?? "";
    expect((section.match(/^\| `[^|]+\| \w+ \|/gm) ?? []).sort()).toEqual(levels.sort());
  });
});

describe("a name in backticks", () => {
  const codeSpans = (path: string) => [...text(path).matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);

  test.each(pages)("on %s that looks like a path is an existing file or folder of the project", (page) => {
    const base = page.startsWith("erp/") ? "erp" : ".";
    const top = readdirSync(join(root, base), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const folders = new Set(top.map(({ name }) => name).filter((name) => !ownFolders.has(name)));
    const paths = codeSpans(page)
      .filter((span) => /^[\w.-]+(\/[\w.@-]+)*\/?$/.test(span) && span.includes("/"))
      .filter((path) => !foreignPaths.test(path));
    const own = paths.filter((path) => folders.has(path.split("/")[0] ?? ""));
    expect(own.filter((path) => !["", ".ts"].some((ending) => existsSync(join(root, base, path + ending))))).toEqual(
      [],
    );
  });

  test.each(pages)("on %s that looks like a setting is in the schema", (page) => {
    const settings = settingPaths(environment);
    const groups = new Set([...settings].map((path) => path.split(".")[0]));
    const named = codeSpans(page).map((span) => span.match(/^([a-z]\w*(?:\.\w+)+)(?=:? |: "|$)/)?.[1] ?? "");
    const own = named.filter((path) => groups.has(path.split(".")[0]) && !foreignNames.test(path));
    expect(own.filter((path) => !settings.has(path))).toEqual([]);
  });
});

/**
 * Paths that look like ours: those of the example in docs/adding-a-dependency.md, of Elasticsearch's repository, and of
 * a page that a clone may have.
 */
const foreignPaths = /rabbitmq|^docs\/reference\/|^docs\/reported-elsewhere\.md$/;

/**
 * Names that only look like settings: an example, tasks of Celery, a setting of Elasticsearch, a field of Kubernetes, a
 * file.
 */
const foreignNames =
  /^erp\.(rabbitmq|reports|invoices|heartbeat)\b|^cluster\.routing\b|^grafana\.ini$|^resources\.limits\b|\.(?:json|jsonl|log)$/;

/** The rules of dependency-cruiser. Only the fields that we read are listed. */
interface Rules {
  readonly forbidden: readonly { readonly name: string; readonly from: { readonly path?: string } }[];
}

/** Folders that are not part of the project: they are written on a machine, or pages name them as examples. */
const ownFolders = new Set(["node_modules", "cdktf.out", "coverage", "state", "assets", "vendor"]);
