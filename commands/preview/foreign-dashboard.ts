import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Model } from "../../kit/dashboards/dashboard";
import type { PageDashboard } from "../../preview/src/session";
import { CommandError } from "../command";

/**
 * Reads a dashboard of another project from a file, as Grafana exports it or its HTTP API returns it.
 * @throws {CommandError} when the file has no dashboard in Grafana's classic model
 */
export function foreignDashboard(path: string): PageDashboard {
  const read = parse(path);
  const model = (read?.dashboard ?? read) as (Partial<Model> & Readonly<Record<"rows", unknown>>) | null;
  // Dashboards from before Grafana 5 have rows with panels.
  if (!model || ![model.panels, model.rows].some(Array.isArray)) {
    throw new CommandError(
      `${path} has no \`panels\`: it is not a dashboard in Grafana's classic JSON model. Export it with "Export for sharing externally" off, in the classic model.`,
    );
  }
  const name = basename(path, ".json");
  return { uid: model.uid ?? name, title: model.title ?? name, model };
}

function parse(path: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new CommandError(`${path} cannot be read as JSON: ${error instanceof Error ? error.message : error}`);
  }
}
