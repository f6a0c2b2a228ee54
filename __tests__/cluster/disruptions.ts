import { flood } from "../../commands/evidence/provoked-events";
import type { Disruption } from "./disruption";
import {
  createObject,
  delayed,
  environmentVariables,
  python,
  pythonSpec,
  repeatAction,
  restart,
  runningProgram,
  scaleToZero,
} from "./disruption-kinds";
import { hasElasticsearch } from "./elasticsearch-server";
import { inPod, kubectl, sql, startPod } from "./kubernetes";
import { monitoringDisruptions } from "./monitoring-disruptions";
import { proxiedOrders } from "./proxied-orders";
import { pausedServer } from "./signalled-pods";
import { createTrafficPod } from "./traffic-pod";
import { program } from "./webhook";

const newApi = restart("deployment/erp-api");

/** All disruptions. The replica counts are those of `local`. */
export const disruptions = {
  noApi: scaleToZero("erp", "deployment/erp-api", 2),
  noWorkers: scaleToZero("erp", "deployment/erp-worker", 1),
  noPostgresql: scaleToZero("erp", "deployment/postgresql", 1),
  noLoki: scaleToZero("logging", "statefulset/loki", 1),
  noElasticsearch: {
    begin: () => scaleElasticsearch(0),
    end: () => {
      if (hasElasticsearch()) scaleElasticsearch(1);
    },
  },

  pausedPostgresql: pausedServer({ namespace: "erp", name: "postgresql" }),
  pausedRedis: pausedServer({ namespace: "erp", name: "redis" }),
  /** Orders, which disrupt nothing. */
  proxiedOrders,

  /** Requests that write or read orders fail: about 70 % of all requests. */
  missingTable: {
    begin: () => sql("alter table orders rename to orders_away"),
    end: () => sql("alter table if exists orders_away rename to orders"),
  },
  lockedTable: {
    begin: () => {
      const lock = "begin; lock table stock_items in access exclusive mode; select pg_sleep(300); rollback";
      inPod("postgresql", "sh", "-c", `nohup psql -U postgres -d erp -c '${lock}' >/dev/null 2>&1 &`);
    },
    end: () => {
      const holders = "from pg_stat_activity where query like '%access exclusive%' and pid <> pg_backend_pid()";
      sql(`select pg_terminate_backend(pid) ${holders}`);
    },
  },
  /** Slows only the route that reads reports. It gets too few requests to use up the error budget. */
  slowRoute: {
    begin: () => {
      sql(
        `create function slow() returns boolean language plpgsql as $$ begin perform pg_sleep(3); return true; end $$`,
      );
      sql("create policy slow on daily_reports using (slow())");
      sql("alter table daily_reports enable row level security, force row level security");
    },
    end: () => {
      sql("alter table daily_reports disable row level security, no force row level security");
      // This also drops the policy.
      sql("drop function if exists slow() cascade");
    },
  },
  /** More reports than the workers can write in ten minutes while `slowRoute` slows each of them. */
  fullQueue: {
    begin: () =>
      python(
        "from datetime import date, timedelta",
        "from app.features.reports.tasks import nightly_report",
        "for day in range(2000): nightly_report.delay(str(date(2000, 1, 1) + timedelta(day)))",
      ),
    end: () =>
      python(
        "from app.core.task_queue import celery_app",
        "celery_app.connection().default_channel.client.delete('reports')",
      ),
  },
  fullRedis: {
    begin: () => python("from app.core.cache import redis", "redis().setrange('filler', 25_000_000, 'x')"),
    end: () => python("from app.core.cache import redis", "redis().delete('filler')"),
  },
  leakedSecrets: repeatAction(10, () => {
    const line = JSON.stringify({ level: "INFO", message: "login with password=hunter2" });
    inPod("erp-api", "sh", "-c", `echo '${line}' >/proc/1/fd/1`);
  }),
  /** The report fails because it computes the next day, and Python has no date after this one. */
  failingTasks: repeatAction(15, () =>
    python("from app.features.reports.tasks import nightly_report", "nightly_report.delay('9999-12-31')"),
  ),
  failingJob: failingJob(),
  /** A pod that exceeds its memory limit, and is killed, after each minute. */
  outOfMemory: runningProgram("grows", "import time; time.sleep(60); everything = 'x' * 2**30"),
  /** A pod that writes more log lines than the limit for one pod. */
  floodedLog: runningProgram("floods", flood),
  /** A new pod fails both probes and is restarted again and again. The old pods continue to serve. */
  failingProbes: {
    begin: () => {
      const path = (probe: string) => `/spec/template/spec/containers/0/${probe}/httpGet/path`;
      const patch = ["livenessProbe", "readinessProbe"].map((probe) => ({
        op: "replace",
        path: path(probe),
        value: "/healthz/nowhere",
      }));
      kubectl("-n", "erp", "patch", "deployment/erp-api", "--type=json", `--patch=${JSON.stringify(patch)}`);
    },
    end: () => {
      const path = "jsonpath={.spec.template.spec.containers[0].readinessProbe.httpGet.path}";
      const probed = kubectl("-n", "erp", "get", "deployment/erp-api", "-o", path);
      if (probed === "/healthz/nowhere") kubectl("-n", "erp", "rollout", "undo", "deployment/erp-api");
    },
  },
  /**
   * The API sends all errors and traces to an address that drops every packet.
   * https://www.rfc-editor.org/rfc/rfc5737 reserves it for documentation.
   */
  silentSentry: environmentVariables("erp-api", {
    SENTRY_DSN: "https://key@198.51.100.1/1",
    SENTRY_TRACES_SAMPLE_RATE: "1",
  }),
  /** 6,000 requests in two minutes, each for a different path that does not exist. */
  unknownPaths: clientPod("flood", "http://erp-api.erp.svc:8000", "6000", "120"),
  /** Rollouts disrupt nothing, but the dashboards show them. */
  newWorkers: restart("deployment/erp-worker"),
  newApi,
  /** The rollout begins when the API has written lines for a minute that the log agent has not read. */
  lateNewApi: delayed(60, newApi),
  ...monitoringDisruptions,
} satisfies Record<string, Disruption>;

