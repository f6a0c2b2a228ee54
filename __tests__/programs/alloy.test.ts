import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alloyConfiguration } from "../../commands/alloy-configuration";
import { everyChoice } from "../fixtures/choices";
import { production } from "../fixtures/production";

import { describeWithProgram } from "../tools";

describeWithProgram("alloy", "the configuration of Alloy", (path) => {
  const folder = mkdtempSync(join(tmpdir(), "alloy-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  function validate(configuration: string): string {
    const file = join(folder, "config.alloy");
    writeFileSync(file, configuration);
    const { status, stdout, stderr } = spawnSync(path, ["validate", file], { encoding: "utf8", timeout: 60_000 });
    return status === 0 ? "valid" : stdout + stderr;
  }

  test.each(everyChoice)("of $name is valid", (environment) => {
    expect(validate(alloyConfiguration(environment))).toBe("valid");
  });

  test.each([
    ["stage.cri", "stage.cry", 'unrecognized block name "stage.cry"'],
    ["max_backoff_period", "max_backoff", 'unrecognized attribute name "max_backoff"'],
    ["loki.process.pods.receiver", "loki.process.nodes.receiver", "loki.process.nodes.receiver"],
  ])("is refused when %s is changed to %s", (right, wrong, message) => {
    expect(validate(alloyConfiguration(production).replace(right, wrong))).toContain(message);
  });
});
