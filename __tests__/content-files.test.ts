import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { contentFileFaults } from "../commands/content-files";

/** A project with one subject, whose content is complete. */
const project: Readonly<Record<string, string>> = {
  "signals.ts": 'import { subjects } from "./subjects/subjects";',
  "subjects/subjects.ts": 'import { shop } from "./shop";',
  "subjects/shop.ts": [
    'import { shopDown } from "../alerts/shop/shop-down";',
    'import { shopDashboard } from "../dashboards/shop/shop-dashboard";',
    'import { shopMetrics } from "../metrics/shop/shop-metrics";',
    "export const shop: Subject = { alerts: [shopDown], dashboards: [shopDashboard], metrics: [shopMetrics] };",
  ].join("\n"),
  "alerts/shop/shop-down.ts":
    'import { shopMetrics } from "../../metrics/shop/shop-metrics"; alert({ name: "ShopDown" })',
  "dashboards/shop/shop-dashboard.ts": 'import { dashboard } from "../../kit/dashboards/dashboard";',
  "metrics/shop/shop-metrics.ts": "",
  "docs/runbooks/ShopDown.md": "```promql\nup\n```",
  "docs/runbooks/ask-shop.md": "",
};

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "content-files-"));
});

afterEach(() => rmSync(root, { recursive: true }));

test("listed files have no faults", () => {
  expect(faults({})).toEqual([]);
});

test("a descriptor that is not in the list of subjects is a fault", () => {
  expect(faults({ "subjects/subjects.ts": "" })).toEqual([
    "subjects/shop.ts: must be listed by subjects/subjects.ts. import it there and add it to the list, or delete the file and the content of its folders",
  ]);
});

test("an alert without a runbook is a fault", () => {
  expect(faults({ "docs/runbooks/ShopDown.md": undefined })).toEqual([
    "alerts/shop/shop-down.ts: must have a runbook. write docs/runbooks/ShopDown.md with the sections of the other pages",
  ]);
});

test("a runbook without an alert is a fault", () => {
  expect(faults({ "docs/runbooks/ShopSlow.md": "```promql\nup\n```" })).toEqual([
    "docs/runbooks/ShopSlow.md: must belong to an alert. name it after the alert that links to it, or delete it",
  ]);
});

test("an alert that no subject lists is a fault", () => {
  const slow = {
    "alerts/shop/shop-slow.ts": 'alert({ name: "ShopSlow" })',
    "docs/runbooks/ShopSlow.md": "```promql\nup\n```",
  };
  expect(faults(slow)).toEqual([
    "alerts/shop/shop-slow.ts: must be listed by subjects/shop.ts. import it there and add its exports to `alerts`, or delete the file",
  ]);
});

test("an alert that only a dashboard uses is a fault", () => {
  const changes = {
    "alerts/shop/shop-slow.ts": 'alert({ name: "ShopSlow" })',
    "docs/runbooks/ShopSlow.md": "```promql\nup\n```",
    "dashboards/shop/shop-dashboard.ts":
      'import { dashboard } from "../../kit/dashboards/dashboard"; import { shopSlow } from "../../alerts/shop/shop-slow";',
  };
  expect(faults(changes)).toEqual([
    expect.stringContaining("alerts/shop/shop-slow.ts: must be listed by subjects/shop.ts."),
  ]);
});

test("an alert that the subject imports and does not list is a fault", () => {
  expect(faults({ "subjects/shop.ts": project["subjects/shop.ts"]?.replace("[shopDown]", "[]") })).toEqual([
    expect.stringContaining("alerts/shop/shop-down.ts: must be listed by subjects/shop.ts."),
  ]);
});

test("a runbook without a query is a fault", () => {
  expect(faults({ "docs/runbooks/ShopDown.md": "Restart it." })).toEqual([
    "docs/runbooks/ShopDown.md: must contain a query. add a query that shows the measure of the alert, in a block of the language `promql` or `logql`",
  ]);
});

test("an alert in a folder that is no subject is a fault", () => {
  const lost = {
    "alerts/lost/shop-slow.ts": 'alert({ name: "ShopSlow" })',
    "docs/runbooks/ShopSlow.md": "```promql\nup\n```",
  };
  expect(faults(lost)).toEqual([
    "alerts/lost/shop-slow.ts: must be listed by subjects/lost.ts. write subjects/lost.ts and add it to subjects/subjects.ts, or move the file to the folder of its subject",
  ]);
});

test("a file that is not named after its alert is a fault", () => {
  expect(faults({ "alerts/shop/shop-down.ts": 'alert({ name: "ShopGone" })' })).toEqual([
    "alerts/shop/shop-down.ts: must be named after the alert that it contains, ShopGone. rename the file to alerts/shop/shop-gone.ts",
    "docs/runbooks/ShopDown.md: must belong to an alert. name it after the alert that links to it, or delete it",
  ]);
});

test("a helper of alerts that nothing uses is a fault", () => {
  expect(faults({ "alerts/shop/shop-samples.ts": "" })).toEqual([
    "alerts/shop/shop-samples.ts: must be used by a subject. add its exports to subjects/shop.ts, or delete the file",
  ]);
});

test("metrics that only alerts use are a fault, because no catalogue contains them", () => {
  expect(faults({ "subjects/shop.ts": project["subjects/shop.ts"]?.replace(/import .*shop-metrics";/, "") })).toEqual([
    "metrics/shop/shop-metrics.ts: must be used by a subject. add its exports to subjects/shop.ts, or delete the file",
  ]);
});

test("a dashboard that no subject lists is a fault", () => {
  expect(
    faults({ "dashboards/shop/stock-dashboard.ts": 'import { dashboard } from "../../kit/dashboards/dashboard";' }),
  ).toEqual([
    "dashboards/shop/stock-dashboard.ts: must be listed by subjects/shop.ts. import it there and add its exports to `dashboards`, or delete the file",
  ]);
});

test("panels that no dashboard contains are a fault", () => {
  expect(faults({ "dashboards/shop/stock-panels.ts": "" })).toEqual([
    "dashboards/shop/stock-panels.ts: must be used by a subject. add its exports to subjects/shop.ts, or delete the file",
  ]);
});

/** The faults of the project with some files changed, added or removed. */
function faults(changes: Readonly<Record<string, string | undefined>>): string[] {
  for (const [path, text] of Object.entries({ ...project, ...changes })) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return contentFileFaults(root).map(({ place, rule, remedy }) => `${place}: ${rule}. ${remedy}`);
}
