import { dirname } from "node:path";
import { Faults } from "../faults";
import { loadingFault } from "../settings/loading-fault";

/** The text for an error that nothing caught: for a file that cannot be loaded, the fault in it. */
export function uncaughtText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isLoading = error.name === "TransformError" || ("code" in error && error.code === "MODULE_NOT_FOUND");
  return isLoading
    ? new Faults([loadingFault(error, dirname(__dirname), "./")]).message
    : (error.stack ?? error.message);
}
