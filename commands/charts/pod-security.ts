import { type Container, containers, type Pods } from "./pods";

/**
 * What keeps pods out of a namespace of the level `restricted`, each as a rule that is broken.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function securityBreaches({ spec, operated }: Pods): readonly string[] {
  const host = spec.hostNetwork || spec.hostPID || spec.hostIPC || spec.volumes?.some(({ hostPath }) => hostPath);
  return [
    ...(host ? ["must share nothing with its host"] : []),
    ...containers(spec).flatMap((container) =>
      rules(container, spec.securityContext)
        .filter(({ operators }) => !(operated && operators))
        .filter(({ kept }) => !kept)
        .map(({ rule }) => `container ${container.name} ${rule}`),
    ),
  ];
}

interface PodRule {
  readonly rule: string;
  readonly kept: boolean;
  /** Whether the Prometheus operator satisfies the rule in the pods that it creates. @default false */
  readonly operators?: boolean;
}

function rules({ securityContext: own = {} }: Container, pod: Container["securityContext"] = {}): readonly PodRule[] {
  const { capabilities = {}, allowPrivilegeEscalation, privileged } = own;
  const { runAsNonRoot, runAsUser, seccompProfile } = { ...pod, ...own };
  const added = (capabilities.add ?? []).filter((capability) => capability !== "NET_BIND_SERVICE");
  return [
    { rule: "must set runAsNonRoot", kept: runAsNonRoot === true },
    { rule: "must not run as user 0", kept: runAsUser !== 0 },
    {
      rule: "must have the seccomp profile RuntimeDefault",
      kept: ["RuntimeDefault", "Localhost"].includes(seccompProfile?.type ?? ""),
    },
    {
      rule: "must drop ALL capabilities",
      kept: capabilities.drop?.includes("ALL") === true && added.length === 0,
      operators: true,
    },
    {
      rule: "must set allowPrivilegeEscalation to false",
      kept: allowPrivilegeEscalation === false && !privileged,
      operators: true,
    },
  ];
}
