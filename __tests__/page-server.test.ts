import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PageServer, servePage } from "../commands/preview/page-server";
import { request } from "../commands/request";
import type { Session } from "../preview/src/session";

const session: Session = {
  environment: "somewhere",
  dashboards: [],
  sources: { prometheus: "/api/prometheus" },
  slices: [],
  stories: [],
};

/** Resolves when no client waits for the endless answer any more. */
const given: { endless?: Promise<unknown> } = {};

/** A server that returns the request. It replaces a Prometheus behind a proxy that requires a token. */
function echo(): Server {
  return createServer((request, response) => {
    let body = "";
    request.on("data", (data) => {
      body += data;
    });
    request.on("end", () => {
      const { method, url, headers } = request;
      response.writeHead(200, { "content-type": "application/json" });
      if (url?.endsWith("endless")) {
        response.write("[");
        given.endless = once(response, "close");
        return;
      }
      response.end(JSON.stringify({ method, url, authorization: headers.authorization, body }));
    });
  });
}

let folder: string;
let upstream: Server;
let page: PageServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "page-"));
  writeFileSync(join(folder, "index.html"), "<title>Dashboards</title>");
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "assets", "index-a1b2.js"), "");
  upstream = echo();
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  const { port } = upstream.address() as AddressInfo;
  const headers = { authorization: "Bearer abc" };
  page = await servePage(
    { files: folder, session: () => session, prometheus: { url: `http://127.0.0.1:${port}/base`, headers } },
    0,
  );
});

afterAll(() => {
  page.stop();
  upstream.close();
  rmSync(folder, { recursive: true });
});

/** Status and body of a request with exactly this path: `fetch` would shorten `/../` by itself. */
function ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<{ status?: number; body: string }> {
  return new Promise((resolve, reject) => {
    get(page.url, { path, headers }, (response) => {
      let body = "";
      response.on("data", (data) => {
        body += data;
      });
      response.on("end", () => resolve({ ...(response.statusCode && { status: response.statusCode }), body }));
    }).on("error", reject);
  });
}

test("the page is served, and its session does not contain the token", async () => {
  expect(await ask("/?dashboard=x")).toEqual({ status: 200, body: "<title>Dashboards</title>" });
  expect(JSON.parse((await ask("/api/session")).body)).toEqual(session);
});

test("a query is forwarded with the token, by GET and by POST", async () => {
  const path = "/api/prometheus/api/v1/query?query=up%7Bjob%3D%22a%22%7D";
  expect(JSON.parse((await ask(path)).body)).toEqual({
    method: "GET",
    url: "/base/api/v1/query?query=up%7Bjob%3D%22a%22%7D",
    authorization: "Bearer abc",
    body: "",
  });
  const posted = await request(`${page.url}/api/prometheus/api/v1/query_range`, {
    method: "POST",
    body: new URLSearchParams({ query: "up" }),
  });
  expect(await posted.json()).toEqual({
    method: "POST",
    url: "/base/api/v1/query_range",
    authorization: "Bearer abc",
    body: "query=up",
  });
});

test.each([
  "/api/prometheus/api/v1/admin/tsdb/delete_series",
  "/api/prometheus/-/quit",
  "/api/prometheus/api/v1/query/../admin/tsdb/snapshot",
  "/api/loki/loki/api/v1/query",
])("%s is not forwarded", async (path) => {
  expect((await ask(path)).status).toBe(404);
});

test.each(["/../secret", "/%2e%2e/secret", "/..%2fsecret"])(
  "%s does not return a file outside of the page's folder",
  async (path) => {
    const secret = join(folder, "..", "secret");
    writeFileSync(secret, "secret");
    expect((await ask(path)).body).not.toBe("secret");
    rmSync(secret);
  },
);

test("a page of another site is refused, even if its host name resolves to this machine", async () => {
  expect((await ask("/api/session", { host: "attacker.example" })).status).toBe(403);
});

test.each(["cross-site", "same-site"])(
  "a page of another site (%s) is refused, also if it does not read the answer",
  async (site) => {
    const path = "/api/prometheus/api/v1/query?query=up";
    expect((await ask(path, { "sec-fetch-site": site })).status).toBe(403);
    expect((await ask(path, { "sec-fetch-site": "same-origin" })).status).toBe(200);
  },
);

test("a link on another site opens the page", async () => {
  expect((await ask("/", { "sec-fetch-site": "cross-site" })).status).toBe(200);
});

test.each(["/", "/api/session", "/api/prometheus/api/v1/query", "/nowhere"])(
  "%s runs and loads nothing from other sites, because a dashboard or a log line can be foreign",
  async (path) => {
    const { headers } = await request(`${page.url}${path}`);
    const policy = headers.get("content-security-policy") ?? "";
    const directives = new Map(policy.split("; ").map((one) => [one.split(" ")[0], one.split(" ").slice(1)]));
    expect(directives.get("default-src")).toEqual(["'self'"]);
    expect(directives.get("img-src")).toEqual(["'self'", "data:"]);
    expect([...directives.keys()]).not.toContain("script-src");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  },
);

test("a browser keeps a file with a hash in its name, and asks again for the page", async () => {
  const caching = async (path: string) => (await request(`${page.url}${path}`)).headers.get("cache-control");
  expect(await caching("/assets/index-a1b2.js")).toBe("max-age=31536000, immutable");
  expect(await caching("/")).toBeNull();
});

test.each(["/%", "/%00"])("%s is not found", async (path) => {
  expect((await ask(path)).status).toBe(404);
});

test("a page that is closed during an answer does not affect other pages", async () => {
  const reading = get(page.url, { path: "/api/prometheus/api/v1/query?query=endless" });
  reading.on("error", () => {});
  const [answer] = await once(reading, "response");
  await once(answer, "data");
  reading.destroy();
  await given.endless;
  expect((await ask("/api/session")).status).toBe(200);
});

test("an open page is notified of a change", async () => {
  const response = await request(`${page.url}/api/changes`);
  const reader = response.body?.getReader();
  page.announceChange();
  const { value } = (await reader?.read()) ?? {};
  expect(Buffer.from(value ?? []).toString()).toBe("data: changed\n\n");
  await reader?.cancel();
});
