import "../constructs/disable-stack-traces";
import { environments } from "../__tests__/fixtures/environments";
import { staging } from "../__tests__/fixtures/staging";
import { synthesize } from "../main";
import type { Environment } from "../settings/environment";

/** Synthesises our environments, and the requested number of copies of staging. */
const [outdir, further = "0"] = process.argv.slice(2);
synthesize([...environments, ...Array.from({ length: Number(further) }, copyOfStaging)], outdir);

/** A copy of staging with its own context, state and hosts: all of their names contain `staging`. */
function copyOfStaging(_: unknown, index: number): Environment {
  const own = JSON.parse(JSON.stringify(staging).replaceAll("staging", `staging${index}`));
  return { ...own, tier: staging.tier };
}
