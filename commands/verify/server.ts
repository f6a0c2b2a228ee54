import { request } from "../request";

/** Seconds after which a server that has not answered is reported as hanging. */
export const longestAnswer = 15;

/** A server of the environment that answers in JSON, reached through the API server. */
export class Server {
  constructor(
    /** The name that people use: `Prometheus`. */
    readonly name: string,
    /** Base URL on this machine. */
    readonly url: string,
  ) {}

  /**
   * Sends a GET request.
   * @throws {ServerError} when the server does not answer in time, or with an error.
   */
  async get<T>(path: string, parameters: Readonly<Record<string, string>> = {}): Promise<T> {
    const query = new URLSearchParams(parameters).toString();
    return JSON.parse(await this.text(query ? `${path}?${query}` : path));
  }

  /** The answer as text. @throws {ServerError} when the server does not answer in time, or with an error. */
  async text(path: string, init: RequestInit = {}): Promise<string> {
    const response = await request(`${this.url}${path}`, init, longestAnswer).catch((error: Error) => {
      throw new ServerError(this.name, /did not answer within/.test(error.message) ? hangs : error.message);
    });
    const body = await response.text();
    if (!response.ok) throw new ServerError(this.name, problem(response.status, body), response.status);
    return body;
  }
}

const hangs = `did not answer within ${longestAnswer} s: it accepts connections and hangs, or a network policy drops them`;

/** A server of the environment that does not answer, or answers with an error. */
export class ServerError extends Error {
  override readonly name: string = "ServerError";

  constructor(
    server: string,
    problem: string,
    /** The status of the answer. @default there was no answer */
    readonly status?: number,
  ) {
    super(`${server} ${problem}`);
  }
}

/** The API server answers in place of a server that it cannot reach, with a message in JSON. */
function problem(status: number, body: string): string {
  const message = messageIn(body);
  if (/no endpoints available/.test(message)) return "has no ready pod: no endpoints available for service";
  return `answered ${status}: ${message.slice(0, 300)}`;
}

function messageIn(body: string): string {
  try {
    const { message, error } = JSON.parse(body);
    return String(message ?? error ?? body);
  } catch {
    return body.trim();
  }
}
