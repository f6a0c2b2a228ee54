import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache-folder";
import { CommandError } from "./command";
import { completeModule } from "./complete-module";
import { hasVersion } from "./program-version";

/** Programs that judge what we produce, and one that writes what Prometheus is to read. */
export type Tool =
  | "promtool"
  | "prometheus"
  | "recording-blocks"
  | "amtool"
  | "alertmanager"
  | "helm"
  | "loki"
  | "loki-canary"
  | "promtail";

/** A program as a package of a Go module, which `tools/<folder>/go.mod` pins. */
interface Program {
  readonly folder: string;
  readonly module: string;
  readonly package: string;
  /**
   * The file in the folder that is the package: a program of ours, made of the module.
   * @default the package is part of the module
   */
  readonly source?: string;
  /**
   * The file that is compiled into the program although its module does not contain it.
   * @default the module is complete
   */
  readonly lacks?: string;
}

const prometheus = { folder: "prometheus", module: "github.com/prometheus/prometheus" };

const alertmanager = { folder: "alertmanager", module: "github.com/prometheus/alertmanager" };

const loki = { folder: "loki", module: "github.com/grafana/loki/v3" };

const programs: Record<Tool, Program> = {
  promtool: { ...prometheus, package: "cmd/promtool" },
  prometheus: { ...prometheus, package: "cmd/prometheus" },
  "recording-blocks": { ...prometheus, package: "recording-blocks", source: "recording-blocks/main.go" },
  amtool: { ...alertmanager, package: "cmd/amtool" },
  alertmanager: { ...alertmanager, package: "cmd/alertmanager", lacks: "ui/app/dist/index.html" },
  helm: { folder: "helm", module: "helm.sh/helm/v3", package: "cmd/helm" },
  loki: { ...loki, package: "cmd/loki" },
  "loki-canary": { ...loki, package: "cmd/loki-canary" },
  promtail: { folder: "promtail", module: "github.com/grafana/loki/v3", package: "clients/cmd/promtail" },
};

/** The tool in the pinned version: the one on PATH, or one built with Go and kept; or why there is none. */
export function tool(name: Tool): { readonly path: string } | { readonly missing: string } {
  const path = builtPath(name);
  return path === undefined ? buildProgram(programs[name], keptPath(name)) : { path };
}

/** Path of the tool on PATH in the pinned version, or of one built before. @returns undefined where there is neither */
export function builtPath(name: Tool): string | undefined {
  const version = pinnedVersion(programs[name]);
  const isOurs = programs[name].source !== undefined;
  if (version && !isOurs && hasVersion(name, version, name === "helm" ? "version" : "--version")) return name;
  return existsSync(keptPath(name)) ? keptPath(name) : undefined;
}

function keptPath(name: Tool): string {
  const version = [pinnedVersion(programs[name]), ...sourceHash(programs[name])].join("-");
  return join(cacheFolder("tools"), `${name}-${version}`);
}

/** A program of ours changes without its module. */
function sourceHash(program: Program): readonly string[] {
  if (program.source === undefined) return [];
  const source = readFileSync(join(folderOf(program), program.source));
  return [createHash("sha256").update(source).digest("hex").slice(0, 8)];
}

/**
 * Path of a tool.
 * @throws {CommandError} when it can neither be found nor built.
 */
export function toolPath(name: Tool): string {
  const found = tool(name);
  if ("missing" in found) throw new CommandError(`This needs ${name}, ${found.missing}.`);
  return found.path;
}

function folderOf({ folder }: Program): string {
  return join(__dirname, "..", "tools", folder);
}

function pinnedVersion(program: Program): string | undefined {
  const pin = readFileSync(join(folderOf(program), "go.mod"), "utf8").match(`${program.module} v(\\S+)`)?.[1];
  // Prometheus 3.14.0 is the Go module v0.314.0.
  return pin?.replace(/^0\.([1-9])(\d\d)\./, (_, major, minor) => `${major}.${Number(minor)}.`);
}

function buildProgram(program: Program, path: string): { readonly path: string } | { readonly missing: string } {
  if (spawnSync("go", ["version"]).status !== 0) {
    return { missing: "which is not on PATH in the pinned version, and Go, which could build it, is not there either" };
  }
  console.warn(`building ${path} with Go, once`);
  mkdirSync(join(path, ".."), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  const source = `${temporary}.source`;
  try {
    const { module, lacks, source: own } = program;
    const target = own === undefined ? `${module}/${program.package}` : `./${program.package}`;
    const folder = lacks ? completeModule(folderOf(program), module, lacks, source) : folderOf(program);
    const flags = ["-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags=-s -w"];
    execFileSync("go", ["build", "-C", folder, ...flags, "-o", temporary, target], {
      env: { ...process.env, CGO_ENABLED: "0" },
      stdio: "pipe",
    });
  } catch (error) {
    return { missing: `which Go could not build: ${error instanceof Error ? error.message : error}` };
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
  renameSync(temporary, path);
  return { path };
}
