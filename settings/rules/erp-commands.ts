import { addresses } from "../addresses";
import { argumentsOf, numberOf, valuesOf } from "../command-options";
import type { Rule } from "../rule";

/** Options of a server that set the address on which it listens, and the number of its processes. */
interface Server {
  readonly program: string;
  /** Options with an address such as `0.0.0.0:8000`. @default the server has separate options for host and port */
  readonly bind?: readonly string[];
  readonly host: readonly string[];
  readonly port: readonly string[];
  readonly workers: readonly string[];
  /** The address on which the server listens by default. @default a file of the image may set it */
  readonly byDefault?: string;
}

const bind = { bind: ["--bind", "-b"], host: [], port: [] };

/** All of them listen on port 8000 by default. */
const servers: readonly Server[] = [
  // The server of `gunicorn --worker-class uvicorn.workers.UvicornWorker` is Gunicorn.
  { program: "gunicorn", ...bind, workers: ["--workers", "-w", "WEB_CONCURRENCY"] },
  { program: "hypercorn", ...bind, workers: ["--workers", "-w"] },
  {
    program: "uvicorn",
    host: ["--host", "UVICORN_HOST"],
    port: ["--port", "UVICORN_PORT"],
    workers: ["--workers", "UVICORN_WORKERS", "WEB_CONCURRENCY"],
    byDefault: "127.0.0.1",
  },
  {
    program: "granian",
    host: ["--host", "GRANIAN_HOST"],
    port: ["--port", "GRANIAN_PORT"],
    workers: ["--workers", "GRANIAN_WORKERS"],
    byDefault: "127.0.0.1",
  },
  { program: "fastapi", host: ["--host"], port: ["--port"], workers: ["--workers"] },
];

const apiPort = String(addresses.erpApi.port);

/**
 * Options of the commands that contradict the Service, the probes, the metrics or other settings. Only options of known
 * programs are judged.
 */
export const erpCommands: readonly Rule[] = [
  {
    at: "erp.commands.api",
    broken: ({ erp: { commands } }) => {
      const workers = serverOf(commands.api)?.workers;
      return workers !== undefined && (numberOf(commands.api, workers) ?? 1) > 1;
    },
    rule: "must start one worker process: the Python client library of Prometheus loses series with several",
    remedy: "set one worker, and run more pods with `erp.api.scale`",
  },
  {
    at: "erp.commands.api",
    broken: ({ erp: { commands } }) => {
      const server = serverOf(commands.api);
      return server !== undefined && !listens(commands.api, server);
    },
    rule: `must listen on port ${apiPort} of the pod's address: the Service, the probes and Prometheus connect to it`,
    remedy: `write \`--host 0.0.0.0 --port ${apiPort}\`, or \`--bind 0.0.0.0:${apiPort}\` for Gunicorn and Hypercorn`,
  },
  {
    at: "erp.commands.api",
    broken: ({ erp: { commands } }) =>
      serverOf(commands.api) !== undefined &&
      valuesOf(commands.api, ["--ssl-keyfile", "--ssl-certfile", "--keyfile", "--certfile", "--ssl-certificate"])
        .length > 0,
    rule: "must serve plain HTTP: the probes and Prometheus use no TLS inside the cluster",
    remedy: "remove the key and the certificate: the Ingress serves TLS",
  },
  {
    at: "erp.commands.api",
    broken: ({ erp: { commands } }) => argumentsOf(commands.api, "celery") !== undefined,
    rule: "must start the server of the API, and not Celery",
    remedy: "write the command of Celery's worker as `erp.commands.worker`, and that of beat as `erp.commands.beat`",
  },
  ...(["worker", "beat"] as const).flatMap((part): Rule[] => [
    {
      at: `erp.commands.${part}`,
      broken: ({ erp: { commands } }) => argumentsOf(commands[part], "celery")?.includes(part) === false,
      rule: `must run the command \`${part}\` of Celery`,
      remedy: `write it such as \`celery\`, \`--app\`, \`app.worker\`, \`${part}\``,
    },
    {
      at: `erp.commands.${part}`,
      broken: ({ erp: { commands } }) => {
        const given = argumentsOf(commands[part], "celery") ?? [];
        return given.includes(part) && sets(["celery", ...given.slice(given.indexOf(part) + 1)], ["--app", "-A"]);
      },
      rule: `must have \`--app\` before \`${part}\`: Celery 5 refuses it after its command`,
      remedy: `write it such as \`celery\`, \`--app\`, \`app.worker\`, \`${part}\``,
    },
  ]),
  {
    at: "erp.commands.awaitMigrations",
    reads: ["erp.commands.migrate"],
    broken: ({ erp: { commands } }) => migrates(commands.awaitMigrations),
    rule: "must wait for the schema and must not change it: every pod runs this command, and only the Job `erp-migrate` migrates",
    remedy: "swap it with `erp.commands.migrate`, or write a command that ends when the schema is there",
  },
  {
    at: "erp.commands.migrate",
    reads: ["erp.commands.awaitMigrations"],
    broken: ({ erp: { commands } }) =>
      isSame(commands.migrate, commands.awaitMigrations) &&
      !isSame(commands.migrate, ["true"]) &&
      !migrates(commands.migrate),
    rule: "must differ from `erp.commands.awaitMigrations`: one changes the schema, and the other waits for it",
    remedy: "write the command that migrates; without migrations, write `true` for both",
  },
  {
    at: "erp.commands.worker",
    broken: ({ erp: { commands } }) => isShell(commands.worker[0]),
    rule: "must be the program itself and no shell: the concurrency and the queues are appended, and would be arguments of the shell",
    remedy: "write the program and its arguments as a list, such as `celery`, `--app`, `app.worker`, `worker`",
  },
  {
    at: "erp.commands.worker",
    broken: ({ erp: { commands } }) =>
      sets(commands.worker, ["--concurrency", "-c", "--autoscale", "--queues", "-Q", "--exclude-queues", "-X"]),
    rule: "must not set the concurrency or the queues: `erp.celery.worker.concurrency` and `erp.celery.queues` are appended and replace them",
    remedy: "remove these options, and change the two settings",
  },
  {
    at: "erp.commands.worker",
    broken: ({ erp: { commands } }) => sets(commands.worker, ["--beat", "-B"]),
    rule: "must not run beat: `erp.commands.beat` runs it in a pod of its own, and two of them queue each periodic task twice",
    remedy: "remove `--beat`",
  },
  {
    at: "erp.commands.worker",
    broken: ({ erp: { commands } }) => sets(commands.worker, ["--without-heartbeat"]),
    rule: "must send heartbeats: without them the Celery exporter reports that no worker runs, and CeleryNoWorkers pages",
    remedy: "remove `--without-heartbeat`",
  },
  {
    at: "erp.commands.worker",
    broken: ({ erp: { commands } }) =>
      (numberOf(commands.worker, ["--soft-time-limit"]) ?? 0) >=
      (numberOf(commands.worker, ["--time-limit"]) ?? Infinity),
    rule: "must have a `--soft-time-limit` below `--time-limit`: otherwise the worker is killed before the task can end by itself",
    remedy: "lower `--soft-time-limit`, or raise `--time-limit`",
  },
];

