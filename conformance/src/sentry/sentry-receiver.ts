import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { gunzipSync } from "node:zlib";
import { CannotRun } from "../cannot-run";

/**
 * An event or a transaction in an envelope.
 *
 * @see https://develop.sentry.dev/sdk/data-model/event-payloads/
 */
export interface SentryItem {
  readonly type: string;
  readonly text: string;
  readonly payload: {
    readonly tags?: Readonly<Record<string, unknown>>;
    readonly release?: string;
    readonly environment?: string;
  };
}

/** A local server that accepts envelopes as Sentry does: https://develop.sentry.dev/sdk/data-model/envelopes/ */
export class SentryReceiver {
  readonly items: SentryItem[] = [];

  private constructor(private readonly server: Server) {}

  /** @throws {CannotRun} if the address is in use. */
  static async listen(address: string, port: number): Promise<SentryReceiver> {
    const server = createServer();
    const receiver = new SentryReceiver(server);
    server.on("request", async (request, response) => {
      receiver.items.push(...itemsOf(await bodyOf(request)));
      response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
    });
    server.listen(port, address);
    try {
      await once(server, "listening");
    } catch (error) {
      throw new CannotRun(
        `${address}:${port} cannot receive events (${(error as NodeJS.ErrnoException).code}): give another address to --sentry, and to SENTRY_DSN of the image.`,
      );
    }
    return receiver;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  return request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
}

/** @see https://develop.sentry.dev/sdk/data-model/envelopes/ */
interface ItemHeader {
  readonly type?: string;
  readonly length?: number;
}

/** An envelope is a line with its header, and then a line with the header and a payload for each item. */
function itemsOf(envelope: Buffer): readonly SentryItem[] {
  const items: SentryItem[] = [];
  let position = nextLine(envelope, 0);
  while (position < envelope.length) {
    const start = nextLine(envelope, position);
    const header = parse(envelope.toString("utf8", position, start)) as ItemHeader;
    const end = header.length === undefined ? nextLine(envelope, start) : start + header.length;
    const text = envelope.toString("utf8", start, end);
    if (header.type === "event" || header.type === "transaction") {
      items.push({ type: header.type, text, payload: parse(text) });
    }
    position = envelope[end] === lineBreak ? end + 1 : Math.max(end, start);
  }
  return items;
}

const lineBreak = 10;

function nextLine(envelope: Buffer, from: number): number {
  const end = envelope.indexOf(lineBreak, from);
  return end < 0 ? envelope.length : end + 1;
}

function parse(text: string): object {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
