import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Programs that judge what we produce; `tools/<name>/go.mod` pins each. */
export type Tool = "promtool" | "amtool" | "helm" | "loki";

const modules: Record<Tool, string> = {
  promtool: "github.com/prometheus/prometheus",
  amtool: "github.com/prometheus/alertmanager",
  helm: "helm.sh/helm/v3",
  loki: "github.com/grafana/loki/v3",
};

/** The tool in the pinned version: the one on PATH, or one built with Go and kept; or why there is none. */
export function tool(name: Tool): { readonly path: string } | { readonly missing: string } {
  const directory = join(__dirname, "..", "tools", name);
  const version = pinned(name, directory);
  if (version && onPath(name, version)) return { path: name };
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "erp-observability", "tools");
  const path = join(cache, `${name}-${version}`);
  return existsSync(path) ? { path } : built(directory, path);
}

function pinned(name: Tool, directory: string): string | undefined {
  const module = readFileSync(join(directory, "go.mod"), "utf8").match(`${modules[name]} v(\\S+)`)?.[1];
  // Prometheus 3.14.0 is the Go module v0.314.0.
  return module?.replace(/^0\.([1-9])(\d\d)\./, (_, major, minor) => `${major}.${Number(minor)}.`);
}

function onPath(name: Tool, version: string): boolean {
  const { stdout, status } = spawnSync(name, [name === "helm" ? "version" : "--version"], { encoding: "utf8" });
  return status === 0 && new RegExp(`\\bv?${version.replaceAll(".", "\\.")}\\b`).test(stdout);
}

function built(directory: string, path: string): { readonly path: string } | { readonly missing: string } {
  if (spawnSync("go", ["version"]).status !== 0) {
    return { missing: "which is not on PATH in the pinned version, and Go, which could build it, is not there either" };
  }
  console.warn(`building ${path} with Go, once`);
  mkdirSync(join(path, ".."), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  const build = ["-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", temporary, "tool"];
  try {
    execFileSync("go", ["build", "-C", directory, ...build], {
      env: { ...process.env, CGO_ENABLED: "0" },
      stdio: "pipe",
    });
  } catch (error) {
    return { missing: `which Go could not build: ${error instanceof Error ? error.message : error}` };
  }
  renameSync(temporary, path);
  return { path };
}
