import type { Environment } from "../../settings/environment";
import type { Stack } from "../read-stack";
import { stackName } from "../stack-name";
import { alertsIndex, alertsPage } from "./alerts-page";
import { documentsText } from "./document";
import { files } from "./files";

/**
 * Every rendered file by its path: everything that the environments deploy, each in a folder of its own, and a page with
 * links to their alerts.
 */
export function renderedEnvironments(
  environments: readonly Environment[],
  stacks: readonly Stack[],
): ReadonlyMap<string, string> {
  return new Map([
    ["alerts.md", alertsIndex(environments)],
    ...environments.flatMap((environment): [string, string][] => [
      [`${environment.name}/alerts.md`, alertsPage(environment)],
      ...stackFiles(environment.name, stacks),
    ]),
  ]);
}

function stackFiles(environment: string, stacks: readonly Stack[]): [string, string][] {
  const own = stacks.filter((stack) => stackName(stack.name).environment === environment);
  return own.flatMap((stack) =>
    [...files(stack)].map(([path, documents]): [string, string] => [
      `${environment}/${path}`,
      documentsText(documents),
    ]),
  );
}
