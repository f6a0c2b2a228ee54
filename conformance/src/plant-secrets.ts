import { randomBytes } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import type { Run } from "./run";

/**
 * Sends the planted secrets: to paths without a route, to the route that reads bodies, and to the route that fails.
 * @returns the id of the last request
 */
export async function plantSecrets(run: Run): Promise<string> {
  const { client, planted, contract, choices } = run;
  const header = contract.requestId.header;
  const bodyPath = await bodyPathOf(run);
  for (const { sent } of planted) {
    const { method, path, headers, body } = sent;
    const target = body && bodyPath ? bodyPath : `/${randomBytes(4).toString("hex")}${path}`;
    await client.request(target, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  }
  const requestId = `conformance-${randomBytes(8).toString("hex")}`;
  await client.request(`${choices.failingPath ?? `/${requestId}`}${allQueries(run)}`, {
    headers: { ...allHeaders(run), [header]: requestId },
  });
  return requestId;
}

function allHeaders({ planted }: Run): OutgoingHttpHeaders {
  return Object.assign({}, ...planted.filter(({ sent }) => !sent.body).map(({ sent }) => sent.headers));
}

function allQueries({ planted }: Run): string {
  return planted.map(({ sent }) => /\?.*/.exec(sent.path)?.[0]).find((query) => query !== undefined) ?? "";
}

/** Path of a POST route that reads a body: the one that the user names, or the first in the OpenAPI document. */
export async function bodyPathOf({ client, choices }: Run): Promise<string | undefined> {
  if (choices.bodyPath !== undefined) return choices.bodyPath;
  const { status, body } = await client.request("/openapi.json");
  if (status !== 200) return undefined;
  try {
    const { paths } = JSON.parse(body) as OpenApi;
    return Object.entries(paths).find(([path, { post }]) => post?.requestBody && !path.includes("{"))?.[0];
  } catch {
    return undefined;
  }
}

/** @see https://spec.openapis.org/oas/v3.1.0 */
interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly post?: { readonly requestBody?: object } }>>;
}
