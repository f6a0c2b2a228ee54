import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readStdout } from "../child";
import { freePort } from "../free-port";
import { request } from "../request";
import type { Capture } from "./capture";
import { pythonOf } from "./python";
import { whileRunning } from "./while-running";

/** An application with one of the instrumentors, run on this machine from its pinned requirements. */
interface Application {
  readonly source: string;
  /** The package of the instrumentor, whose version the evidence states. */
  readonly package: string;
  readonly directory: string;
}

const applications: readonly Application[] = [
  {
    source: "starlette-prometheus",
    package: "starlette-prometheus",
    directory: "erp/profiles/starlette_prometheus",
  },
  {
    source: "fastapi-instrumentator",
    package: "prometheus-fastapi-instrumentator",
    directory: "erp/profiles/fastapi_instrumentator",
  },
];

/** Requests that succeed, that raise, that are refused, and to an unknown path: each metric then has samples. */
const requests = [
  "/api/v1/invoices/10?parts=2",
  "/api/v1/invoices/10?parts=0",
  "/api/v1/invoices/ten?parts=2",
  "/nowhere",
];

/** Captures of both instrumentors. */
export const httpProfiles: Readonly<Record<string, () => Promise<Capture>>> = Object.fromEntries(
  applications.map((application) => [application.source, () => capture(application)]),
);

/** The pinned versions of both instrumentors. */
export function profileVersions(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    applications.map(({ source, package: name, directory }) => {
      const requirements = readFileSync(join(directory, "requirements.txt"), "utf8");
      return [source, new RegExp(`^${name}==(\\S+)`, "m").exec(requirements)?.[1] ?? ""];
    }),
  );
}

async function capture({ source, directory, ...application }: Application): Promise<Capture> {
  const python = await pythonOf(directory);
  const version = await versionOf(application.package, python);
  const fastapi = await versionOf("fastapi", python);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = ["-m", "uvicorn", "app:app"];
  const program = {
    path: python,
    args: [...server, "--port", String(port), "--no-access-log"],
    cwd: directory,
    env: process.env,
    url: `${url}/openapi.json`,
  };
  const text = await whileRunning(program, async () => {
    for (const path of requests) await request(url + path);
    return (await request(`${url}/metrics`)).text();
  });
  const command = `python ${server.join(" ")} in ${directory}, asked for ${requests.join(", ")} and /metrics`;
  const behind = `the application of that folder, one of whose routes raises, with FastAPI ${fastapi}`;
  return { source, version, command, behind, text };
}

function versionOf(packageName: string, python: string): Promise<string> {
  return readStdout(python, ["-c", `import importlib.metadata as m; print(m.version("${packageName}"))`]);
}
