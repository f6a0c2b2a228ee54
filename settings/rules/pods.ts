import { nearest } from "../../kit/queries/nearest";
import { addresses } from "../addresses";
import type { InitContainer, Sidecar } from "../containers";
import type { Environment } from "../environment";
import { erpVariables, exporterVariables, type OwnVariables, variableFault } from "../own-variables";
import type { Pod, WorkloadPod } from "../pod";
import { isSound } from "../rule";
import { type SettingFinding, valueAt } from "../setting-finding";
import type { Mount, Volumes } from "../volumes";

/** A part of the settings that describes pods, with the parts of these pods that the stacks add. */
interface Described {
  /** Path of the setting. */
  readonly at: string;
  /** Names of our containers. */
  readonly containers: readonly string[];
  readonly variables: OwnVariables;
  readonly volumes: readonly string[];
  /** Paths at which our volumes are mounted. */
  readonly paths: readonly string[];
  /** Ports of our containers, by name. */
  readonly ports: Readonly<Record<string, number>>;
}

const program = { variables: erpVariables, volumes: ["tmp", "identity"], paths: ["/tmp", "/etc/erp/identity"] };
const ofErp = { ...program, containers: [], ports: {} };
const exporter = { volumes: [], paths: [] };

/** Settings of pods. The first one also applies to the next three. */
export const describedPods: readonly Described[] = [
  { at: "erp.pod", ...ofErp },
  {
    at: "erp.api.pod",
    ...program,
    containers: ["erp-api", "await-migrations"],
    ports: { http: addresses.erpApi.port },
  },
  {
    at: "erp.celery.worker.pod",
    ...program,
    containers: ["erp-worker", "await-migrations"],
    ports: { metrics: addresses.erpWorker.port },
  },
  { at: "erp.celery.beat.pod", ...program, containers: ["erp-beat"], ports: {} },
  ...(
    [
      ["postgresql", 9187],
      ["redis", 9121],
      ["celery", 9808],
      ["elasticsearch", 9114],
    ] as const
  ).map(([server, port]) => ({
    at: `erp.${server}.exporterPod`,
    ...exporter,
    containers: [`${server}-exporter`],
    variables: exporterVariables[`${server}-exporter`] ?? {},
    ports: { metrics: port },
  })),
];

/** Findings for parts of pods that contradict each other, or the parts that the stacks add. */
export function podFindings(given: unknown, known: readonly SettingFinding[]): SettingFinding[] {
  const shared = isSound(["erp.pod"], known) ? ((given as Environment).erp.pod ?? {}) : undefined;
  return describedPods
    .filter(({ at }) => shared !== undefined && isSound([at], known))
    .flatMap((described) => {
      const path = described.at.split(".");
      const pod = valueAt(given, path) as WorkloadPod | undefined;
      const inherited = described.variables === erpVariables && described.at !== "erp.pod" ? shared : undefined;
      return pod === undefined ? [] : findingsOf(pod, inherited ?? {}, described).map(atPath(path));
    });
}

function findingsOf(pod: WorkloadPod, shared: Pod, described: Described): SettingFinding[] {
  const volumes = { ...shared.volumes, ...pod.volumes };
  const others = [...(pod.initContainers ?? []), ...(pod.sidecars ?? [])];
  const main = { mounts: [...(shared.mounts ?? []), ...(pod.mounts ?? [])] };
  return [
    ...variableFindings(pod.env ?? {}, described.variables, Object.keys(shared.env ?? {})),
    // Containers of one program may write to a volume of all programs.
    ...volumeFindings(pod.volumes ?? {}, described.volumes, described.at === "erp.pod" ? [] : [main, ...others]),
    ...mountFindings(pod.mounts ?? [], volumes, described.paths, shared.mounts ?? []),
    ...containerFindings("initContainers", pod.initContainers ?? [], [], described, volumes),
    ...containerFindings("sidecars", pod.sidecars ?? [], pod.initContainers ?? [], described, volumes),
    ...portFindings(pod.sidecars ?? [], described.ports),
  ];
}

function atPath(start: readonly PropertyKey[]): (finding: SettingFinding) => SettingFinding {
  return (finding) => ({ ...finding, path: [...start, ...finding.path] });
}

/** Variables that Kubernetes sets in every container. */
const everywhere = ["KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT"];

/** Variables that the stacks set, and references to variables that are not set before. */
function variableFindings(
  env: NonNullable<Pod["env"]>,
  own: OwnVariables,
  inherited: readonly string[],
): SettingFinding[] {
  const defined = [...everywhere, ...Object.keys(own), ...inherited];
  return Object.entries(env).flatMap(([name, value]) => {
    // A variable that replaces an inherited one keeps the place of that one.
    const place = inherited.indexOf(name);
    const earlier = place === -1 ? [...defined] : [...everywhere, ...Object.keys(own), ...inherited.slice(0, place)];
    defined.push(name);
    const fault = variableFault(name, own);
    if (fault) return [{ path: ["env", name], ...fault }];
    const unknown = typeof value === "string" ? references(value).find((one) => !earlier.includes(one)) : undefined;
    if (unknown === undefined) return [];
    const close = nearest(unknown, earlier);
    return [
      {
        path: ["env", name],
        value,
        rule: `must not refer to \`$(${unknown})\`, which no variable before it defines: Kubernetes would leave the text as it is`,
        remedy: close
          ? `did you mean \`$(${close})\`?`
          : `define it before, or write \`$$(${unknown})\` for the text itself`,
      },
    ];
  });
}

