import { once } from "node:events";
import { createServer } from "node:net";

// Below the ports that Linux gives to outgoing connections, one of which could take the port before the program does,
// and below the node ports of Kubernetes.
const FIRST = 20_000;
const COUNT = 10_000;

// Processes that were started one after the other begin far apart.
let next = (process.pid * 97) % COUNT;

/** A port that no program of this machine listens on, and that this process has not returned before. */
export async function freePort(): Promise<number> {
  const port = FIRST + next;
  next = (next + 1) % COUNT;
  return (await isFree(port)) ? port : freePort();
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port);
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
