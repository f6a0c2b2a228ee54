import { readStdout } from "../child";
import type { Capture } from "./capture";
import { pythonOf } from "./python";
import { freePort, whileRunning } from "./while-running";

/** An application with one of the instrumentors, run on this machine from its pinned requirements. */
interface Application {
  readonly source: string;
  /** The package of the instrumentor, whose version the evidence states. */
  readonly package: string;
  readonly directory: string;
  readonly module: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Paths of requests after which each metric of the application has samples. */
  readonly requests: readonly string[];
  readonly behind: string;
}

const applications: readonly Application[] = [
  {
    source: "starlette-prometheus",
    package: "starlette-prometheus",
    directory: "erp",
    module: "app.main",
    // No server listens at these addresses, so a route raises an unhandled exception, which the ERP in a cluster does
    // not.
    settings: {
      SERVICE_NAME: "erp-api",
      DATABASE_URL: "postgresql://erp@127.0.0.1:1/erp",
      REDIS_URL: "redis://127.0.0.1:1",
    },
    requests: ["/healthz/live", "/api/v1/orders", "/api/v1/orders/not-an-id", "/nowhere"],
    behind: "the ERP's API without PostgreSQL and Redis, so that a route raises",
  },
  {
    source: "fastapi-instrumentator",
    package: "prometheus-fastapi-instrumentator",
    directory: "erp/profiles/fastapi_instrumentator",
    module: "app",
    settings: {},
    requests: [
      "/api/v1/invoices/10?parts=2",
      "/api/v1/invoices/10?parts=0",
      "/api/v1/invoices/ten?parts=2",
      "/nowhere",
    ],
    behind: "the application of that folder, one of whose routes raises",
  },
];

/** Captures of both instrumentors, each after requests that succeed, that fail, that raise, and to unknown paths. */
export const httpProfiles: Readonly<Record<string, () => Promise<Capture>>> = Object.fromEntries(
  applications.map((application) => [application.source, () => capture(application)]),
);

const organization = "00000000-0000-4000-8000-000000000000";

async function capture({ source, behind, requests, ...application }: Application): Promise<Capture> {
  const python = await pythonOf(application.directory);
  const version = await versionOf(application.package, python);
  const fastapi = await versionOf("fastapi", python);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = ["-m", "uvicorn", `${application.module}:app`];
  const program = {
    path: python,
    args: [...server, "--port", String(port), "--no-access-log"],
    cwd: application.directory,
    env: { ...process.env, ...application.settings },
    url: `${url}/openapi.json`,
  };
  const text = await whileRunning(program, async () => {
    for (const path of requests) await fetch(url + path, { headers: { "X-Organization-ID": organization } });
    return (await fetch(`${url}/metrics`)).text();
  });
  const command = `python ${server.join(" ")} in ${application.directory}, asked for ${requests.join(", ")} and /metrics`;
  return { source, version, command, behind: `${behind}, with FastAPI ${fastapi}`, text };
}

function versionOf(packageName: string, python: string): Promise<string> {
  return readStdout(python, ["-c", `import importlib.metadata as m; print(m.version("${packageName}"))`]);
}
