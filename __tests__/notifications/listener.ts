import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A posted body: its path, its header `Authorization`, its JSON, and the time of its arrival. */
export interface Received {
  readonly path: string;
  /** @default the request had no such header */
  readonly authorization?: string | undefined;
  /** Milliseconds since the start of the process. */
  readonly at: number;
  // biome-ignore lint/suspicious/noExplicitAny: each service has its own format; a test reads a few fields
  readonly body: any;
}

/** https://core.telegram.org/bots/api#sendmessage */
const sentMessage = { ok: true, result: { message_id: 1, date: 1, chat: { id: 1, type: "group" } } };

/** A server on the loopback address that replaces all receivers. */
export async function listener() {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      received.push({
        path: request.url ?? "",
        authorization: request.headers.authorization,
        at: performance.now(),
        body: JSON.parse(Buffer.concat(parts).toString()),
      });
      // Slack answers `ok`, PagerDuty, Opsgenie and workflows of Microsoft Teams 202, Telegram the message that it sent.
      const isAccepted = /^\/(pagerduty|api\.|teams)/.test(request.url ?? "");
      const answer = request.url?.startsWith("/telegram") ? JSON.stringify(sentMessage) : "ok";
      response.writeHead(isAccepted ? 202 : 200).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
