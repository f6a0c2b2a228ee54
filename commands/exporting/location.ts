import { isAbsolute, normalize } from "node:path";
import type { Fault } from "../../faults";
import type { Given } from "../command";
import type { Target } from "./target";

/** Where a program that reads Git finds an export. */
export interface Location {
  /** Path of the export in the repository, without `./`. */
  readonly path: string;
  /** Address of the repository, for Argo CD. */
  readonly repository: string;
  /** Branch or tag of the repository, for Argo CD. */
  readonly revision: string;
  /** Name of the GitRepository in the namespace of Flux. */
  readonly source: string;
}

/** Options of the command that describe the location, by the programs that use them. */
const users: Readonly<Record<keyof Location, readonly Target[]>> = {
  path: ["flux", "argocd"],
  repository: ["argocd"],
  revision: ["argocd"],
  source: ["flux"],
};

/** The location that the options describe. Without `--path`, it is the folder of the export. */
export function locationOf({ folder, path, repository, revision = "HEAD", source = "flux-system" }: Given): Location {
  return {
    path: normalize(String(path ?? folder)).replace(/\/$/, ""),
    repository: String(repository),
    revision: String(revision),
    source: String(source),
  };
}

/** The reasons why the program cannot find the export. */
export function locationFaults(target: Target, given: Given): readonly Fault[] {
  const options = Object.keys(users) as (keyof Location)[];
  const unused = options
    .filter((option) => given[option] !== undefined && !users[option].includes(target))
    .map((option) => ({
      place: `--${option}`,
      rule: `must not be given, because an export for ${target} does not use it`,
      remedy: "remove the option",
    }));
  return [...unused, ...pathFaults(target, given), ...repositoryFaults(target, given)];
}

function pathFaults(target: Target, given: Given): readonly Fault[] {
  const { path } = locationOf(given);
  if (!users.path.includes(target) || !(isAbsolute(path) || path === "." || path.startsWith(".."))) return [];
  const rule = "must be a path below the root of the Git repository that contains the export";
  const [place, remedy] =
    given.path === undefined
      ? ["folder", "add `--path` with the path of the export in its Git repository"]
      : ["--path", "write a path such as deploy/production"];
  return [{ place, value: String(given.path ?? given.folder), rule, remedy }];
}

function repositoryFaults(target: Target, { repository }: Given): readonly Fault[] {
  if (!users.repository.includes(target)) return [];
  if (typeof repository === "string" && /^(https?|ssh):\/\/[^@\s]+$|^(ssh:\/\/)?[\w.-]+@\S+$/.test(repository))
    return [];
  return [
    {
      place: "--repository",
      rule: "must be the address of the Git repository that contains the export, without a password",
      remedy: "add an address such as `--repository https://git.example.org/platform/deploy.git`",
    },
  ];
}
