import { Construct } from "constructs";
import { Availability } from "../constructs/availability";
import { Workload } from "../constructs/workload";
import { addresses, healthRoutes } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { awaitMigrations, type ErpProps, erpContainer, erpPod } from "./erp-pods";

const { service: workerName, namespace, port } = addresses.erpWorker;
const beatName = "erp-beat";

/** The workers that process the ERP's queues, and the beat that schedules periodic tasks. */
export class ErpCelery extends Construct {
  readonly workloads: readonly Workload[];

  constructor(scope: Construct, id: string, { environment }: ErpProps) {
    super(scope, id);
    this.workloads = [this.createWorker(environment), this.createBeat(environment)];
  }

  private createWorker(environment: Environment): Workload {
    const { commands, celery } = environment.erp;
    const { replicas, concurrency, resources, terminationGracePeriodSeconds, pod: own } = celery.worker;
    const pod = erpPod(environment, workerName, "workers", own);
    const workload = new Workload(this, "Worker", {
      ...pod,
      replicas,
      update: "rolling",
      spread: true,
      // The longest task must be able to end.
      terminationGracePeriodSeconds,
      initContainers: [...pod.initContainers, awaitMigrations(environment, workerName, own)],
      container: {
        ...erpContainer(environment, workerName, own),
        command: [...commands.worker, "--concurrency", String(concurrency), "--queues", celery.queues.join(",")],
        resources,
        ports: { metrics: port },
        startup: { ...live, periodSeconds: 2, failureThreshold: 60 },
        // The probe checks only the process, because an outage of the broker must not restart every worker.
        liveness: { ...live, periodSeconds: 10, failureThreshold: 6 },
      },
    });
    new Availability(this, "WorkerAvailability", {
      name: workerName,
      namespace,
      labels: workload.labels,
      scale: { replicas },
    });
    return workload;
  }

  private createBeat(environment: Environment): Workload {
    const { resources, pod } = environment.erp.celery.beat;
    return new Workload(this, "Beat", {
      ...erpPod(environment, beatName, "workers", pod),
      replicas: 1,
      // Two beats would start every periodic task twice.
      update: "recreate",
      terminationGracePeriodSeconds: 30,
      container: {
        ...erpContainer(environment, beatName, pod),
        command: environment.erp.commands.beat,
        resources,
      },
    });
  }
}

const live = { ...healthRoutes.live, port: "metrics" };
