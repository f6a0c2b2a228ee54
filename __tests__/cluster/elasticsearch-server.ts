import { elasticsearchVersion } from "../../commands/elasticsearch";
import { pythonPod } from "../../commands/evidence/python-pod";
import { recorded } from "../fixtures/recorded";
import { eventually, inPod, kubectl, kubectlWith } from "./kubernetes";

/** A node of Elasticsearch, built by `tools/elasticsearch` builds it, in `/opt/elasticsearch`, with Java. */
export const elasticsearchImage = `localhost/elasticsearch:${elasticsearchVersion}`;

const metadata = { namespace: "erp", name: "elasticsearch" };
const labels = { "app.kubernetes.io/name": metadata.name };
const port = 9200;

/**
 * Starts an Elasticsearch server with one node in the ERP's namespace, and creates its Secrets. Our environments never
 * deploy one.
 */
export async function startElasticsearch(): Promise<void> {
  const { secret: ofErp, exporterSecret } = recorded.erp.elasticsearch ?? {};
  const secrets = [ofErp, exporterSecret].filter((one) => one !== undefined).map(secret);
  const items = [deployment(), service(), ingress(), ...secrets];
  kubectlWith(JSON.stringify({ apiVersion: "v1", kind: "List", items }), "apply", "-f", "-");
  kubectl("-n", metadata.namespace, "rollout", "status", "deployment/elasticsearch", "--timeout=180s");
  // A single node cannot store replicas, so its cluster would be yellow.
  await eventually("Elasticsearch", 60, () => askAsErp("_template/single-node", withoutCopies));
}

const withoutCopies = { index_patterns: ["*"], settings: { number_of_replicas: 0 } };

/** Sends a request from a pod of the ERP, because `kubectl get --raw` sends no content type. */
function askAsErp(path: string, body: object): string {
  const program = [
    "import sys, urllib.request as http",
    `request = http.Request("http://elasticsearch:${port}/${path}", sys.argv[1].encode(), method="PUT")`,
    'request.add_header("content-type", "application/json")',
    "print(http.urlopen(request, timeout=10).status)",
  ].join("\n");
  return inPod("erp-api", "python3", "-c", program, JSON.stringify(body));
}

/** Removes the server and its Secrets. */
export function removeElasticsearch(): void {
  kubectl("-n", metadata.namespace, "delete", "deployment,service,networkpolicy,secret", "-l", "test=elasticsearch");
}

/** Whether the server is deployed. */
export function hasElasticsearch(): boolean {
  return (
    kubectl("-n", metadata.namespace, "get", "deployment", metadata.name, "--ignore-not-found", "-o", "name") !== ""
  );
}

const ours = { ...metadata, labels: { test: "elasticsearch" } };

function deployment(): object {
  const settings = {
    "path.home": "/data",
    "network.host": "0.0.0.0",
    "http.port": port,
    "discovery.type": "single-node",
    "cluster.name": "erp",
    "node.name": "search-0",
  };
  const jar = `/opt/elasticsearch/elasticsearch-${elasticsearchVersion}.jar`;
  const args = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const spec = pythonPod(elasticsearchImage, ["java", "-Xmx256m", "-jar", jar, ...args], {
    name: metadata.name,
    ports: [{ containerPort: port }],
    readinessProbe: { httpGet: { path: "/_cluster/health", port }, periodSeconds: 5 },
    resources: { requests: { cpu: "50m", memory: "512Mi" }, limits: { memory: "640Mi" } },
    volumeMounts: [{ name: "data", mountPath: "/data" }],
  });
  const template = { metadata: { labels }, spec: { ...spec, volumes: [{ name: "data", emptyDir: {} }] } };
  const replaced = { replicas: 1, selector: { matchLabels: labels }, strategy: { type: "Recreate" }, template };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: ours, spec: replaced };
}

function service(): object {
  return { apiVersion: "v1", kind: "Service", metadata: ours, spec: { selector: labels, ports: [{ port }] } };
}

/** The namespace denies every connection that no policy allows. */
function ingress(): object {
  const clients = ["erp-api", "erp-worker", "elasticsearch-exporter"].map((name) => ({
    podSelector: { matchLabels: { "app.kubernetes.io/name": name } },
  }));
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: ours,
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ["Ingress"],
      ingress: [{ from: clients, ports: [{ port }] }],
    },
  };
}

function secret({ name, key }: { readonly name: string; readonly key: string }): object {
  const stringData = { [key]: `http://elasticsearch.erp.svc:${port}` };
  return { apiVersion: "v1", kind: "Secret", metadata: { ...ours, name }, stringData };
}
