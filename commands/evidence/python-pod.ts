import { addresses } from "../../config/addresses";
import type { Kubectl } from "../cluster/kubectl";

const { namespace, service: api } = addresses.erpApi;

/** Of the ERP, which every node has. */
export function erpImage(kubectl: Kubectl): Promise<string> {
  const path = "--output=jsonpath={.spec.template.spec.containers[0].image}";
  return kubectl.run(["get", `deployment/${api}`, `--namespace=${namespace}`, path]);
}

/** The specification of a pod that runs a program of Python, as `restricted` admits it. */
export function pythonPod(image: string, program: string, restartPolicy: "Always" | "Never"): object {
  return {
    restartPolicy,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "python",
        image,
        command: ["python", "-c", program],
        resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "32Mi" } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      },
    ],
  };
}
