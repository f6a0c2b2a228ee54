import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A posted body: its path, its JSON, and the time of its arrival. */
export interface Received {
  readonly path: string;
  /** Milliseconds since the start of the process. */
  readonly at: number;
  // biome-ignore lint/suspicious/noExplicitAny: each service has its own format; a test reads a few fields
  readonly body: any;
}

/** A server on the loopback address that replaces all receivers. */
export async function listener() {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      received.push({
        path: request.url ?? "",
        at: performance.now(),
        body: JSON.parse(Buffer.concat(parts).toString()),
      });
      // Slack answers `ok`, PagerDuty 202.
      response.writeHead(request.url?.startsWith("/pagerduty") ? 202 : 200).end("ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
