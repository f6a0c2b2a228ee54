import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../commands/free-port";
import { request } from "../../commands/request";
import { synthesizedStacks } from "../../commands/synthesized-stacks";
import { dns, dnsProbeModule } from "../../metrics/dns/dns-metrics";
import { production } from "../fixtures/production";
import { program, type Running } from "../logs/program";
import { describeWith } from "../tools";

/** The configuration that production deploys. A JSON document is also YAML. */
function deployedConfig(): string {
  const resources = synthesizedStacks([production]).flatMap((stack) => stack.resources);
  const releases = resources.filter(({ arguments: { name } }) => name === "blackbox-exporter");
  const [values = "{}"] = releases.flatMap((release) => release.arguments.values as readonly string[]);
  return JSON.stringify(JSON.parse(values).config);
}

describeWith("blackbox_exporter", "the look-up of a name", (_, path) => {
  const folder = mkdtempSync(join(tmpdir(), "blackbox-"));
  let exporter: Running;
  beforeAll(async () => {
    const config = join(folder, "config.yml");
    writeFileSync(config, deployedConfig());
    const port = await freePort();
    const args = [`--config.file=${config}`, `--web.listen-address=127.0.0.1:${port}`];
    exporter = await program(path, args, `http://127.0.0.1:${port}`, "/-/healthy");
  });
  afterAll(async () => {
    await exporter.stop();
    rmSync(folder, { recursive: true });
  });

  const { name } = dns.addressFamily;
  const probe = async (target: string) => {
    const parameters = new URLSearchParams({ module: dnsProbeModule, target });
    return (await request(`${exporter.url}/probe?${parameters}`)).text();
  };

  test("that fails is the 0 that ClusterDnsFailing counts", async () => {
    // RFC 6761 reserves `.invalid`: no name server has such a name.
    expect(await probe("https://kubernetes.default.invalid/livez")).toMatch(new RegExp(`^${name} 0$`, "m"));
  });

  test("that succeeds is not 0, even if the server does not answer", async () => {
    const text = await probe(`https://localhost:${await freePort()}/livez`);
    expect(text).toMatch(/^probe_success 0$/m);
    expect(text).toMatch(new RegExp(`^${name} [46]$`, "m"));
  });
});
