import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "./cache-folder";
import { CommandError } from "./command";

const folder = join(__dirname, "..", "tools", "elasticsearch");

/** The version that `tools/elasticsearch` pins. */
export const elasticsearchVersion = readFileSync(join(folder, "pom.xml"), "utf8").match(
  /<version>(.*)<\/version>/,
)?.[1];

const jarName = `elasticsearch-${elasticsearchVersion}.jar`;

/**
 * The jar of the Elasticsearch that `tools/elasticsearch` pins, which Maven builds once; or the reason why it is
 * missing.
 */
export function elasticsearch(): { readonly jar: string } | { readonly missing: string } {
  const kept = join(cacheFolder("tools"), `elasticsearch-${elasticsearchVersion}`);
  const jar = join(kept, jarName);
  if (existsSync(jar)) return { jar };
  if (spawnSync("mvn", ["--version"], { timeout: 60_000 }).status !== 0)
    return { missing: "which cannot be built because Maven is not installed" };
  console.warn(`building ${kept} with Maven, once`);
  try {
    build(kept);
  } catch (error) {
    return { missing: `which Maven failed to build: ${error instanceof Error ? error.message : error}` };
  }
  return { jar };
}

/**
 * Arguments of Java that run a node on these ports of the loopback address, with its data in the folder.
 * @throws {CommandError} when Elasticsearch is missing and cannot be built.
 */
export function elasticsearchArguments(data: string, port: number, transport: number): string[] {
  const found = elasticsearch();
  if ("missing" in found) throw new CommandError(`This command needs Elasticsearch, ${found.missing}.`);
  const settings = {
    "path.home": data,
    "network.host": "127.0.0.1",
    "http.port": port,
    "transport.port": transport,
    "discovery.type": "single-node",
    "node.name": "search-0",
    "cluster.name": "erp",
  };
  return ["-Xmx256m", "-jar", found.jar, ...Object.entries(settings).map(([name, value]) => `${name}=${value}`)];
}

function build(kept: string): void {
  const copy = mkdtempSync(join(tmpdir(), "elasticsearch-"));
  try {
    cpSync(folder, copy, { recursive: true });
    execFileSync("mvn", ["--quiet", "--batch-mode", "package"], { cwd: copy, stdio: "pipe", timeout: 30 * 60_000 });
    const temporary = `${kept}.${process.pid}`;
    mkdirSync(temporary, { recursive: true });
    for (const part of [jarName, "dependency"]) {
      cpSync(join(copy, "target", part), join(temporary, part), { recursive: true });
    }
    renameSync(temporary, kept);
  } finally {
    rmSync(copy, { recursive: true });
  }
}
