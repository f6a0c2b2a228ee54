import { describeWith, describeWithProgram } from "../tools";
import { alloyProcess } from "./alloy-process";
import type { LogAgent } from "./node";
import { promtailProcess } from "./promtail-process";

/**
 * Tests that each log agent must pass. `npm test` runs them with Promtail, and `npm run test:programs` also with Alloy.
 */
export function describeLogAgents(title: string, tests: (agent: LogAgent) => void): void {
  describeWith("promtail", `${title} (Promtail)`, (_, path) => tests(promtailProcess(path)));
  if (process.env.LOG_AGENTS !== "all") return;
  describeWithProgram("alloy", `${title} (Alloy)`, (path) => tests(alloyProcess(path)));
}
