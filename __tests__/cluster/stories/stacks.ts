import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesize } from "../../../main";
import { everyChoice } from "../../fixtures/choices";
import type { Story } from "./story";

export const stacks: Story = {
  name: "stacks",
  proves: "Terraform and the real providers accept all stacks of environments that make every choice",
  minutes: 1,
  needs: "any cluster",
  async run() {
    const outdir = mkdtempSync(join(tmpdir(), "all-stacks-"));
    try {
      synthesize(everyChoice, outdir);
      const names = readdirSync(join(outdir, "stacks"));
      const inCluster = names.filter((name) => !name.startsWith("sentry-"));
      expect(inCluster).toHaveLength(3 * everyChoice.length);
      // The provider of Sentry is in no package registry: `npm run test:programs` applies its stacks.
      for (const name of inCluster) validateStack(join(outdir, "stacks", name));
    } finally {
      rmSync(outdir, { recursive: true });
    }
  },
};

function validateStack(cwd: string): void {
  for (const args of [["init", "-backend=false", "-input=false"], ["validate"]]) {
    execFileSync("terraform", args, { cwd, stdio: "pipe" });
  }
}
