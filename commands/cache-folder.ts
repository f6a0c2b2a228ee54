import { homedir } from "node:os";
import { join } from "node:path";

/** Folder that caches the results of slow builds, for all working trees of this project. */
export function cacheFolder(content: "tools" | "programs" | "recordings"): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "erp-observability", content);
}