function serverOf(command: readonly string[]): Server | undefined {
  return servers.find(({ program }) => argumentsOf(command, program) !== undefined);
}

/** Programs that change a schema, with the word that makes them do so. */
const migrators: readonly (readonly [program: string, word: string])[] = [
  ["alembic", "upgrade"],
  ["flask", "upgrade"],
  ["manage.py", "migrate"],
  ["django-admin", "migrate"],
  ["aerich", "upgrade"],
  ["yoyo", "apply"],
];

function migrates(command: readonly string[]): boolean {
  return migrators.some(([program, word]) => argumentsOf(command, program)?.includes(word) === true);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.join("\0") === other.join("\0");
}

/** Whether Celery's worker gets one of these options. */
function sets(command: readonly string[], options: readonly string[]): boolean {
  return valuesOf(argumentsOf(command, "celery") ?? [], options).length > 0;
}

/** Whether the server is reachable at the port of the pod. Values that a variable or the image gives are not known. */
function listens(command: readonly string[], { program, bind = [], host, port, byDefault = "" }: Server): boolean {
  if (valuesOf(argumentsOf(command, program) ?? [], ["--uds", "--fd"]).length > 0) return false;
  const bound = valuesOf(command, bind);
  const last = (names: readonly string[]) => valuesOf(command, names).at(-1);
  const places = bound.length > 0 ? bound : [`${last(host) ?? byDefault}:${last(port) ?? apiPort}`];
  return places.some((place) => (place.includes("$") ? isReplaced(place, command) : isReachable(place)));
}

/** Whether Kubernetes or a shell replaces the variables in a text. */
function isReplaced(text: string, command: readonly string[]): boolean {
  return text.includes("$(") || command.some(isShell);
}

function isShell(program = ""): boolean {
  return /^(.*\/)?(ba|da|a|z)?sh$/.test(program);
}

function isReachable(place: string): boolean {
  const [, host = "", port = apiPort] = /^(.*?)(?::(\d+))?$/.exec(place) ?? [];
  return port === apiPort && !/^(\[?::1\]?|localhost|127\..*|unix:.*|fd:.*)$/.test(host);
}
