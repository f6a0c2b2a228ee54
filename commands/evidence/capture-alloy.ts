import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "../../settings/environment";
import { alloyConfigurationAt } from "../alloy-configuration";
import { freePort } from "../free-port";
import { repositoryProgramPath } from "../repository-program";
import { request } from "../request";
import { toolPath } from "../tool";
import type { Capture, Captured } from "./capture";
import { singleLoki } from "./single-loki";
import { whileRunning } from "./while-running";

const pod = { namespace: "erp", name: "erp-worker-5c9d7b8f4-x2x4z", uid: "uid", container: "erp-worker" };

/**
 * Captures a real Alloy with the configuration of an environment and a real Loki, because tier `local` runs Promtail.
 */
export async function captureAlloy({ source, version }: Captured, environment: Environment): Promise<Capture> {
  const alloy = repositoryProgramPath("alloy");
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  const [http, grpc, port] = [await freePort(), await freePort(), await freePort()];
  const place = { pods: join(folder, "pods.json"), logs: join(folder, "pods"), lokiUrl: `http://127.0.0.1:${http}` };
  const [lokiFile, alloyFile] = [join(folder, "loki.json"), join(folder, "config.alloy")];
  writeFileSync(lokiFile, JSON.stringify(singleLoki(folder, http, grpc)));
  writeFileSync(alloyFile, alloyConfigurationAt(environment, place));
  writeFileSync(place.pods, JSON.stringify([{ targets: ["node"], labels: discovered }]));
  const loki = { path: toolPath("loki"), args: [`-config.file=${lokiFile}`], url: `${place.lokiUrl}/ready` };
  const args = [
    "run",
    `--server.http.listen-addr=127.0.0.1:${port}`,
    `--storage.path=${folder}`,
    "--disable-reporting",
  ];
  const url = `http://127.0.0.1:${port}/metrics`;
  try {
    const text = await whileRunning(loki, () =>
      whileRunning({ path: alloy, args: [...args, alloyFile], url }, async () => {
        await flood(place.logs);
        return (await request(url)).text();
      }),
    );
    return {
      source,
      version,
      command: `alloy run <the configuration of ${environment.name}>, with pods from a file, asked for /metrics`,
      behind: "a Loki that takes every line, and a pod that writes more of them than it may",
      text: text.replaceAll(folder, ""),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const meta = "__meta_kubernetes";

const discovered = {
  [`${meta}_namespace`]: pod.namespace,
  [`${meta}_pod_name`]: pod.name,
  [`${meta}_pod_uid`]: pod.uid,
  [`${meta}_pod_container_name`]: pod.container,
  [`${meta}_pod_label_app_kubernetes_io_name`]: pod.container,
};

/** Writes more lines than a pod may, in parts, so that the agent reads some before it drops others. */
async function flood(logs: string): Promise<void> {
  const directory = join(logs, `${pod.namespace}_${pod.name}_${pod.uid}`, pod.container);
  mkdirSync(directory, { recursive: true });
  for (let part = 0; part < 15; part++) {
    const line = `${new Date().toISOString().replace("Z", "000000Z")} stdout F flood\n`;
    appendFileSync(join(directory, "0.log"), line.repeat(10_000));
    await sleep(300);
  }
  await sleep(5000);
}
