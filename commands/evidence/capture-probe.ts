import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { dnsProbeJob, dnsProbeModule } from "../../metrics/dns/dns-metrics";
import { erpPublicProbeJob } from "../../metrics/erp-health-checks/erp-probe-metrics";
import { readStdout } from "../child";
import { freePort } from "../free-port";
import { request } from "../request";
import type { Capture, Captured } from "./capture";
import { goModule } from "./go-module";
import { renderedFolderWith } from "./rendered-folder";
import { whileRunning } from "./while-running";

/** The module of the blackbox exporter that each job uses. */
const moduleOf: Readonly<Record<string, string>> = {
  [erpPublicProbeJob.name]: "https_2xx",
  [dnsProbeJob.name]: dnsProbeModule,
};

/** Captures the real exporter with a server that has its own certificate, because tier `local` has no public host. */
export async function captureProbe({ source }: Captured): Promise<Capture> {
  const module = moduleOf[source] ?? "";
  const { version, build } = await goModule("tools/blackbox-exporter", "github.com/prometheus/blackbox_exporter");
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  const [key, cert, config] = ["key.pem", "cert.pem", "config.yml"].map((name) => join(folder, name)) as Files;
  const [port, listening] = [await freePort(), await freePort()];
  try {
    await certificate(key, cert);
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, answer) => answer.end("ok"));
    server.listen(port, "127.0.0.1");
    writeFileSync(config, stringify({ modules: modules(module, cert) }));
    const path = join(folder, "blackbox_exporter");
    await build(path);
    const probed = new URLSearchParams({ module, target: `https://localhost:${port}` });
    const args = [`--config.file=${config}`, `--web.listen-address=127.0.0.1:${listening}`];
    const url = `http://127.0.0.1:${listening}`;
    const text = await whileRunning({ path, args, url: `${url}/-/healthy` }, async () =>
      (await request(`${url}/probe?${probed}`)).text(),
    );
    server.close();
    return {
      source,
      version,
      command: `blackbox_exporter, asked for /probe?module=${module}`,
      behind: "an https server with a certificate that the exporter is configured to trust",
      text,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Files = [key: string, cert: string, config: string];

/** Creates a certificate that is valid for 90 days, as most public ones are. */
async function certificate(key: string, cert: string): Promise<void> {
  const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const pair = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", cert];
  await readStdout("openssl", ["req", "-x509", "-days", "90", ...name, ...pair]);
}

/** A module of the exporter in an environment, which also trusts this certificate. */
function modules(name: string, certificate: string): object {
  const path = "monitoring/releases/blackbox-exporter.yaml";
  const file = readFileSync(join(renderedFolderWith(path), path), "utf8");
  const module = parse(file).config.modules[name];
  const tls_config = { ...module.http.tls_config, ca_file: certificate };
  return { [name]: { ...module, http: { ...module.http, tls_config } } };
}
