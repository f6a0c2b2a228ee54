import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache-folder";
import { CommandError } from "./command";
import { completeModule } from "./complete-module";
import { hasVersion } from "./program-version";

/**
 * Programs that check our output, and `recording-blocks`, which writes a recording as blocks of Prometheus. `manifests`
 * reads Kubernetes objects as the API server does. `otelcol` is an OpenTelemetry Collector.
 */
export type Tool =
  | "promtool"
  | "prometheus"
  | "recording-blocks"
  | "amtool"
  | "alertmanager"
  | "blackbox_exporter"
  | "helm"
  | "jaeger"
  | "loki"
  | "loki-canary"
  | "manifests"
  | "otelcol"
  | "promtail";

/** A program that is a package of a Go module, whose version `tools/<folder>/go.mod` pins. */
interface Program {
  readonly folder: string;
  readonly module: string;
  readonly package: string;
  /**
   * The source file of our own program in the folder, which uses the module.
   * @default the program is part of the module
   */
  readonly source?: string;
  /**
   * The file that is needed to compile the program, and that its module does not contain.
   * @default the module is complete
   */
  readonly missingFile?: string;
}

const prometheus = { folder: "prometheus", module: "github.com/prometheus/prometheus" };

const alertmanager = { folder: "alertmanager", module: "github.com/prometheus/alertmanager" };

const loki = { folder: "loki", module: "github.com/grafana/loki/v3" };

const programs: Record<Tool, Program> = {
  promtool: { ...prometheus, package: "cmd/promtool" },
  prometheus: { ...prometheus, package: "cmd/prometheus" },
  "recording-blocks": { ...prometheus, package: "recording-blocks", source: "recording-blocks/main.go" },
  amtool: { ...alertmanager, package: "cmd/amtool" },
  alertmanager: { ...alertmanager, package: "cmd/alertmanager", missingFile: "ui/app/dist/index.html" },
  blackbox_exporter: { folder: "blackbox-exporter", module: "github.com/prometheus/blackbox_exporter", package: "." },
  helm: { folder: "helm", module: "helm.sh/helm/v3", package: "cmd/helm" },
  jaeger: { folder: "jaeger", module: "github.com/jaegertracing/jaeger", package: "cmd/jaeger" },
  loki: { ...loki, package: "cmd/loki" },
  "loki-canary": { ...loki, package: "cmd/loki-canary" },
  manifests: { folder: "manifests", module: "k8s.io/client-go", package: ".", source: "main.go" },
  otelcol: {
    folder: "opentelemetry-collector",
    module: "go.opentelemetry.io/collector/otelcol",
    package: ".",
    source: "main.go",
  },
  promtail: { folder: "promtail", module: "github.com/grafana/loki/v3", package: "clients/cmd/promtail" },
};

/** The tool in the pinned version, from PATH or built once with Go; or the reason why it is missing. */
export function tool(name: Tool): { readonly path: string } | { readonly missing: string } {
  const path = builtPath(name);
  return path === undefined ? buildProgram(programs[name], cachedPath(name)) : { path };
}

/**
 * The tool on PATH in the pinned version, or the path of one that was built before.
 * @returns undefined if both are missing
 */
export function builtPath(name: Tool): string | undefined {
  const version = pinnedVersion(programs[name]);
  const isOurs = programs[name].source !== undefined;
  if (version && !isOurs && hasVersion(name, version, name === "helm" ? "version" : "--version")) return name;
  return existsSync(cachedPath(name)) ? cachedPath(name) : undefined;
}

function cachedPath(name: Tool): string {
  const version = [pinnedVersion(programs[name]), ...sourceHash(programs[name])].join("-");
  return join(cacheFolder("tools"), `${name}-${version}`);
}

/** Hash of our own program's source, which can change without its module. */
function sourceHash(program: Program): readonly string[] {
  if (program.source === undefined) return [];
  const source = readFileSync(join(folderOf(program), program.source));
  return [createHash("sha256").update(source).digest("hex").slice(0, 8)];
}

/**
 * Path of a tool.
 * @throws {CommandError} when it is missing and cannot be built.
 */
export function toolPath(name: Tool): string {
  const found = tool(name);
  if ("missing" in found) throw new CommandError(`This command needs ${name}, ${found.missing}.`);
  return found.path;
}

function folderOf({ folder }: Program): string {
  return join(__dirname, "..", "tools", folder);
}

function pinnedVersion(program: Program): string | undefined {
  const pin = readFileSync(join(folderOf(program), "go.mod"), "utf8").match(`${program.module} v(\\S+)`)?.[1];
  if (program.module !== prometheus.module) return pin;
  // Prometheus 3.14.0 is the Go module v0.314.0.
  return pin?.replace(/^0\.([1-9])(\d\d)\./, (_, major, minor) => `${major}.${Number(minor)}.`);
}

/** A build takes a minute or two, and longer where all modules are downloaded first. */
const longestBuild = 30 * 60_000;

function buildProgram(program: Program, path: string): { readonly path: string } | { readonly missing: string } {
  if (spawnSync("go", ["version"], { timeout: 60_000 }).status !== 0) {
    return { missing: "which is not on PATH in the pinned version, and cannot be built because Go is not installed" };
  }
  console.warn(`building ${path} with Go, once`);
  mkdirSync(join(path, ".."), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  const source = `${temporary}.source`;
  try {
    const { module, missingFile, source: own } = program;
    const target = own === undefined ? join(module, program.package) : `./${program.package}`;
    const folder = missingFile ? completeModule(folderOf(program), module, missingFile, source) : folderOf(program);
    const flags = ["-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags=-s -w"];
    execFileSync("go", ["build", "-C", folder, ...flags, "-o", temporary, target], {
      env: { ...process.env, CGO_ENABLED: "0" },
      stdio: "pipe",
      timeout: longestBuild,
    });
  } catch (error) {
    return { missing: `which Go failed to build: ${error instanceof Error ? error.message : error}` };
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
  renameSync(temporary, path);
  return { path };
}
