import {
  Agent,
  type AgentOptions,
  request as httpRequest,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from "node:http";
import { request as httpsRequest, Agent as TlsAgent } from "node:https";

/** A complete answer. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Time to the last byte of the answer. */
  readonly seconds: number;
}

export interface Asked {
  /** The HTTP method. @default "GET" */
  readonly method?: string;
  /** The headers of the request. @default none */
  readonly headers?: OutgoingHttpHeaders;
  /** The body of the request. @default no body */
  readonly body?: string;
  /** The part of the body that is sent when this promise is fulfilled. @default the body is complete */
  readonly later?: Promise<string>;
  /** Whether the request gets a connection of its own. @default false: connections are kept and used again */
  readonly alone?: boolean;
  /** The time to wait for the last byte of the answer. @default 10 */
  readonly timeoutSeconds?: number;
}

/** A request got no complete answer. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";

  constructor(
    readonly asked: string,
    readonly reason: string,
  ) {
    super(`${asked}: ${reason}`);
  }
}

/** Number of connections that are kept open. */
export const connections = 8;

/** Sends requests to the image. */
export class Client {
  private readonly isTls: boolean;
  private readonly agent: Agent;

  constructor(readonly url: URL) {
    this.isTls = url.protocol === "https:";
    this.agent = this.agentWith({ keepAlive: true, maxSockets: connections });
  }

  /** @throws {Unanswered} if there is no complete answer in time. */
  request(path: string, asked: Asked = {}): Promise<Answer> {
    const { method = "GET", headers = {}, body, later, alone = false, timeoutSeconds = 10 } = asked;
    const start = performance.now();
    const agent = alone ? this.agentWith({ maxSockets: 1 }) : this.agent;
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => reject(new Unanswered(`${method} ${path}`, reason));
      const sent = (this.isTls ? httpsRequest : httpRequest)(
        new URL(this.url.pathname.replace(/\/$/, "") + path, this.url),
        { method, headers, agent, signal: AbortSignal.timeout(timeoutSeconds * 1000) },
        (answer) => {
          let text = "";
          answer.setEncoding("utf8");
          answer.on("data", (part) => {
            text += part;
          });
          answer.on("error", (error) => fail(reasonOf(error, timeoutSeconds)));
          answer.on("end", () => {
            const seconds = (performance.now() - start) / 1000;
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text, seconds });
          });
        },
      );
      sent.on("error", (error) => fail(reasonOf(error, timeoutSeconds)));
      if (later === undefined) {
        sent.end(body);
        return;
      }
      sent.write(body ?? "");
      void later.then((rest) => sent.end(rest));
    });
  }

  close(): void {
    this.agent.destroy();
  }

  private agentWith(options: AgentOptions): Agent {
    // The image may have a certificate of its own. Nothing secret is sent.
    return this.isTls ? new TlsAgent({ ...options, rejectUnauthorized: false }) : new Agent(options);
  }
}

function reasonOf(error: NodeJS.ErrnoException, timeoutSeconds: number): string {
  if (error.name === "AbortError" || error.name === "TimeoutError") {
    return `no complete answer within ${timeoutSeconds} s`;
  }
  const reasons: Readonly<Record<string, string>> = {
    ECONNREFUSED: "the connection was refused",
    ECONNRESET: "the connection was closed without a complete answer",
    ENOTFOUND: "the name of the host was not found",
  };
  return reasons[error.code ?? ""] ?? error.message;
}
