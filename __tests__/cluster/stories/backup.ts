import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Kubectl } from "../../../commands/cluster/kubectl";
import { expireSilence, postSilence, readSilence } from "../../../commands/silences/alertmanager";
import { reachThrough } from "../../../commands/silences/reach-alertmanager";
import { ask, context, eventually, pythonImage, query, sql } from "../kubernetes";
import { pageCommands, runCommands } from "../page-commands";
import { figure } from "../results";
import { minute } from "../steps";
import type { Story } from "./story";

export const backup: Story = {
  name: "backup",
  proves: "the commands of the page about backups restore metrics, log lines, silences and orders",
  minutes: 10,
  needs: "deployment",
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "backup-"));
    try {
      const silence = await createSilence();
      await sleep(1.5 * minute);
      // All lines of this minute have arrived.
      const before = Date.now() / 1000 - 30;
      const saved = stored(before);
      expect(Math.min(...saved)).toBeGreaterThan(0);
      runSection("Save", folder);
      for (const file of ["prometheus.tar", "alertmanager.tar", "loki.tar", "erp.dump"]) {
        figure(`size of ${file}`, `${(statSync(join(folder, file)).size / 2 ** 20).toFixed(1)} MiB`);
      }
      await endSilence(silence);
      expect(await silenceState(silence)).toBe("expired");
      // Then the minute before `after` begins after the copies.
      await sleep(1.5 * minute);
      await eventually("data that is newer than the copy", 180, () =>
        stored(Date.now() / 1000).every((one) => one > 0),
      );
      const after = Date.now() / 1000;
      const newest = sql("select max(created_at) from orders");
      runSection("Restore", folder);
      // Each of these is in the copy only, or in what was stored after it only.
      await eventually("answers of both servers", 120, () => stored(before).length > 0);
      expect(stored(before)).toEqual(saved);
      expect(stored(after)).toEqual([0, 0]);
      expect(await silenceState(silence)).toBe("active");
      expect(Number(sql(`select count(*) from orders where created_at = '${newest}'`))).toBe(0);
      await eventually(
        "new orders",
        120,
        () => Number(sql(`select count(*) from orders where created_at > '${newest}'`)) > 0,
      );
      await endSilence(silence);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** Runs all commands of a section of the page, after those of "Before you begin", with the context and an image of the tests. */
function runSection(title: string, cwd: string): void {
  const page = "backup-and-restore.md";
  const [, ...functions] = pageCommands(page, "Before you begin");
  runCommands([`context=${context} image=${pythonImage}`, ...functions, ...pageCommands(page, title)], cwd, 15);
}

/** How many series of `up` and how many log lines of the ERP are stored for the minute that ends at a time. */
function stored(seconds: number): readonly number[] {
  const at = Math.floor(seconds);
  const logql = encodeURIComponent('sum(count_over_time({namespace="erp"}[1m]))');
  const lines = ask<{ data: { result: { value: [number, string] }[] } }>(
    "logging",
    "loki:3100",
    `/loki/api/v1/query?query=${logql}&time=${at}`,
  ).data.result;
  return [query(`count_over_time(up[1m] @ ${at})`).length, Number(lines[0]?.value[1] ?? 0)];
}

const reach = reachThrough(new Kubectl(context));

function createSilence(): Promise<string> {
  return reach(({ alertmanager }) =>
    postSilence(alertmanager, {
      matchers: [{ label: "alertname", operator: "=", value: "OnlyInThisStory" }],
      startsAt: new Date(),
      endsAt: new Date(Date.now() + 60 * minute),
      createdBy: "the story of backups",
      comment: "is restored",
    }),
  );
}

function endSilence(id: string): Promise<void> {
  return reach(({ alertmanager }) => expireSilence(alertmanager, id));
}

function silenceState(id: string): Promise<string | undefined> {
  return reach(async ({ alertmanager }) => (await readSilence(alertmanager, id))?.status.state);
}
