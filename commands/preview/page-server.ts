import { createReadStream, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import type { Session } from "../../preview/src/session";
import { CommandError } from "../command";

/** The HTTP API of a Prometheus or a Loki. */
export interface Upstream {
  /** Base URL without a slash at the end. */
  readonly url: string;
  /** The headers that authenticate a request. @default no headers */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The files, session and data sources of the page. */
export interface PageServerOptions {
  /** Folder of the page's files. */
  readonly files: string;
  readonly session: () => Session;
  readonly prometheus: Upstream;
  /** The Loki that queries are sent to. @default there is no Loki */
  readonly loki?: Upstream;
}

export interface PageServer {
  /** Address of the page, on the loopback interface. */
  readonly url: string;
  /** Makes every open page read the session again. */
  readonly announceChange: () => void;
  readonly stop: () => void;
}

/** Requests that the page may send: queries and names for them, and nothing that changes or administers a server. */
const allowedPaths = {
  prometheus: /^\/api\/v1\/(query|query_range|series|labels|label\/\w+\/values)$/,
  loki: /^\/loki\/api\/v1\/(query|query_range|series|labels|label\/\w+\/values)$/,
};

/**
 * The page may load and run only its own files: dashboards and log lines can come from strangers, and the page's
 * requests carry the user's token.
 */
const policy = {
  "content-security-policy": [
    "default-src 'self'",
    "img-src 'self' data:",
    // Grafana's components write their styles into the page.
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/**
 * Serves the page, its session, and the answers of the data sources.
 * @throws {CommandError} when the port is taken
 */
export async function servePage(served: PageServerOptions, port: number): Promise<PageServer> {
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(policy)) response.setHeader(name, value);
    answer(request, response).catch((error: Error) => end(response, 502, error.message));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new CommandError(`Another program uses port ${port}. Choose another port with --port.`)
          : error,
      ),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" ? address?.port : port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? "/", `http://${host}`);
    // A page of another site whose name resolves to this address would send that name.
    if (![host, host.replace("127.0.0.1", "localhost")].includes(request.headers.host ?? "")) {
      return end(response, 403, "This page is served only to this machine.");
    }
    // A page of another site cannot read the response, but its requests would load the servers.
    if (pathname.startsWith("/api/") && !["same-origin", "none", undefined].includes(site(request))) {
      return end(response, 403, "Only the page itself may send requests to this server.");
    }
    if (pathname === "/api/session") return json(response, served.session());
    if (pathname === "/api/changes") return listen(response);
    const [, source, path = ""] = /^\/api\/(prometheus|loki)(\/.*)$/.exec(pathname) ?? [];
    if (source === "prometheus" || source === "loki") {
      const upstream = served[source];
      if (!upstream || !allowedPaths[source].test(path))
        return end(response, 404, `This server does not forward ${path} to ${source}.`);
      return pass(request, response, upstream, `${path}${search}`);
    }
    return sendFile(response, served.files, pathname);
  }

  function listen(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" }).flushHeaders();
    open.add(response);
    response.on("close", () => open.delete(response));
  }

  return {
    url: `http://${host}`,
    announceChange: () => {
      for (const response of open) response.write("data: changed\n\n");
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Origin of a browser's request. */
function site({ headers }: IncomingMessage): string | undefined {
  const header = headers["sec-fetch-site"];
  return typeof header === "string" ? header : undefined;
}

async function pass(request: IncomingMessage, response: ServerResponse, upstream: Upstream, path: string) {
  const body = request.method === "POST" ? Readable.toWeb(request) : undefined;
  const type = request.headers["content-type"];
  const abort = new AbortController();
  response.on("close", () => abort.abort());
  // biome-ignore lint/style/noRestrictedGlobals: the reader of the page waits as long as it is open
  const answered = await fetch(`${upstream.url}${path}`, {
    method: body ? "POST" : "GET",
    headers: { ...(type && { "content-type": type }), ...upstream.headers },
    signal: abort.signal,
    ...(body && { body: body as RequestInit["body"], duplex: "half" }),
  });
  response.writeHead(answered.status, { "content-type": answered.headers.get("content-type") ?? "text/plain" });
  if (answered.body) await pipeline(Readable.fromWeb(answered.body as ReadableStream), response);
  else response.end();
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

function sendFile(response: ServerResponse, folder: string, pathname: string): void {
  const path = join(folder, normalize(pathname === "/" ? "/index.html" : pathname));
  if (!path.startsWith(join(folder, "/")) || !statSync(path, { throwIfNoEntry: false })?.isFile()) {
    end(response, 404, "This file does not exist.");
    return;
  }
  response.writeHead(200, {
    "content-type": types[extname(path)] ?? "application/octet-stream",
    // The name of a built file contains the hash of its content.
    ...(pathname.startsWith("/assets/") && { "cache-control": "max-age=31536000, immutable" }),
  });
  createReadStream(path).pipe(response);
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function end(response: ServerResponse, status: number, text: string): void {
  if (!response.headersSent) response.writeHead(status, { "content-type": "text/plain" });
  response.end(text);
}
