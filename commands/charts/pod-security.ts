import { type Container, containers, type Pods } from "./pods";

/**
 * The rules of the Pod Security level `restricted` that the pods violate.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function securityBreaches({ spec, operated }: Pods): readonly string[] {
  const host = spec.hostNetwork || spec.hostPID || spec.hostIPC || spec.volumes?.some(({ hostPath }) => hostPath);
  return [
    ...(host ? ["must not use the host's network, processes or files"] : []),
    ...containers(spec).flatMap((container) =>
      rules(container, spec.securityContext)
        .filter(({ setByOperator }) => !(operated && setByOperator))
        .filter(({ isMet }) => !isMet)
        .map(({ rule }) => `container ${container.name} ${rule}`),
    ),
  ];
}

interface PodRule {
  readonly rule: string;
  readonly isMet: boolean;
  /** Whether the Prometheus operator satisfies the rule in the pods that it creates. @default false */
  readonly setByOperator?: boolean;
}

function rules({ securityContext: own = {} }: Container, pod: Container["securityContext"] = {}): readonly PodRule[] {
  const { capabilities = {}, allowPrivilegeEscalation, privileged } = own;
  const { runAsNonRoot, runAsUser, seccompProfile } = { ...pod, ...own };
  const added = (capabilities.add ?? []).filter((capability) => capability !== "NET_BIND_SERVICE");
  return [
    { rule: "must set runAsNonRoot", isMet: runAsNonRoot === true },
    { rule: "must not run as user 0", isMet: runAsUser !== 0 },
    {
      rule: "must have the seccomp profile RuntimeDefault",
      isMet: ["RuntimeDefault", "Localhost"].includes(seccompProfile?.type ?? ""),
    },
    {
      rule: "must drop ALL capabilities",
      isMet: capabilities.drop?.includes("ALL") === true && added.length === 0,
      setByOperator: true,
    },
    {
      rule: "must set allowPrivilegeEscalation to false",
      isMet: allowPrivilegeEscalation === false && !privileged,
      setByOperator: true,
    },
  ];
}
