import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pythonPod as restrictedPod } from "../../commands/evidence/python-pod";
import { outdirOf } from "./deployment-folder";

export const context = process.env.CLUSTER_CONTEXT ?? "";
/** Folder of the packaged charts. */
export const charts = process.env.CLUSTER_CHARTS ?? "";

/** The folder of the stacks of the environment under test. */
export const outdir = outdirOf(context);

export interface ChildResult {
  readonly code: number;
  readonly output: string;
}

/** Runs an action of `main.ts` to its end. */
export async function act(action: "deploy" | "diff" | "destroy", ...more: string[]): Promise<ChildResult> {
  const { ended } = begin(action, ...more);
  return ended;
}

/** Starts an action in a process that a test can kill. */
export function begin(action: string, ...more: string[]): { process: ChildProcess; ended: Promise<ChildResult> } {
  const args = ["--import", "tsx", join(__dirname, "main.ts"), action, "--context", context, "--charts", charts];
  const started = spawn(process.execPath, [...args, "--outdir", outdir, ...more], {
    env: { ...process.env, CI: "true" },
  });
  let output = "";
  for (const stream of [started.stdout, started.stderr]) {
    stream.on("data", (data: Buffer) => {
      output += data;
      process.stderr.write(data);
    });
  }
  const ended = new Promise<ChildResult>((resolve) =>
    started.on("close", (code) => resolve({ code: code ?? 137, output })),
  );
  return { process: started, ended };
}

/** A printed command may wait for a rollout. */
const longestWait = 15 * 60_000;

export function kubectl(...args: string[]): string {
  return kubectlWith("", ...args);
}

export function kubectlWith(input: string, ...args: string[]): string {
  return execFileSync("kubectl", ["--context", context, ...args], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    timeout: longestWait,
  });
}

/** Runs a command that was printed for people. */
export function shell(command: string): string {
  return execFileSync("bash", ["-euo", "pipefail", "-c", command], { encoding: "utf8", timeout: longestWait });
}

/**
 * Sends a GET request to a Service, or to one pod, through the API server, so that the tests need no access to the
 * cluster's network.
 *
 * @param name name of the Service or pod, with the port: `loki:3100`
 */
export function ask<T>(namespace: string, name: string, path: string, kind: "services" | "pods" = "services"): T {
  return JSON.parse(kubectl("get", "--raw", `/api/v1/namespaces/${namespace}/${kind}/${name}/proxy${path}`));
}

/** @param pod the replica of Prometheus that is asked. @default any of them */
export function query<T = { metric: Record<string, string>; value: [number, string] }>(
  promql: string,
  pod?: string,
): T[] {
  const path = `/api/v1/query?query=${encodeURIComponent(promql)}`;
  const [name, kind] = pod ? ([pod, "pods"] as const) : (["kube-prometheus-stack-prometheus", "services"] as const);
  return ask<{ data: { result: T[] } }>("monitoring", `${name}:9090`, path, kind).data.result;
}

/**
 * Waits until a value is found, and returns it.
 * @throws {Error} with the description, when the time is up.
 */
export async function eventually<T>(what: string, seconds: number, find: () => T | undefined | false): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = attempt(find);
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await sleep(1000);
  }
}

function attempt<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}

/**
 * A pod that runs one of the programs in `pods/` with Python, and is never ready, so that no Service sends it requests.
 */
export function startPod(
  namespace: string,
  name: string,
  labels: Record<string, string>,
  program: string,
  args: string[],
) {
  const spec = pythonPod(["python3", "-c", program, ...args], {
    ...(!labels.serving && { readinessProbe: { exec: { command: ["false"] }, periodSeconds: 3600 } }),
  });
  createPod({ namespace, name, labels }, spec);
}

interface PodMetadata {
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Creates a pod in place of the pod of an interrupted run.
 * @param restartPolicy whether a container that ends is started again. @default its containers run once
 */
export function createPod(metadata: PodMetadata, spec: object, restartPolicy: "Always" | "Never" = "Never"): void {
  const pod = { apiVersion: "v1", kind: "Pod", metadata, spec: { ...spec, restartPolicy } };
  kubectl("-n", metadata.namespace, "delete", "pod", metadata.name, "--ignore-not-found");
  kubectlWith(JSON.stringify(pod), "create", "-f", "-");
}

/** Runs a command in the main container of a Deployment of the ERP, and returns its output. */
export function inPod(deployment: string, ...command: string[]): string {
  // The main container has the name of the Deployment. Without a name, kubectl warns that it chose a container.
  return kubectl("-n", "erp", "exec", `deployment/${deployment}`, "--container", deployment, "--", ...command);
}

/** Runs a statement in the ERP's database, and returns the value of a query, without a header. */
export function sql(statement: string): string {
  return inPod("postgresql", "psql", "-U", "postgres", "-d", "erp", "-tAc", statement);
}

/** The image of the tests' own pods. */
export const pythonImage = "docker.io/library/python:3.11-slim";

/** @param container further fields of its container */
export function pythonPod(command: readonly string[], container: object) {
  return restrictedPod(pythonImage, command, container);
}

/** The output of a pod of `startPod` after it has ended. */
export async function podOutput(namespace: string, name: string, seconds: number): Promise<string> {
  const phase = () => kubectl("-n", namespace, "get", "pod", name, "-o", "jsonpath={.status.phase}");
  await eventually(`the end of pod ${namespace}/${name}`, seconds, () => ["Succeeded", "Failed"].includes(phase()));
  const output = kubectl("-n", namespace, "logs", name);
  kubectl("-n", namespace, "delete", "pod", name, "--wait=false");
  return output;
}
