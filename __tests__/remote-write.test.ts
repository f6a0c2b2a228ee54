import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { releases } from "../commands/charts/chart-releases";
import { whileRunning } from "../commands/evidence/while-running";
import { freePort } from "../commands/free-port";
import { request } from "../commands/request";
import { synthesizedStacks } from "../commands/synthesized-stacks";
import type { Environment } from "../settings/environment";
import type { RemoteWrite } from "../settings/remote-write";
import { everyChoice } from "./fixtures/choices";
import { local } from "./fixtures/local";
import { describeWith } from "./tools";

// biome-ignore lint/suspicious/noExplicitAny: Helm values
type Json = any;

/** The entries of `additionalRemoteWrite` that an environment deploys, in the operator's format. */
function deployed(environment: Environment): readonly Json[] {
  const stack: Json = releases(synthesizedStacks([environment])).find(({ name }) => name === "kube-prometheus-stack");
  return stack.values.prometheus.prometheusSpec.additionalRemoteWrite;
}

/**
 * Prometheus' configuration for an entry, as the operator generates it. The value of each Secret is `<name>/<key>`.
 * https://github.com/prometheus-operator/prometheus-operator/blob/v0.93.0/pkg/prometheus/promcfg.go
 */
function ofPrometheus(entry: Json, folder: string): Json {
  const { basicAuth, authorization, oauth2, sigv4, tlsConfig, headers, writeRelabelConfigs, ...same } = entry;
  const value = (ref: Json) => `${ref.name}/${ref.key}`;
  const file = (ref: Json) => join(folder, value(ref).replace("/", "-"));
  return {
    ...same,
    headers,
    basic_auth: basicAuth && { username: value(basicAuth.username), password: value(basicAuth.password) },
    authorization: authorization && { type: authorization.type, credentials: value(authorization.credentials) },
    oauth2: oauth2 && {
      client_id: value(oauth2.clientId.secret),
      client_secret: value(oauth2.clientSecret),
      token_url: oauth2.tokenUrl,
      scopes: oauth2.scopes,
    },
    sigv4: sigv4 && {
      region: sigv4.region,
      ...(sigv4.accessKey && { access_key: value(sigv4.accessKey), secret_key: value(sigv4.secretKey) }),
      role_arn: sigv4.roleArn,
    },
    tls_config: tlsConfig && {
      ca_file: tlsConfig.ca && file(tlsConfig.ca.secret),
      cert_file: tlsConfig.cert && file(tlsConfig.cert.secret),
      key_file: tlsConfig.keySecret && file(tlsConfig.keySecret),
      server_name: tlsConfig.serverName,
    },
    write_relabel_configs: writeRelabelConfigs?.map(({ sourceLabels, targetLabel, ...relabeling }: Json) => ({
      ...relabeling,
      source_labels: sourceLabels,
      target_label: targetLabel,
    })),
  };
}

