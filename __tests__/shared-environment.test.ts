import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportEnvironment } from "../commands/export";
import { routesOf } from "../kit/notifications/routes-of";
import { withTeamFiles } from "../settings/load-team-files";
import { teamFiles } from "../settings/team-files";
import { prometheusGroups, signals } from "../signals";
import { shared } from "./fixtures/shared";
import { describeWith } from "./tools";

/** The story `team-needs` deploys this environment. Everything that needs no cluster is checked here. */
const { faults, alertmanagerConfig, ...content } = signals(shared);
const rules = prometheusGroups(content).flatMap((group) => group.rules);

/** The receivers of an alert about a namespace. */
function receiversOf(alert: string, namespace: string): readonly string[] {
  const rule = rules.find((one) => "alert" in one && one.alert === alert);
  if (rule === undefined || !("alert" in rule)) throw new Error(`there is no rule ${alert}`);
  const labels = { ...rule.labels, alertname: alert, namespace };
  return routesOf(alertmanagerConfig.route, labels).map(({ receiver }) => receiver);
}

test("an environment that uses every setting of teams has no fault", () => {
  expect(faults).toEqual([]);
});

test.each([
  ["PaymentsRefused", "payments", ["payments-chat"]],
  ["WarehouseScansStopped", "warehouse", ["pager", "warehouse-chat"]],
  ["PodCrashLooping", "payments", ["payments-chat"]],
  ["PodCrashLooping", "warehouse", ["warehouse-chat"]],
  ["PodNotInitialized", "warehouse", ["chat"]],
  ["RedisDown", "erp", ["payments-pager", "payments-chat"]],
])("%s about the namespace %s notifies %j", (alert, namespace, receivers) => {
  expect(receiversOf(alert, namespace)).toEqual(receivers);
});

describeWith("loki", "an export", () => {
  describeWith("amtool", "with amtool", () => {
    describeWith("promtool", "and promtool", () => {
      const printed: string[] = [];
      let folder: string;
      beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), "shared-"));
      });
      beforeEach(() => {
        printed.length = 0;
        jest.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
      });
      afterEach(() => jest.restoreAllMocks());
      afterAll(() => rmSync(folder, { recursive: true }));

      test("is written after the rules, notifications, overrides and tests of teams are accepted", async () => {
        await exportEnvironment(shared, [shared], { folder: join(folder, "sound"), for: "helm" });
        expect(printed).toEqual([
          "promtool: accepts the rules",
          "amtool: accepts the notifications",
          expect.stringMatching(/^promtool: accepts the overrides of .*PodCrashLooping/),
          "loki: accepts the overrides of ErpErrorLinesHigh",
          "promtool: passes the tests of the rules of payments, warehouse",
          expect.stringMatching(/files are written/),
        ]);
        const values = readFileSync(join(folder, "sound/monitoring/releases/team-payments.yaml"), "utf8");
        expect(values).toContain("PaymentsRefused");
      });

      test("is refused if a test of a team fails", async () => {
        const files = (shared[teamFiles] ?? []).map((file) =>
          file.folder === "tests" ? { ...file, text: file.text.replace("50%", "51%") } : file,
        );
        const broken = withTeamFiles({ ...shared, alerts: {} }, files);
        const written = exportEnvironment(broken, [broken], { folder: join(folder, "broken"), for: "helm" });
        await expect(written).rejects.toThrow(
          /nothing was written:\n- config\/teams\/payments\/tests\/gateway.yaml: must pass `promtool test rules`/,
        );
      });
    });
  });
});
