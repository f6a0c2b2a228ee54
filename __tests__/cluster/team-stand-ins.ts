import type { Environment } from "../../settings/environment";
import { requiredSecrets } from "../../subjects/required-secrets";
import { testNamespace } from "./deployed-mark";
import { createPod, kubectl, kubectlWith, pythonImage, pythonPod } from "./kubernetes";
import { program, startWebhook } from "./webhook";

/**
 * Everything outside of the stacks that the environment `shared` needs: the namespaces and programs of its teams, its
 * receivers, and the Secrets and ConfigMaps that its pods read.
 */
export function startStandIns(environment: Environment): void {
  apply(teamNamespaces.map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })));
  apply([...configMaps, ...secrets(environment)]);
  startWebhook();
  start(testNamespace, "mail", { ports: [{ port: 2525 }] }, pythonPod(["python3", "-c", program("mail")], {}));
  start(testNamespace, "store", { ports: [{ port: 8080 }] }, storePod());
  const rates = ['gateway_payments_total{result="accepted"}=9.5', 'gateway_payments_total{result="refused"}=0.5'];
  start("payments", "gateway", { ports: [{ name: "metrics", port: 8000 }] }, countersPod(rates));
  start("warehouse", "scanners", {}, countersPod(["warehouse_scans_total=1"]));
}

/** Removes it again, when the pods of the stacks no longer need it. */
export function removeStandIns(environment: Environment): void {
  kubectl("delete", "namespace", ...teamNamespaces, "--ignore-not-found");
  kubectl("-n", testNamespace, "delete", "pod,service", "mail", "store", "--ignore-not-found");
  const objects = [...configMaps, ...secrets(environment)];
  kubectlWith(list(objects), "delete", "--ignore-not-found", "-f", "-");
}

/** Changes the counters that a program counts from now on. @param rates `<series>=<rate>` */
export function countWith(namespace: string, pod: string, ...rates: readonly string[]): void {
  // In one step, because the program may read the file at any time.
  kubectlWith(
    rates.join("\n"),
    "-n",
    namespace,
    "exec",
    "-i",
    pod,
    "--",
    "sh",
    "-c",
    "cat >/tmp/new && mv /tmp/new /tmp/rates",
  );
}

/** The mail that was sent to an address. */
export function mailTo(address: string): readonly string[] {
  const lines = kubectl("-n", testNamespace, "logs", "mail").split("\n").filter(Boolean);
  const all: readonly { readonly to: readonly string[]; readonly text: string }[] = lines.map((line) =>
    JSON.parse(line),
  );
  return all.filter(({ to }) => to.includes(address)).map(({ text }) => text);
}

const teamNamespaces = ["payments", "warehouse"];

/** The token and the tenant without which the store of samples refuses them. They protect nothing. */
const store = { token: "only-for-the-tests", tenant: "shop" };

const configMaps = Object.entries({
  shop: { currency: "EUR" },
  "shop-features": { REFUNDS: "on" },
  "shop-templates": { "invoice.txt": "Dear customer" },
}).map(([name, data]) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: "erp", name }, data }));

/** The Secrets that only `shared` needs. All others exist in the deployment of `local`. */
function secrets(environment: Environment): readonly object[] {
  const auths = JSON.stringify({ auths: { "registry.shop.test": { auth: "" } } });
  const written: Readonly<Record<string, object>> = {
    "metrics-store": { stringData: { token: store.token } },
    "shop-smtp": { stringData: { password: "only-for-the-tests" } },
    "registry-credentials": { type: "kubernetes.io/dockerconfigjson", stringData: { ".dockerconfigjson": auths } },
  };
  return requiredSecrets(environment)
    .filter(({ name }) => name in written)
    .map(({ namespace, name }) => ({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { namespace, name },
      ...written[name],
    }));
}

/** A pod, and a Service of the same name. @param service ports of the Service; without ports, there is no Service */
function start(namespace: string, name: string, service: { readonly ports?: readonly object[] }, spec: object): void {
  const labels = { "app.kubernetes.io/name": name };
  createPod({ namespace, name, labels }, spec);
  if (service.ports === undefined) return;
  const metadata = { namespace, name, labels };
  apply([{ apiVersion: "v1", kind: "Service", metadata, spec: { selector: labels, ...service } }]);
}

function countersPod(rates: readonly string[]) {
  return pythonPod(["python3", "-c", program("counters"), ...rates], {
    ports: [{ name: "metrics", containerPort: 8000 }],
  });
}

/** A Prometheus, which Python protects with the token and the tenant. */
function storePod() {
  const path = ["-n", "monitoring", "get", "prometheus", "kube-prometheus-stack-prometheus"];
  const image = kubectl(...path, "-o", "jsonpath={.spec.image}");
  const pod = pythonPod(["python3", "-c", program("store"), store.token, store.tenant], { image: pythonImage });
  const [proxy] = pod.containers;
  const flags = ["--config.file=/dev/null", "--storage.tsdb.path=/data", "--web.enable-remote-write-receiver"];
  const prometheus = {
    ...proxy,
    name: "prometheus",
    image,
    command: undefined,
    args: flags,
    volumeMounts: [{ name: "data", mountPath: "/data" }],
  };
  return { ...pod, containers: [proxy, prometheus], volumes: [{ name: "data", emptyDir: {} }] };
}

function apply(objects: readonly object[]): void {
  kubectlWith(list(objects), "apply", "-f", "-");
}

function list(items: readonly object[]): string {
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}
