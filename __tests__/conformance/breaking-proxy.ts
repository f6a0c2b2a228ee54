import { once } from "node:events";
import { Agent, createServer, type IncomingHttpHeaders, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A request as the checks sent it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** An answer of the ERP, which a breakage changes. */
export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** The state of a proxy. */
export interface Seen {
  /** All requests so far, the newest last. */
  readonly asked: readonly Asked[];
  /** Whether the command that takes the dependency down was run, and the command that takes it up was not. */
  readonly isDown: boolean;
}

/** One thing that is broken between the ERP and the checks. */
export interface Breakage {
  /** Changes an answer. @default answers stay as they are */
  readonly answer?: (answer: Answered, asked: Asked, seen: Seen) => void | Promise<void>;
  /** How requests in progress end when the proxy is stopped. @default they are answered */
  readonly stop?: "closed" | "unavailable" | "truncated";
}

/** A proxy in front of the reference ERP that breaks one thing. */
export interface BreakingProxy {
  readonly url: string;
  readonly seen: Seen;
  close(): void;
}

export async function breakingProxy(target: string, { answer, stop }: Breakage): Promise<BreakingProxy> {
  const seen = { asked: [] as Asked[], isDown: false };
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  let isStopped = false;

  const server = createServer((incoming, outgoing) => {
    const { method = "", url: path = "", headers } = incoming;
    if (path.startsWith("/-/")) {
      outgoing.end();
      if (path === "/-/stop") {
        isStopped = true;
        if (stop === "closed") setTimeout(() => end(server, sockets), 50);
        else server.close();
      } else seen.isDown = path === "/-/down";
      return;
    }
    const asked = { method, path, headers };
    seen.asked.push(asked);
    const forwarded = request(target + path, { method, headers, agent }, async (given) => {
      const answered = { status: given.statusCode ?? 0, headers: given.headers, body: await textOf(given) };
      await answer?.(answered, asked, seen);
      respond(outgoing, answered, isStopped ? stop : undefined);
    });
    forwarded.on("error", () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close() {
      end(server, sockets);
      agent.destroy();
    },
  };
}

function respond(outgoing: ServerResponse, { status, headers, body }: Answered, stop: Breakage["stop"]): void {
  const { "content-length": _length, "transfer-encoding": _encoding, connection: _connection, ...rest } = headers;
  const length = Buffer.byteLength(body);
  if (stop === "truncated") {
    outgoing.writeHead(status, { ...rest, "content-length": length + 10 });
    outgoing.write(body, () => outgoing.destroy());
    return;
  }
  outgoing.writeHead(stop === "unavailable" ? 503 : status, { ...rest, "content-length": length });
  outgoing.end(body);
}

function end(server: Server, sockets: ReadonlySet<Socket>): void {
  server.close();
  for (const socket of sockets) socket.destroy();
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
}
