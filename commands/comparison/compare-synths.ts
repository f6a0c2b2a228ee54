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
import { dropListedFields } from "./drop-listed-fields";
import { readSynth, type SynthOutput } from "./synth-output";
import { withoutSignals } from "./without-signals";

/** All differences between two synths. */
export interface Comparison {
  /** Changes by environment, and within each environment in the order of the areas. */
  readonly changes: readonly Change[];
  /** Whether both synths have signals. Otherwise rules, dashboards and routes are compared as fields of resources. */
  readonly comparesSignals: boolean;
}

/**
 * Compares the output of two synths: of one version with different settings, or of two versions with the same settings.
 * @param before directory of the first synth, such as `cdktf.out`
 * @param after directory of the second synth
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
    return dropListedFields([...state, ...versions, ...compareObjects(one, other)]);
  }
  return dropListedFields([
    ...state,
    ...compareAlerts(before.signals.alerts, after.signals.alerts),
    ...compareNotifications(before.signals.notifications, after.signals.notifications),
    ...compareDashboards(
      deployedDashboards(before.signals.dashboards, one),
      deployedDashboards(after.signals.dashboards, other),
    ),
    ...compareNamed("keep-lists", keepLists(before.signals), keepLists(after.signals)),
    ...compareNamed("secrets", secrets(before.signals), secrets(after.signals)),
    ...versions,
    ...compareObjects(removeSignals(one), removeSignals(other)),
  ]);
}

/** One change for an environment that only one of the synths has. Otherwise each of its objects would be listed. */
function wholeEnvironment(before: EnvironmentOutput, after: EnvironmentOutput): FoundChange {
  const names = (stacks: readonly Stack[]) => stacks.map(({ name }) => name).join(", ");
  const common = { area: "environment", fields: [] } as const;
  if (before.stacks.length === 0) {
    return { ...common, what: "added", name: "the environment is new", summary: names(after.stacks) };
  }
  return {
    ...common,
    what: "removed",
    name: "the other version has no stacks for the environment",
    summary: names(before.stacks),
    breaking: "nothing will update or delete the objects that these deployed",
  };
}

function removeSignals(objects: ReturnType<typeof deployedObjects>): ReturnType<typeof deployedObjects> {
  return Object.fromEntries(Object.entries(objects).map(([name, object]) => [name, withoutSignals(object)]));
}

function keepLists({ keep }: EnvironmentSignals) {
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
