import type { EnvironmentSignals } from "../../signals-json";
import type { Stack } from "../read-stack";
import { areas, type Change, type FoundChange } from "./change";
import { compareAlerts } from "./compare-alerts";
import { compareDashboards, deployedDashboards } from "./compare-dashboards";
import { compareDestinations } from "./compare-destinations";
import { compareNamed, type Named } from "./compare-named";
import { compareNotifications } from "./compare-notifications";
import { compareObjects } from "./compare-objects";
import { compareSecrets, renamedSecrets, withNewSecretNames } from "./compare-secrets";
import { compareState } from "./compare-state";
import { compareTeamAlerts } from "./compare-team-alerts";
import { type DeployedObject, deployedObjects, type Fields } from "./deployed-objects";
import { dropListedFields } from "./drop-listed-fields";
import { movedLimits } from "./moved-limits";
import { type EnvironmentOutput, readSynth, type SynthOutput } from "./synth-output";
import { wholeEnvironment } from "./whole-environment";
import { keepLists, withoutSignals } from "./without-signals";

/** All differences between two synths. */
export interface Comparison {
  /** Changes by environment, and within each environment in the order of the areas. */
  readonly changes: readonly Change[];
  /** Whether both synths have signals. Otherwise rules, dashboards and routes are compared as fields of resources. */
  readonly comparesSignals: boolean;
  /** The alerts that overrides switch off after the change, such as `ErpTrafficDrop in staging`. */
  readonly switchedOff: readonly string[];
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
  const comparesSignals = one.signals !== undefined && other.signals !== undefined;
  return { changes, comparesSignals, switchedOff: switchedOffIn(other) };
}

function switchedOffIn({ signals = {} }: SynthOutput): string[] {
  return Object.entries(signals).flatMap(([environment, { overrides = [] }]) =>
    overrides.filter(({ changes }) => changes === "off").map(({ title }) => `${title} in ${environment}`),
  );
}

function outputOf({ stacks, signals }: SynthOutput, environment: string): EnvironmentOutput {
  const own = signals?.[environment];
  return { stacks: stacks[environment] ?? [], ...(own && { signals: own }) };
}

function compareEnvironments(before: EnvironmentOutput, after: EnvironmentOutput): FoundChange[] {
  if (before.stacks.length === 0 || after.stacks.length === 0) return [wholeEnvironment(before, after)];
  const [one, other] = [deployedObjects(before.stacks), deployedObjects(after.stacks)];
  const found = [
    ...compareState({ before: before.stacks, after: after.stacks }, one, other),
    ...compareNamed("versions", terraformVersions(before.stacks), terraformVersions(after.stacks)),
  ];
  return dropListedFields(
    before.signals && after.signals
      ? [...found, ...compareWithSignals(before.signals, one, after.signals, other)]
      : [...found, ...compareObjects(one, other)],
  );
}

/** Differences between the signals of an environment, and between the objects without what the signals contain. */
function compareWithSignals(
  before: EnvironmentSignals,
  deployedBefore: Named<DeployedObject>,
  after: EnvironmentSignals,
  deployedAfter: Named<DeployedObject>,
): FoundChange[] {
  const renamed = renamedSecrets(before.secrets, after.secrets);
  const lists = keepLists(before, after);
  const [one, other] = [mapValues(deployedBefore, (object) => withNewSecretNames(object, renamed)), deployedAfter];
  return [
    ...compareAlerts(before, after),
    ...compareTeamAlerts(before.teamAlerts, after.teamAlerts),
    ...compareDestinations(before, after),
    ...compareNotifications({ signals: before, objects: one }, { signals: after, objects: other }),
    ...compareDashboards(
      deployedDashboards(before.dashboards, one),
      deployedDashboards(after.dashboards, other),
      movedLimits(before.alerts, after.alerts),
    ),
    ...compareNamed("keep-lists", keptMetrics(before), keptMetrics(after)),
    ...compareSecrets(before.secrets, after.secrets),
    ...compareObjects(
      mapValues(one, (object) => withoutSignals(object, lists)),
      mapValues(other, (object) => withoutSignals(object, lists)),
    ),
  ];
}

function keptMetrics({ keep }: EnvironmentSignals) {
  return Object.fromEntries(Object.entries(keep).map(([job, metrics]) => [`job ${job}`, { metrics }]));
}

function mapValues<From, To>(named: Named<From>, change: (value: From) => To): Named<To> {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [name, change(value)]));
}

/** Versions of Terraform and of its providers, which are the same in all stacks of an environment. */
function terraformVersions(stacks: readonly Stack[]): Record<string, Fields> {
  const required: Fields[] = stacks.map(({ settings }) => {
    const { required_providers, required_version } = (settings.terraform ?? {}) as Fields;
    return { required_providers, required_version };
  });
  return { Terraform: Object.assign({}, ...required) };
}
