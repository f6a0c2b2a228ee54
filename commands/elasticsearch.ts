import { CommandError } from "./command";
import { type MavenProgram, mavenProgram, mavenVersion } from "./maven-program";

const program: MavenProgram = {
  folder: "elasticsearch",
  jar: (version) => `elasticsearch-${version}.jar`,
  parts: ["dependency"],
};

/** The version that `tools/elasticsearch` pins. */
export const elasticsearchVersion = mavenVersion(program);

/**
 * The jar of the Elasticsearch that `tools/elasticsearch` pins, which Maven builds once; or the reason why it is
 * missing.
 */
export function elasticsearch(): ReturnType<typeof mavenProgram> {
  return mavenProgram(program);
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
