import { CommandError } from "./command";

/** A server that takes longer waits for something that will not happen. */
const longestSeconds = 120;

/**
 * Sends an HTTP request, and waits a limited time for the answer and its body.
 * @throws {CommandError} when the server does not answer in time.
 */
export async function request(url: string | URL, init: RequestInit = {}, seconds = longestSeconds): Promise<Response> {
  try {
    // biome-ignore lint/style/noRestrictedGlobals: this is the place that bounds it
    return await fetch(url, { ...init, signal: AbortSignal.timeout(seconds * 1000) });
  } catch (error) {
    if ((error as Error).name !== "TimeoutError") throw error;
    const { origin, pathname } = new URL(url);
    throw new CommandError(`${origin}${pathname} did not answer within ${seconds} seconds.`);
  }
}
