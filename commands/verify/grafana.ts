import { addresses, namespaces } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import { PortForward } from "../cluster/port-forward";
import { CommandError } from "../command";
import { valueIn } from "../secrets/check-secrets";
import type { Deployment } from "./deployment";
import type { Permission } from "./permissions";

/** Sends GET requests to Grafana as its administrator. */
export type AskGrafana = <T>(path: string) => Promise<{ readonly status: number; readonly body: T }>;

export const asksGrafana: readonly Permission[] = [
  { namespaces: [namespaces.grafana], resources: ["services", "pods"], verbs: ["get", "list"] },
  { namespaces: [namespaces.grafana], resources: ["pods/portforward"], verbs: ["create"] },
];

/** A Grafana that exists already belongs to somebody else, who gives this command no access. */
export function withoutOwnGrafana({ grafana }: Environment): string | undefined {
  return grafana.mode === "on" ? undefined : `\`grafana.mode\` is ${grafana.mode}`;
}

/** Runs work with access to Grafana. The password comes from the Secret of the environment. */
export async function whileAskingGrafana<T>(deployment: Deployment, work: (ask: AskGrafana) => Promise<T>): Promise<T> {
  const { grafana } = deployment.environment;
  const secret = grafana.mode === "on" ? `${namespaces.grafana}/${grafana.adminSecret}` : "";
  const secrets = await deployment.secrets();
  const [user, password] = ["admin-user", "admin-password"].map((key) => valueIn(secrets, secret, key) ?? "");
  const headers = { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
  return PortForward.while(deployment.kubectl, addresses.grafana, (forward) =>
    work(async <Body>(path: string) => {
      const response = await forward.request(path, { headers });
      if (response.status === 401)
        throw new CommandError(`Grafana does not accept the user and password of the Secret ${secret}`);
      return { status: response.status, body: (await response.json()) as Body };
    }),
  );
}