/**
 * Runs the work during the disruptions, and always undoes them afterwards.
 * @throws {Error} the first error of the disruptions, the work, or the undoing.
 */
export async function whileDisrupted<T>(active: readonly Disruption[], work: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    for (const disruption of active) disruption.begin();
    result = await work();
  } catch (error) {
    undo(active);
    throw error;
  }
  const [failed] = undo(active);
  if (failed) throw failed;
  return result;
}

/** Undoes everything that an interrupted story may have left behind. */
export function undoAll(): void {
  undo(Object.values(disruptions));
}

/** Undoes each disruption, even if another one cannot be undone, and returns the errors. */
function undo(active: readonly Disruption[]): readonly unknown[] {
  return active.flatMap((disruption) => {
    try {
      disruption.end();
      return [];
    } catch (error) {
      console.error(`not undone: ${error}`);
      return [error];
    }
  });
}

function scaleElasticsearch(replicas: number): void {
  kubectl("-n", "erp", "scale", "deployment/elasticsearch", `--replicas=${replicas}`);
}

/** A pod with the label of the traffic generator that runs one of the programs in `pods/`. */
export function clientPod(name: string, ...args: string[]): Disruption {
  return {
    begin: () => startPod("erp", name, { "app.kubernetes.io/name": "erp-traffic" }, program(name), args),
    end: () => deleteClientPod(name),
  };
}

function deleteClientPod(name: string): void {
  kubectl("-n", "erp", "delete", "pod", name, "--ignore-not-found");
}

/**
 * Clients of the route of the reports, which `slowRoute` slows. Without them, it gets hardly any requests. With twice as
 * many, a tenth of all requests would be slow: ErpLatencyBudgetBurn would page and inhibit the alert of the route.
 */
export function reportReaders(): Disruption {
  const url = `http://erp-api.erp.svc:8000/api/v1/reports/${new Date().toISOString().slice(0, 10)}`;
  // The pod has no memory for both programs at once.
  const read = 'TOKEN=$(python -m app.sign_token --minutes 120 --roles reports) && export TOKEN && exec python -c "$@"';
  return {
    begin: () => createTrafficPod("load", ["sh", "-c", read, "sh", program("load"), url, "180", "0.1"]),
    end: () => deleteClientPod("load"),
  };
}

/** A Job in the ERP's namespace that fails at once and is not retried. */
function failingJob(): Disruption {
  return createObject({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { namespace: "erp", name: "fails" },
    spec: { backoffLimit: 0, template: { spec: { ...pythonSpec("raise SystemExit(1)"), restartPolicy: "Never" } } },
  });
}
