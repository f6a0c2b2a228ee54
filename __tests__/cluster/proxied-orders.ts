import { addresses } from "../../settings/addresses";
import type { Disruption } from "./disruption";
import { kubectl } from "./kubernetes";
import { createTrafficPod } from "./traffic-pod";
import { program } from "./webhook";

/** The proxy: nginx from the Debian package `nginx-light`, with `sh`. */
export const nginxImage = "localhost/nginx:1.22";

/** The results of the client so far. */
export interface ClientReport {
  readonly organization: string;
  /** Number of responses by status or error, for orders and for the two probes of every API pod. */
  readonly statuses: Readonly<Record<Requests, Readonly<Record<string, number>>>>;
  /** The slowest response, in seconds. */
  readonly slowest: Readonly<Record<Requests, number>>;
  /** References of the orders that were accepted in the last second. */
  readonly accepted: readonly string[];
}

type Requests = "orders" | "liveness" | "readiness";

const { namespace, service, port } = addresses.erpApi;
const name = "proxied-orders";

/**
 * A pod that sends orders to the API through nginx, as an Ingress controller does, with tokens that it signs.
 */
export const proxiedOrders: Disruption = {
  begin: () => {
    const orders = ["python", "-c", program("orders"), `http://127.0.0.1:${proxyPort}`, ...apiPods()];
    createTrafficPod(name, orders, {
      name: "nginx",
      image: nginxImage,
      command: ["sh", "-c", 'printf %s "$CONFIGURATION" >/tmp/nginx.conf && exec nginx -c /tmp/nginx.conf'],
      env: [{ name: "CONFIGURATION", value: configuration }],
      securityContext: { readOnlyRootFilesystem: false },
    });
    kubectl("-n", namespace, "wait", `pod/${name}`, "--for=condition=Ready", "--timeout=60s");
  },
  end: () => kubectl("-n", namespace, "delete", "pod", name, "--ignore-not-found"),
};

/** @throws {Error} while the client has not yet sent its first order. */
export function clientReport(): ClientReport {
  return JSON.parse(reports("--tail=1"));
}

/** References of all orders that were accepted. */
export function acceptedOrders(): readonly string[] {
  return reports()
    .trim()
    .split("\n")
    .flatMap((line) => (JSON.parse(line) as ClientReport).accepted);
}

function reports(...options: readonly string[]): string {
  return kubectl("-n", namespace, "logs", name, "--container", "erp-traffic", ...options);
}

function apiPods(): readonly string[] {
  const ips = "jsonpath={.items[*].status.podIP}";
  return kubectl("-n", namespace, "get", "pods", "-l", `app.kubernetes.io/name=${service}`, "-o", ips).split(" ");
}

const proxyPort = 8080;

/** Connections are kept open and headers are set as ingress-nginx does. */
const configuration = `
daemon off;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;
events {}
http {
  access_log off;
  client_body_temp_path /tmp/client;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  upstream api {
    server ${service}.${namespace}.svc:${port};
    keepalive 320;
    keepalive_timeout 60s;
  }
  server {
    listen 127.0.0.1:${proxyPort};
    location / {
      proxy_pass http://api;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto https;
    }
  }
}
`;
