import { homedir } from "node:os";
import { join } from "node:path";

/** A folder that keeps what took long to build, for all working trees of this project. */
export function cacheFolder(content: "tools" | "programs" | "recordings"): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "erp-observability", content);
}
