import "../constructs/without-traces";
import { environments } from "../__tests__/fixtures/environments";
import { staging } from "../__tests__/fixtures/staging";
import { synthesize } from "../main";
import type { Environment } from "../settings/environment";

/** Synthesises our environments, and as many more like staging as are asked for. */
const [outdir, further = "0"] = process.argv.slice(2);
synthesize([...environments, ...Array.from({ length: Number(further) }, likeStaging)], outdir);

/** With a context, state and hosts of its own, all of which say `staging`. */
function likeStaging(_: unknown, index: number): Environment {
  const own = JSON.parse(JSON.stringify(staging).replaceAll("staging", `staging${index}`));
  return { ...own, tier: staging.tier };
}
