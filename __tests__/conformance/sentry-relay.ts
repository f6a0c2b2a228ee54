import { once } from "node:events";
import { createServer, request } from "node:http";
import { gunzipSync } from "node:zlib";

/** Changes the payload of an event. @returns undefined for an event that is lost */
export type EventChange = (event: SentryEvent) => SentryEvent | undefined;

/** @see https://develop.sentry.dev/sdk/data-model/event-payloads/ */
export interface SentryEvent {
  tags?: Record<string, string>;
  release?: string;
  environment?: string;
  request?: object;
  extra?: object;
}

/** Forwards the events of the ERP to each run of the checks, because the ERP knows only one DSN. */
export interface SentryRelay {
  forward(port: number, change: EventChange): { stop(): void };
  close(): void;
}

export async function sentryRelay(port: number): Promise<SentryRelay> {
  const receivers = new Map<number, EventChange>();
  const server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part);
    const body = Buffer.concat(parts);
    const envelope = incoming.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
    outgoing.end("{}");
    for (const [receiver, change] of receivers) send(receiver, changedEnvelope(envelope.toString(), change));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    forward(receiver, change) {
      receivers.set(receiver, change);
      return { stop: () => void receivers.delete(receiver) };
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The envelope of one event. Payloads of the SDK are JSON in one line. */
function changedEnvelope(envelope: string, change: EventChange): string | undefined {
  const [header = "", itemHeader = "", payload = ""] = envelope.split("\n");
  const event = change(JSON.parse(payload));
  if (event === undefined) return undefined;
  const { length: _length, ...rest } = JSON.parse(itemHeader);
  return [header, JSON.stringify(rest), JSON.stringify(event), ""].join("\n");
}

function send(port: number, envelope: string | undefined): void {
  if (envelope === undefined) return;
  const sent = request({ host: "127.0.0.1", port, path: "/api/1/envelope/", method: "POST" }, (answer) =>
    answer.resume(),
  );
  // The checks of this run have ended.
  sent.on("error", () => {});
  sent.end(envelope);
}
