import { resolve } from "node:path";
import { testEnvironment } from "./cluster-environment";
import { needsOf } from "./needs";

/**
 * Prints the needs of the cluster tests, one per line, as `chart <file>`, `provider <source> <version>` or
 * `image <name>`, and `unknown <reason>` for images that could not be listed. It needs no cluster.
 * `tsx __tests__/cluster/list-needs.ts <folder of the charts>`
 */
async function listNeeds(charts: string): Promise<void> {
  const needs = await needsOf(testEnvironment({ context: "none", charts }), charts);
  for (const chart of needs.charts) console.log(`chart ${chart}`);
  for (const provider of needs.providers) console.log(`provider ${provider}`);
  for (const image of needs.images) console.log(`image ${image}`);
  for (const reason of needs.unknown) console.log(`unknown ${reason}`);
}

void listNeeds(resolve(process.argv[2] ?? "."));
