import type { EnvironmentSignals } from "../../signals-json";
import type { Stack } from "../read-stack";
import { areas, type Change, type FoundChange } from "./change";
import { compareAlerts } from "./compare-alerts";
import { compareDashboards, deployedDashboards } from "./compare-dashboards";
import { compareNamed } from "./compare-named";
import { compareNotifications } from "./compare-notifications";
import { compareObjects } from "./compare-objects";
import { compareState } from "./compare-state";
import { deployedObjects, type Fields } from "./deployed-objects";
import { withoutSignals } from "./signalled-content";
import { readSynth, type SynthOutput } from "./synth-output";
import { unlessListed } from "./unless-listed";

/** Everything in which two synths differ. */
export interface Comparison {
  /** By environment, and within each in the order of the areas. */
  readonly changes: readonly Change[];
  /** Whether both synths have signals. Otherwise rules, dashboards and routes are compared as text of the resources. */
  readonly comparesSignals: boolean;
}

/**
 * Compares what two synths wrote, of one version with other settings or of two versions with the same settings.
 * @param before directory of a synth, such as `cdktf.out`
 * @param after the same
 */
export function compareSynths(before: string, after: string): Comparison {
  const [one, other] = [readSynth(before), readSynth(after)];
  const environments = [...new Set([...Object.keys(one.stacks), ...Object.keys(other.stacks)])].sort();
  const changes = environments.flatMap((environment) =>
    compareEnvironments(outputOf(one, environment), outputOf(other, environment))
      .toSorted((first, second) => areas.indexOf(first.area) - areas.indexOf(second.area))
      .map((change) => ({ environment, ...change })),
  );
  return { changes, comparesSignals: one.signals !== undefined && other.signals !== undefined };
}

interface EnvironmentOutput {
  readonly stacks: readonly Stack[];
  /** The signals of the environment. @default the synth has none */
  readonly signals?: EnvironmentSignals;
}

function outputOf({ stacks, signals }: SynthOutput, environment: string): EnvironmentOutput {
  const own = signals?.[environment];
  return { stacks: stacks[environment] ?? [], ...(own && { signals: own }) };
}

function compareEnvironments(before: EnvironmentOutput, after: EnvironmentOutput): FoundChange[] {
  if (before.stacks.length === 0 || after.stacks.length === 0) return [wholeEnvironment(before, after)];
  const [one, other] = [deployedObjects(before.stacks), deployedObjects(after.stacks)];
  const state = compareState({ before: before.stacks, after: after.stacks }, one, other);
  const versions = compareNamed("versions", terraformVersions(before.stacks), terraformVersions(after.stacks));
  if (before.signals === undefined || after.signals === undefined) {
    return unlessListed([...state, ...versions, ...compareObjects(one, other)]);
  }
  return unlessListed([
    ...state,
    ...compareAlerts(before.signals.alerts, after.signals.alerts),
    ...compareNotifications(before.signals.notifications, after.signals.notifications),
    ...compareDashboards(
      deployedDashboards(before.signals.dashboards, one),
      deployedDashboards(after.signals.dashboards, other),
    ),
    ...compareNamed("keep-lists", kept(before.signals), kept(after.signals)),
    ...compareNamed("secrets", secrets(before.signals), secrets(after.signals)),
    ...versions,
    ...compareObjects(pruneAll(one), pruneAll(other)),
  ]);
}

/** An environment that only one of the synths has: everything in it would be listed otherwise. */
function wholeEnvironment(before: EnvironmentOutput, after: EnvironmentOutput): FoundChange {
  const names = (stacks: readonly Stack[]) => stacks.map(({ name }) => name).join(", ");
  const common = { area: "environment", fields: [] } as const;
  if (before.stacks.length === 0) {
    return { ...common, what: "added", name: "the environment is new", summary: names(after.stacks) };
  }
  return {
    ...common,
    what: "removed",
    name: "the environment is gone from the other version's stacks",
    summary: names(before.stacks),
    breaking: "nothing updates or deletes what these have deployed",
  };
}

function pruneAll(objects: ReturnType<typeof deployedObjects>): ReturnType<typeof deployedObjects> {
  return Object.fromEntries(Object.entries(objects).map(([name, object]) => [name, withoutSignals(object)]));
}

function kept({ keep }: EnvironmentSignals) {
  return Object.fromEntries(Object.entries(keep).map(([job, metrics]) => [`job ${job}`, { metrics }]));
}

function secrets({ secrets: named }: EnvironmentSignals) {
  return Object.fromEntries(named.map(({ namespace, name, keys }) => [`${namespace}/${name}`, { keys }]));
}

/** Versions of Terraform and of its providers, which are the same in all stacks of an environment. */
function terraformVersions(stacks: readonly Stack[]): Record<string, Fields> {
  const required: Fields[] = stacks.map(({ settings }) => {
    const { required_providers, required_version } = (settings.terraform ?? {}) as Fields;
    return { required_providers, required_version };
  });
  return { Terraform: Object.assign({}, ...required) };
}
