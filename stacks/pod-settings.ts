import type { ContainerProps, Mount, Value, ValueSource } from "../constructs/container";
import type { Metadata, Volume } from "../constructs/pod-template";
import type { InitContainer, Sidecar } from "../settings/containers";
import type { Environment } from "../settings/environment";
import { mirrorImage } from "../settings/mirrors";
import type { Placement } from "../settings/placement";
import type { WorkloadPod } from "../settings/pod";
import { type PodDefaults, podDefaults } from "../settings/pod-defaults";
import type { PodGroup } from "../settings/priority-classes";
import type { Variables } from "../settings/variables";
import type { Volumes } from "../settings/volumes";

/** The parts of a pod that follow from its settings. */
export interface PodParts extends PodDefaults {
  readonly furtherLabels: Readonly<Record<string, string>>;
  /** Annotations of the pods. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly serviceAccountMetadata: Metadata;
  readonly volumes: readonly Volume[];
  readonly initContainers: readonly ContainerProps[];
  readonly sidecars: readonly ContainerProps[];
}

/** The parts of a container that follow from the settings of its pod. */
export interface ContainerParts {
  readonly env: Readonly<Record<string, Value>>;
  /** Secrets and ConfigMaps whose keys become variables. @default none */
  readonly envFrom?: readonly ValueSource[];
  readonly mounts: readonly Mount[];
}

type Settings = WorkloadPod | undefined;

/** The parts of a pod whose settings are given, the more general ones first. Of two values with one name, the last one counts. */
export function podParts(environment: Environment, group: PodGroup, ...given: readonly Settings[]): PodParts {
  const defaults = podDefaults(environment, group);
  const settings = given.filter((one) => one !== undefined);
  const accounts = settings.flatMap(({ serviceAccount }) => serviceAccount ?? []);
  const annotations = settings.map((one) => one.annotations).filter((one) => one !== undefined);
  const accountAnnotations = accounts.map(({ annotations }) => annotations).filter((one) => one !== undefined);
  return {
    ...defaults,
    placement: Object.assign({}, defaults.placement, ...settings.map(placementOf)),
    furtherLabels: Object.assign({}, ...settings.map(({ labels }) => labels)),
    ...(annotations.length > 0 && { annotations: Object.assign({}, ...annotations) }),
    serviceAccountMetadata: {
      labels: Object.assign({}, ...accounts.map(({ labels }) => labels)),
      ...(accountAnnotations.length > 0 && { annotations: Object.assign({}, ...accountAnnotations) }),
    },
    volumes: Object.entries<Source>(Object.assign({}, ...settings.map(({ volumes }) => volumes))).map(
      ([name, source]): Volume => ({ name, ...source }),
    ),
    initContainers: settings.flatMap(({ initContainers = [] }) =>
      initContainers.map((one) => container(one, environment)),
    ),
    sidecars: settings.flatMap(({ sidecars = [] }) => sidecars.map((one) => container(one, environment))),
  };
}

type Source = Volumes[string];

/** The fields of the placement that are set, each of which replaces a more general one. */
function placementOf({ nodeSelector, tolerations, affinity }: WorkloadPod): Placement {
  return {
    ...(nodeSelector && { nodeSelector }),
    ...(tolerations && { tolerations }),
    ...(affinity && { affinity }),
  };
}

/** The variables and mounts of the main container, from the settings of its pod. */
export function containerParts(...given: readonly Settings[]): ContainerParts {
  const settings = given.filter((one) => one !== undefined);
  const envFrom = settings.flatMap((one) => one.envFrom ?? []);
  return {
    env: Object.assign({}, ...settings.map(({ env = {} }) => values(env))),
    ...(envFrom.length > 0 && { envFrom }),
    mounts: settings.flatMap(({ mounts = [] }) => mounts),
  };
}

function container(given: InitContainer | Sidecar, { mirrors }: Environment): ContainerProps {
  const { image, env = {}, securityContext = {}, ...rest } = given;
  const { runAsUser: user, readOnlyRootFilesystem } = securityContext;
  return { ...rest, image: mirrorImage(image, mirrors), env: values(env), user, readOnlyRootFilesystem };
}

/** Variables with the values that Kubernetes gives them. */
function values(given: Variables): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]): [string, Value] => {
      if (typeof value === "string") return [name, { expanded: value }];
      return [name, "secret" in value ? value.secret : value];
    }),
  );
}