const folder = mkdtempSync(join(tmpdir(), "remote-write-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, config: object): string {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(config));
  return path;
}

describeWith("promtool", "Prometheus' own check of remote write", (promtool) => {
  const sending = everyChoice.filter(({ prometheus }) => prometheus.remoteWrite.length > 0);
  for (const file of ["thanos-ca.crt", "thanos-tls.crt", "thanos-tls.key", "mimir-ca.crt"])
    writeFileSync(join(folder, file), "");

  test.each(sending)("accepts the receivers of $name", (environment) => {
    const remote_write = deployed(environment).map((entry) => ofPrometheus(entry, folder));
    expect(remote_write).toHaveLength(environment.prometheus.remoteWrite.length);
    expect(promtool("check", "config", write(environment.name, { remote_write })).failure).toBeUndefined();
  });

  test("refuses two kinds of credentials, as the settings do", () => {
    const both = {
      url: "http://a/b",
      basicAuth: undefined,
      authorization: { credentials: {} },
      sigv4: { region: "a" },
    };
    const config = { remote_write: [ofPrometheus(both, folder)] };
    expect(promtool("check", "config", write("both", config)).failure).toContain("at most one of");
  });
});

describeWith("prometheus", "a real Prometheus", (_, program) => {
  /** Runs Prometheus, which scrapes itself, with these receivers. */
  const whileSending = async (receivers: readonly RemoteWrite[], work: () => Promise<void>) => {
    const environment = { ...local, prometheus: { ...local.prometheus, remoteWrite: [...receivers] } };
    const port = await freePort();
    const config = write("sending", {
      global: { scrape_interval: "1s" },
      scrape_configs: [{ job_name: "itself", static_configs: [{ targets: [`127.0.0.1:${port}`] }] }],
      remote_write: deployed(environment).map((entry) => ofPrometheus(entry, folder)),
    });
    await whileRunning(prometheus(config, port), work);
  };
  const prometheus = (config: string, port: number, ...more: readonly string[]) => ({
    path: program,
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, String(port))}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=error",
      ...more,
    ],
    url: `http://127.0.0.1:${port}/-/ready`,
  });

  test("sends the credentials and the tenant of each receiver", async () => {
    const received = new Map<string, IncomingHttpHeaders>();
    const tokens: string[] = [];
    const server = createServer((message, response) => {
      const { url = "", headers } = message;
      if (url === "/token") {
        message.on("data", (part) => tokens.push(`${headers.authorization} ${part}`));
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ access_token: "granted", token_type: "Bearer", expires_in: 3600 }));
        return;
      }
      received.set(url, headers);
      message.resume();
      response.writeHead(204).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ref = (key: string) => ({ name: "store", key });
    const receivers: readonly RemoteWrite[] = [
      { url: `${address}/basic`, basicAuth: { username: ref("user"), password: ref("password") } },
      { url: `${address}/bearer`, bearerToken: ref("token"), tenant: "shop" },
      {
        url: `${address}/oauth2`,
        oauth2: {
          clientId: ref("id"),
          clientSecret: ref("secret"),
          tokenUrl: `${address}/token`,
          scopes: ["metrics:write", "metrics:read"],
        },
      },
      { url: `${address}/aws`, sigv4: { region: "eu-central-1", accessKey: ref("id"), secretKey: ref("key") } },
    ];
    try {
      await whileSending(receivers, async () => {
        for (let tries = 0; tries < 300 && received.size < receivers.length; tries++) await after(100);
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
    const authorization = (path: string) => received.get(path)?.authorization;
    expect(authorization("/basic")).toBe(`Basic ${Buffer.from("store/user:store/password").toString("base64")}`);
    expect(authorization("/bearer")).toBe("Bearer store/token");
    expect([...received].map(([path, headers]) => [path, headers["x-scope-orgid"]]).sort()).toEqual([
      ["/aws", undefined],
      ["/basic", undefined],
      ["/bearer", "shop"],
      ["/oauth2", undefined],
    ]);
    expect(authorization("/oauth2")).toBe("Bearer granted");
    expect(new URLSearchParams(tokens[0]?.split(" ").at(-1)).get("scope")).toBe("metrics:write metrics:read");
    // https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-secure-auth.html
    expect(authorization("/aws")).toMatch(
      /^AWS4-HMAC-SHA256 Credential=store\/id\/\d{8}\/eu-central-1\/aps\/aws4_request, /,
    );
  });

  test("sends only the series that the relabelings keep, and with their labels", async () => {
    const port = await freePort();
    const store = prometheus(write("store", {}), port, "--web.enable-remote-write-receiver");
    const ask = async (path: string) =>
      ((await (await request(`http://127.0.0.1:${port}/api/v1/${path}`)).json()) as Json).data;
    const writeRelabelings: RemoteWrite["writeRelabelings"] = [
      { action: "keep", sourceLabels: ["__name__"], regex: "up|go_.*" },
      { action: "drop", sourceLabels: ["job", "__name__"], regex: "itself;go_.+" },
      { action: "replace", sourceLabels: ["job"], regex: "it(.+)", targetLabel: "part", replacement: "its-$1" },
      { action: "labeldrop", regex: "inst.*" },
    ];
    await whileRunning(store, () =>
      whileSending([{ url: `http://127.0.0.1:${port}/api/v1/write`, writeRelabelings }], async () => {
        for (let tries = 0; tries < 300 && (await ask("series?match[]=up")).length === 0; tries++) await after(100);
        expect(await ask("label/__name__/values")).toEqual(["up"]);
        expect(await ask("series?match[]=up")).toEqual([{ __name__: "up", job: "itself", part: "its-self" }]);
      }),
    );
  });
});
