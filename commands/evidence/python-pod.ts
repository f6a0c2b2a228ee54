import { addresses } from "../../settings/addresses";
import type { Kubectl } from "../cluster/kubectl";

const { namespace, service: api } = addresses.erpApi;

/** The image of the ERP, which is on every node. */
export function erpImage(kubectl: Kubectl): Promise<string> {
  const path = "--output=jsonpath={.spec.template.spec.containers[0].image}";
  return kubectl.run(["get", `deployment/${api}`, `--namespace=${namespace}`, path]);
}

/** The specification of a pod that runs a small Python program. */
export function programPod(image: string, program: string, restartPolicy: "Always" | "Never"): object {
  const resources = { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "32Mi" } };
  return { ...pythonPod(image, ["python", "-c", program], { resources }), restartPolicy };
}

/**
 * The specification of a Python pod that the Pod Security level `restricted` admits.
 *
 * @param container further fields of its container
 */
export function pythonPod(image: string, command: readonly string[], container: object) {
  return {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "python",
        image,
        command,
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        ...container,
      },
    ],
  };
}
