/** Suffixes of the stack names that `stacks/environment-stack.ts` creates, in the order in which the stacks are deployed. */
export const layers = ["base", "monitoring", "erp"];

/**
 * Prefix of the name of the stack with the project in Sentry, `sentry-<environment>`. The name does not begin with the
 * environment, so that `cdktf deploy '<environment>-*'` needs no token of Sentry.
 */
const sentryPrefix = "sentry-";

/** The two parts of the name of a stack: `<environment>-<layer>`, or `sentry-<environment>`, whose layer is `sentry`. */
export interface StackName {
  readonly environment: string;
  readonly layer: string;
}

/**
 * The parts of the name of a stack. In a version with other layers, a stack belongs to the environment with the longest name
 * that its own name starts with.
 *
 * @param environments names of the environments that the version is known to have. @default none
 */
export function stackName(stack: string, environments: readonly string[] = []): StackName {
  const layer = layers.find((one) => stack.endsWith(`-${one}`));
  if (layer !== undefined) return { environment: stack.slice(0, -`-${layer}`.length), layer };
  if (stack.startsWith(sentryPrefix) && isKnown(stack.slice(sentryPrefix.length), environments)) {
    return { environment: stack.slice(sentryPrefix.length), layer: "sentry" };
  }
  const [known] = environments
    .filter((name) => stack.startsWith(`${name}-`))
    .sort((one, other) => other.length - one.length);
  const environment = known ?? stack.replace(/-[^-]+$/, "");
  return { environment, layer: stack.slice(environment.length + 1) };
}

/** Whether an environment deploys the stack to its cluster. The project in Sentry is not part of the cluster. */
export function isInCluster(stack: string, environment: string): boolean {
  const { environment: of, layer } = stackName(stack);
  return of === environment && layer !== "sentry";
}

/** @param environments names that are known. @default any name may be an environment */
function isKnown(name: string, environments: readonly string[]): boolean {
  return environments.length === 0 || environments.includes(name);
}
