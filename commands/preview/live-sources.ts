import { readFileSync } from "node:fs";
import { whileProxying } from "../cluster/proxied-servers";
import { CommandError } from "../command";
import type { Upstream } from "./page-server";
import type { Sources } from "./sources";

/** Addresses of servers. */
export interface SourceAddresses {
  /** URL of a Prometheus. */
  readonly prometheus: string;
  /** URL of a Loki. @default panels about logs are empty */
  readonly loki?: string;
  /** The file with the bearer token for Prometheus and Loki. A token in the arguments would be visible to every process. @default no token */
  readonly tokenFile?: string;
}

/** @throws {CommandError} when an address is not valid, or the file with the token cannot be read */
export function addressedSources({ prometheus, loki, tokenFile }: SourceAddresses): Sources {
  const headers = tokenFile === undefined ? undefined : { authorization: `Bearer ${readToken(tokenFile)}` };
  const upstream = (url: string): Upstream => ({ url: checkUrl(url).replace(/\/+$/, ""), ...(headers && { headers }) });
  return { prometheus: upstream(prometheus), ...(loki && { loki: upstream(loki) }), slices: [], stories: [] };
}

/** Runs a function while the servers of a running environment are reached through its API server. */
export function whileQueryingCluster<T>(context: string, work: (sources: Sources) => Promise<T>): Promise<T> {
  return whileProxying(context, ({ prometheus, loki }) =>
    work({ prometheus: { url: prometheus }, loki: { url: loki }, slices: [], stories: [] }),
  );
}

/** A password in an address would be visible to every process, like a token in the arguments. */
function checkUrl(url: string): string {
  const { protocol, username, password } = URL.canParse(url) ? new URL(url) : new URL("none:");
  if (!/^https?:$/.test(protocol))
    throw new CommandError(`${url} is not the address of a server. Write it such as http://127.0.0.1:9090.`);
  if (username || password)
    throw new CommandError(
      "The address must not contain a password. Use --token-file with a file that contains a token.",
    );
  return url;
}

function readToken(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new CommandError(`--token-file: ${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
