import { flood } from "../../commands/evidence/provoked-events";
import { hasElasticsearch } from "./elasticsearch-server";
import { kubectl, kubectlWith, pythonPod, startPod } from "./kubernetes";
import { program } from "./webhook";

/** Something that is done to the ERP and its servers. */
export interface Harm {
  readonly begin: () => void;
  /** Undoes the fault completely. Does nothing if it has not started. */
  readonly end: () => void;
}

/** The replica counts are those of `local`. */
export const harms = {
  noApi: scaledToNothing("erp", "deployment/erp-api", 2),
  noWorkers: scaledToNothing("erp", "deployment/erp-worker", 1),
  noPostgresql: scaledToNothing("erp", "deployment/postgresql", 1),
  noLoki: scaledToNothing("logging", "statefulset/loki", 1),
  noElasticsearch: {
    begin: () => scaleElasticsearch(0),
    end: () => {
      if (hasElasticsearch()) scaleElasticsearch(1);
    },
  },

  /** What writes or reads orders fails: about 70 % of the requests. */
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
  /** Of the routes, only the one that reads reports, which is too seldom asked to spend a budget. */
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
      // Its policy goes with it.
      sql("drop function if exists slow() cascade");
    },
  },
  /** More reports than the workers write in ten minutes, where each takes as long. */
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
  leakedSecrets: repeatHarm(10, () => {
    const line = JSON.stringify({ level: "INFO", message: "login with password=hunter2" });
    inPod("erp-api", "sh", "-c", `echo '${line}' >/proc/1/fd/1`);
  }),
  /** No day is after this one, and the report's code counts on one. */
  failingTasks: repeatHarm(15, () =>
    python("from app.features.reports.tasks import nightly_report", "nightly_report.delay('9999-12-31')"),
  ),
  failingJob: failingJob(),
  outOfMemory: growingPod(),
  floodedLog: floodingPod(),
  /** A new pod that answers neither probe is started again and again; the old ones serve. */
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
  /** 6,000 requests in two minutes for paths that do not exist, each for another. */
  unknownPaths: clientPod("flood", "http://erp-api.erp.svc:8000", "6000", "120"),
  /** No harm, and yet an event that dashboards show. */
  newWorkers: restarted("deployment/erp-worker"),
  newApi: restarted("deployment/erp-api"),
} satisfies Record<string, Harm>;

/**
 * Does something while harm is done, and undoes the harm whatever came of it.
 * @throws {Error} what failed first: the harm, the work, or the undoing.
 */
export async function whileHarmed<T>(done: readonly Harm[], work: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    for (const harm of done) harm.begin();
    result = await work();
  } catch (error) {
    undo(done);
    throw error;
  }
  const [failed] = undo(done);
  if (failed) throw failed;
  return result;
}

/** Undoes everything that an interrupted story may have left behind. */
export function undoEverything(): void {
  undo(Object.values(harms));
}

/** Undoes each, even if another cannot be undone, and returns what failed. */
function undo(done: readonly Harm[]): readonly unknown[] {
  return done.flatMap((harm) => {
    try {
      harm.end();
      return [];
    } catch (error) {
      console.error(`not undone: ${error}`);
      return [error];
    }
  });
}

function scaledToNothing(namespace: string, workload: string, replicas: number): Harm {
  const scale = (count: number) => kubectl("-n", namespace, "scale", workload, `--replicas=${count}`);
  return {
    begin: () => scale(0),
    end: () => {
      scale(replicas);
      kubectl("-n", namespace, "rollout", "status", workload, "--timeout=180s");
    },
  };
}

function scaleElasticsearch(replicas: number): void {
  kubectl("-n", "erp", "scale", "deployment/elasticsearch", `--replicas=${replicas}`);
}

function repeatHarm(seconds: number, act: () => void): Harm {
  let timer: NodeJS.Timeout;
  return {
    begin: () => {
      act();
      timer = setInterval(act, seconds * 1000);
    },
    end: () => clearInterval(timer),
  };
}

/** A restart annotates the pods' template, which the next plan would remove with another rollout. */
function restarted(workload: string): Harm {
  const annotation = "kubectl.kubernetes.io/restartedAt";
  const patch = { spec: { template: { metadata: { annotations: { [annotation]: null } } } } };
  return {
    begin: () => kubectl("-n", "erp", "rollout", "restart", workload),
    end: () => {
      kubectl("-n", "erp", "patch", workload, "--type=merge", `--patch=${JSON.stringify(patch)}`);
      kubectl("-n", "erp", "rollout", "status", workload, "--timeout=300s");
    },
  };
}

/** A pod in the place of the traffic generator that runs one of the programs in `pods/`. */
export function clientPod(name: string, ...args: string[]): Harm {
  return {
    begin: () => startPod("erp", name, { "app.kubernetes.io/name": "erp-traffic" }, program(name), args),
    end: () => kubectl("-n", "erp", "delete", "pod", name, "--ignore-not-found"),
  };
}

/** A Job of the ERP's that fails at once, and for good. */
function failingJob(): Harm {
  return createObject({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { namespace: "erp", name: "fails" },
    spec: { backoffLimit: 0, template: { spec: { ...runs("raise SystemExit(1)"), restartPolicy: "Never" } } },
  });
}

/** A pod in the ERP's namespace that is killed for lack of memory after each minute. */
function growingPod(): Harm {
  return createObject({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { namespace: "erp", name: "grows" },
    spec: runs("import time; time.sleep(60); everything = 'x' * 2**30"),
  });
}

/** A pod of the ERP's that writes more lines than a pod may. */
function floodingPod(): Harm {
  return createObject({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { namespace: "erp", name: "floods" },
    spec: runs(flood),
  });
}

function createObject(manifest: {
  kind: string;
  apiVersion: string;
  metadata: { namespace: string; name: string };
  spec: object;
}): Harm {
  return {
    begin: () => kubectlWith(JSON.stringify(manifest), "create", "-f", "-"),
    end: () => kubectl("-n", "erp", "delete", manifest.kind, manifest.metadata.name, "--ignore-not-found"),
  };
}

function runs(program: string) {
  const memory = { memory: "32Mi" };
  return pythonPod(["python3", "-c", program], { resources: { limits: memory, requests: memory } });
}

function sql(statement: string): void {
  inPod("postgresql", "psql", "-U", "postgres", "-d", "erp", "-c", statement);
}

/** Runs lines of Python with what the ERP's code offers. */
function python(...lines: string[]): void {
  inPod("erp-api", "python3", "-c", lines.join("\n"));
}

function inPod(deployment: string, ...command: string[]): void {
  // Its main container has the same name; unnamed, kubectl warns that it had to choose.
  kubectl("-n", "erp", "exec", `deployment/${deployment}`, "--container", deployment, "--", ...command);
}
