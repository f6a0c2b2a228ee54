// Bundles the program with everything that it imports: a packed archive needs Node.js and nothing else.
import { build } from "esbuild";

await build({
  entryPoints: ["src/erp-conformance.ts"],
  outfile: "dist/erp-conformance.cjs",
  bundle: true,
  platform: "node",
  target: "node20",
  // kit is in a folder beside this package. Its imports are found here where only this package is installed.
  nodePaths: ["node_modules"],
  banner: { js: "#!/usr/bin/env node" },
  logLevel: "warning",
});
