import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../commands/free-port";
import { request } from "../../commands/request";
import { program, type Running } from "../logs/program";

/** A collector or Jaeger, which are built from the same parts. */
export interface TelemetryProgram extends Running {
  /** Address of one of its ports on this machine, by the port of its configuration. */
  readonly at: (port: number) => string;
  readonly metrics: () => Promise<string>;
  /** Stops the program, runs a function while it is down, and starts it again with the same ports. */
  readonly restart: (meanwhile: () => Promise<void>) => Promise<void>;
}

/** Environment variables of the configuration. Both programs listen on the loopback address. */
const env = { MY_POD_IP: "127.0.0.1", JAEGER_LISTEN_HOST: "127.0.0.1" };

/**
 * Starts a collector or Jaeger with a configuration whose ports are replaced by free ones.
 * @param ports the ports of the configuration, with those of the metrics and of the health
 */
export async function telemetryProgram(
  path: string,
  configuration: object,
  ports: { readonly metrics: number; readonly health: number; readonly [name: string]: number },
  health: string,
): Promise<TelemetryProgram> {
  const folder = mkdtempSync(join(tmpdir(), "telemetry-"));
  const file = join(folder, "configuration.json");
  const free = new Map<number, number>();
  for (const port of Object.values(ports)) free.set(port, await freePort());
  const at = (port: number) => `127.0.0.1:${free.get(port)}`;
  const text = JSON.stringify(configuration)
    .replace(/(\$\{env:[^}]*\}):(\d+)"/g, (_, host, port) => `${host}:${free.get(Number(port))}"`)
    .replace(/"port":(\d+)/g, (_, port) => `"port":${free.get(Number(port))}`);
  writeFileSync(file, text);
  const start = () => program(path, ["--config", file], `http://${at(ports.health)}`, health, env);
  let running = await start();
  return {
    url: running.url,
    output: () => running.output(),
    at,
    metrics: async () => (await request(`http://${at(ports.metrics)}/metrics`)).text(),
    async restart(meanwhile) {
      await running.stop();
      await meanwhile();
      running = await start();
    },
    async stop(signal) {
      await running.stop(signal);
      rmSync(folder, { recursive: true });
    },
  };
}
