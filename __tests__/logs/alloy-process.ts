import { alloyConfigurationAt } from "../../commands/alloy-configuration";
import { production } from "../fixtures/production";
import type { LogAgent } from "./node";

/** Alloy with the synthesised configuration of production. */
export function alloyProcess(path: string): LogAgent {
  return {
    path,
    configuration: (place) => alloyConfigurationAt(production, place),
    args: (file, { folder, port }) => [
      "run",
      `--server.http.listen-addr=127.0.0.1:${port}`,
      `--storage.path=${folder}/alloy`,
      "--disable-reporting",
      file,
    ],
  };
}
