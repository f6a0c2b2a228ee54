import { freePort } from "./free-port";

/** Environment variables with which a collector and Jaeger listen on the loopback address. */
export const onLoopback = { MY_POD_IP: "127.0.0.1", JAEGER_LISTEN_HOST: "127.0.0.1" };

/** A configuration of a collector or of Jaeger whose ports are replaced by free ones. */
export interface OnFreePorts {
  /** The configuration, as JSON. */
  readonly text: string;
  /** Host and port on this machine, by the port that the configuration had. */
  readonly at: (port: number) => string;
}

/** @param ports all ports of the configuration, by any name */
export async function onFreePorts(
  configuration: object,
  ports: Readonly<Record<string, number>>,
): Promise<OnFreePorts> {
  const free = new Map<number, number>();
  for (const port of Object.values(ports)) free.set(port, await freePort());
  const text = JSON.stringify(configuration)
    .replace(/(\$\{env:[^}]*\}):(\d+)"/g, (_, host, port) => `${host}:${free.get(Number(port))}"`)
    .replace(/"port":(\d+)/g, (_, port) => `"port":${free.get(Number(port))}`);
  return { text, at: (port) => `127.0.0.1:${free.get(port)}` };
}
