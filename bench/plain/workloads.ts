import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import { JobV1 } from "@cdktf/provider-kubernetes/lib/job-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import type { TerraformStack } from "cdktf";

/** A Deployment of the size of an API's: with probes, environment variables, a volume, and an init container. */
export function createDeployment(stack: TerraformStack, name: string): void {
  new DeploymentV1(stack, `deployment-${name}`, {
    metadata: { name, namespace: "erp", labels: labels(name) },
    spec: {
      replicas: "2",
      minReadySeconds: 10,
      progressDeadlineSeconds: 300,
      selector: { matchLabels: { "app.kubernetes.io/name": name } },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "1", maxUnavailable: "0" } },
      template: {
        metadata: { labels: labels(name) },
        spec: {
          ...pod(name),
          terminationGracePeriodSeconds: 45,
          initContainer: [{ ...container("await-migrations"), command: ["python", "-m", "app.await_migrations"] }],
          container: [
            {
              ...container(name),
              command: ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"],
              port: [{ name: "http", containerPort: 8000 }],
              startupProbe: probe("/healthz/live", 2, 60),
              livenessProbe: probe("/healthz/live", 10, 3),
              readinessProbe: probe("/healthz/ready", 5, 2),
              lifecycle: { preStop: [{ exec: { command: ["sleep", "10"] } }] },
            },
          ],
        },
      },
    },
    waitForRollout: false,
  });
}

export function createJob(stack: TerraformStack, name: string): void {
  new JobV1(stack, `job-${name}`, {
    metadata: { name, namespace: "erp", labels: labels(name) },
    spec: {
      backoffLimit: 10,
      template: {
        metadata: { labels: labels(name) },
        spec: {
          ...pod(name),
          restartPolicy: "Never",
          container: [{ ...container(name), command: ["alembic", "upgrade", "head"] }],
        },
      },
    },
    waitForCompletion: false,
  });
}

export function createServiceAccount(stack: TerraformStack, name: string): void {
  new ServiceAccountV1(stack, `service-account-${name}`, {
    metadata: { name, namespace: "erp", labels: labels(name) },
    automountServiceAccountToken: false,
  });
}

export function createDisruptionBudget(stack: TerraformStack, name: string): void {
  new PodDisruptionBudgetV1(stack, `disruption-budget-${name}`, {
    metadata: { name, namespace: "erp" },
    spec: { maxUnavailable: "1", selector: { matchLabels: { "app.kubernetes.io/name": name } } },
  });
}

export function createAutoscaler(stack: TerraformStack, name: string): void {
  new HorizontalPodAutoscalerV2(stack, `autoscaler-${name}`, {
    metadata: { name, namespace: "erp" },
    spec: {
      minReplicas: 3,
      maxReplicas: 12,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
      metric: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
      ],
    },
  });
}

function labels(name: string) {
  return { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "erp" };
}

function pod(name: string) {
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: "10001",
      fsGroup: "10001",
      seccompProfile: { type: "RuntimeDefault" },
    },
    topologySpreadConstraint: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: [{ matchLabels: labels(name) }],
    })),
    volume: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }],
  };
}

function container(name: string) {
  return {
    name,
    image: "registry.example.com/erp:0.1.0",
    imagePullPolicy: "IfNotPresent",
    env: [
      { name: "SERVICE_NAME", value: name },
      { name: "ENVIRONMENT", value: "production" },
      { name: "DATABASE_URL", valueFrom: { secretKeyRef: { name: "erp-postgresql", key: "url" } } },
      { name: "DATABASE_POOL_SIZE", value: "3" },
      { name: "REDIS_URL", valueFrom: { secretKeyRef: { name: "erp-redis", key: "url" } } },
      { name: "SENTRY_DSN", valueFrom: { secretKeyRef: { name: "sentry-dsn", key: "dsn" } } },
      { name: "SENTRY_TRACES_SAMPLE_RATE", value: "0.1" },
    ],
    resources: { requests: { cpu: "500m", memory: "512Mi" }, limits: { memory: "512Mi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMount: [{ name: "tmp", mountPath: "/tmp" }],
  };
}

function probe(path: string, periodSeconds: number, failureThreshold: number) {
  return { httpGet: { path, port: "http" }, periodSeconds, failureThreshold, timeoutSeconds: 3 };
}
