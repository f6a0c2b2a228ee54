import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { request } from "../../commands/request";
import { onFreePorts, onLoopback } from "../../commands/telemetry-ports";
import { program, type Running } from "../logs/program";

/** A collector or Jaeger, which are built from the same parts. */
export interface TelemetryProgram extends Running {
  /** Address of one of its ports on this machine, by the port of its configuration. */
  readonly at: (port: number) => string;
  readonly metrics: () => Promise<string>;
  /** Stops the program, runs a function while it is down, and starts it again with the same ports. */
  readonly restart: (meanwhile: () => Promise<void>) => Promise<void>;
}

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
  const { text, at } = await onFreePorts(configuration, ports);
  writeFileSync(file, text);
  const start = () => program(path, ["--config", file], `http://${at(ports.health)}`, health, onLoopback);
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
