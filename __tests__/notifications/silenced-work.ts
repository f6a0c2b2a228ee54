import { setTimeout as sleep } from "node:timers/promises";
import { rolloutScopes } from "../../commands/silences/rollout-scopes";
import { whileSilenced } from "../../commands/silences/rollout-silence";
import { Server } from "../../commands/verify/server";

/** Work of a process of its own that lasts until somebody ends it: the arguments are the URL of an Alertmanager and the lease. */
async function work(url: string, leaseSeconds: number): Promise<void> {
  const alertmanager = new Server("Alertmanager", url);
  const servers = { alertmanager, members: async () => [alertmanager], prometheus: alertmanager, loki: alertmanager };
  await whileSilenced(
    {
      environment: "production",
      because: "test",
      createdBy: "test",
      leaseSeconds,
      renewSeconds: 1,
      reach: (use) => use(servers),
    },
    async (cover) => {
      await cover(rolloutScopes.flat());
      console.log("working");
      await sleep(60_000);
    },
  );
}

const [url = "", lease = ""] = process.argv.slice(2);
void work(url, Number(lease));