/** Names of the variables that Kubernetes replaces in a text. It reads `$$` as `$`. */
function references(text: string): readonly string[] {
  return [...text.matchAll(/\$\$|\$\(([^)]*)\)/g)].flatMap(([, name]) => name ?? []);
}

interface Mounting {
  /** The volumes that the container mounts. @default none */
  readonly mounts?: readonly Mount[];
}

function volumeFindings(volumes: Volumes, ours: readonly string[], containers: readonly Mounting[]): SettingFinding[] {
  return Object.entries(volumes).flatMap(([name, volume]) => {
    if (ours.includes(name)) {
      return [
        {
          path: ["volumes", name],
          rule: "must have another name: the stacks have a volume of this name",
          remedy: "choose a name such as `cache`",
        },
      ];
    }
    const mounts = containers.flatMap(({ mounts = [] }) => mounts.filter((mount) => mount.volume === name));
    const neverWritten = "emptyDir" in volume && mounts.length > 0 && mounts.every(({ readOnly = true }) => readOnly);
    return neverWritten
      ? [
          {
            path: ["volumes", name],
            rule: "must be mounted by a container that can write to it: it is empty at first",
            remedy: "set `readOnly: false` in one of its mounts",
          },
        ]
      : [];
  });
}

/** Mounts of volumes that do not exist, and mounts that hide ours or another one. */
function mountFindings(
  mounts: readonly Mount[],
  volumes: Volumes,
  ours: readonly string[],
  others: readonly Mount[] = [],
): SettingFinding[] {
  const names = Object.keys(volumes);
  return mounts.flatMap(({ volume, path }, index): SettingFinding[] => {
    if (!names.includes(volume)) {
      const close = nearest(volume, names);
      const remedy = close ? `did you mean \`${close}\`?` : "add it to `volumes` of this pod";
      return [{ path: ["mounts", index, "volume"], value: volume, rule: "must be the name of a volume", remedy }];
    }
    const hidden = ours.find((own) => own === path || own.startsWith(`${path}/`) || isReadOnlyBelow(own, path));
    const used = hidden ?? others.find((other) => other.path === path)?.path;
    return used === undefined
      ? []
      : [
          {
            path: ["mounts", index, "path"],
            value: path,
            rule: `must not hide \`${used}\`, where another volume is mounted`,
            remedy: "mount it at another path",
          },
        ];
  });
}

/** Whether a path is below one of our folders that no container can write to, so that the runtime cannot create it there. */
function isReadOnlyBelow(own: string, path: string): boolean {
  return own !== "/tmp" && path.startsWith(`${own}/`);
}

function containerFindings(
  list: "initContainers" | "sidecars",
  containers: readonly (InitContainer | Sidecar)[],
  others: readonly InitContainer[],
  described: Described,
  volumes: Volumes,
): SettingFinding[] {
  const taken = [...described.containers, ...others.map(({ name }) => name)];
  return containers.flatMap((container, index) => {
    const own = taken.includes(container.name)
      ? [
          {
            path: ["name"],
            value: container.name,
            rule: "must differ from the names of the other containers of the pod",
            remedy: "choose another name",
          },
        ]
      : [];
    return [
      ...own,
      ...variableFindings(container.env ?? {}, {}, []),
      ...mountFindings(container.mounts ?? [], volumes, []),
      ...(list === "sidecars" ? probeFindings(container) : []),
    ].map(atPath([list, index]));
  });
}

/** Checks at ports that the container does not have. */
function probeFindings(container: Sidecar): SettingFinding[] {
  const names = Object.keys(container.ports ?? {});
  return (["startup", "liveness", "readiness"] as const).flatMap((check) => {
    const probe = container[check];
    const key = probe && "tcp" in probe ? "tcp" : "port";
    const port = probe && ("tcp" in probe ? probe.tcp : "port" in probe ? probe.port : undefined);
    if (port === undefined || names.includes(port)) return [];
    const close = nearest(port, names);
    const remedy = close ? `did you mean \`${close}\`?` : "add it to `ports` of this container";
    return [{ path: [check, key], value: port, rule: "must be the name of a port of the container", remedy }];
  });
}

/** All containers of a pod share its ports. */
function portFindings(sidecars: readonly Sidecar[], ours: Readonly<Record<string, number>>): SettingFinding[] {
  const taken = Object.entries(ours);
  return sidecars.flatMap(({ ports = {} }, index) =>
    Object.entries(ports).flatMap(([name, port]) => {
      const other = taken.find(([known, number]) => known === name || number === port);
      taken.push([name, port]);
      return other === undefined
        ? []
        : [
            {
              path: ["sidecars", index, "ports", name],
              value: port,
              rule: `must differ in name and number from the port \`${other[0]}\` (${other[1]}) of another container: all containers of a pod share its ports`,
              remedy: "let the program listen on another port",
            },
          ];
    }),
  );
}
