import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { elasticsearch } from "../commands/elasticsearch";
import { type RepositoryProgram, repositoryProgram } from "../commands/repository-program";
import { type Run, runTool } from "../commands/run-tool";
import { builtPath, type Tool, tool } from "../commands/tool";

/**
 * Tests that need a tool: the pinned version on PATH, or a cached build with Go. If neither is available, the tests are
 * skipped with the reason. With `CI=true`, that is a failure.
 */
export function describeWith(name: Tool, title: string, tests: (run: Run, path: string) => void): void {
  const found = tool(name);
  if ("path" in found) {
    describe(title, () => tests(runTool(found.path), found.path));
    return;
  }
  missing(`${title}: needs ${name}, ${found.missing}`);
}

/**
 * Tests that need Elasticsearch, which Maven builds. Without it they are skipped. With `CI=true`, that is a failure.
 */
export function describeWithElasticsearch(title: string, tests: () => void): void {
  const found = elasticsearch();
  if ("jar" in found) describe(title, tests);
  else missing(`${title}: needs Elasticsearch, ${found.missing}`);
}

/**
 * Tests that need a program that is in no package registry. Without it they are skipped with the reason, also with
 * `CI=true`, because the project cannot install it.
 */
export function describeWithProgram(name: RepositoryProgram, title: string, tests: (path: string) => void): void {
  const found = repositoryProgram(name);
  if ("path" in found) describe(title, () => tests(found.path));
  else test.skip(`${title}: needs ${name}, ${found.missing}`, () => undefined);
}

/**
 * Tests that start the reference ERP with PostgreSQL and Redis, and the package `conformance/`. Without one of them they
 * are skipped. With `CI=true`, that is a failure.
 */
export function describeWithErp(title: string, tests: () => void): void {
  const places = [...(process.env.PATH ?? "").split(":"), ...postgresqlFolders()];
  const lacking = ["python3.11", "redis-server", "initdb"].filter(
    (program) => !places.some((place) => existsSync(join(place, program))),
  );
  if (!existsSync("conformance/node_modules"))
    lacking.push("the packages of conformance/ (npm ci --prefix conformance)");
  if (lacking.length === 0) describe(title, tests);
  else missing(`${title}: needs ${lacking.join(", ")}`);
}

/** Debian does not put the programs of PostgreSQL on the PATH. */
function postgresqlFolders(): readonly string[] {
  const root = "/usr/lib/postgresql";
  return existsSync(root) ? readdirSync(root).map((version) => join(root, version, "bin")) : [];
}

function missing(reason: string): void {
  if (process.env.CI === "true") test(reason, () => Promise.reject(new Error(reason)));
  else test.skip(reason, () => undefined);
}

/**
 * The tool, where it is on PATH in the pinned version or was built before. @returns undefined where it would have to be
 * built
 */
export function builtTool(name: Tool): Run | undefined {
  const path = builtPath(name);
  return path === undefined ? undefined : runTool(path);
}
