import { join } from "node:path";
import { charts, images } from "../settings/versions";
import { imageVersion, plainVersion } from "../subjects/program-versions";
import { cacheFolder } from "./cache-folder";
import { CommandError } from "./command";
import { hasVersion } from "./program-version";

/**
 * Programs that are in no package registry, in the versions that are deployed. Users build them from their public
 * repositories, and put them on PATH or into the cache.
 */
const versions = {
  alloy: plainVersion(charts.alloy.appVersion),
  redis_exporter: imageVersion(images.redisExporter),
} as const;

export type RepositoryProgram = keyof typeof versions;

/** The program in the deployed version, from PATH or from the cache; or the reason why it is missing. */
export function repositoryProgram(name: RepositoryProgram): { readonly path: string } | { readonly missing: string } {
  const version = versions[name];
  const kept = join(cacheFolder("programs"), `${name}-${version}`);
  const path = [name, kept].find((one) => hasVersion(one, version));
  return path ? { path } : { missing: `which is neither on PATH in version ${version}, nor at ${kept}` };
}

/**
 * Path of the program.
 * @throws {CommandError} when it is neither on PATH nor in the cache.
 */
export function repositoryProgramPath(name: RepositoryProgram): string {
  const found = repositoryProgram(name);
  if ("missing" in found)
    throw new CommandError(
      `This command needs ${name}, ${found.missing}. It is in no package registry: build it from its public repository.`,
    );
  return found.path;
}
