import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { readStdout } from "../../commands/child";
import { pythonOf } from "../../commands/evidence/python";

export type Profile = "starlette-prometheus" | "fastapi-instrumentator";

/** The reference ERP's API with each HTTP profile, and the Redis of both. */
export interface ReferenceErp {
  readonly apis: Readonly<Record<Profile, { readonly url: string; readonly pid: number; readonly log: string }>>;
  /** Process id of Redis. */
  readonly redis: number;
  stop(): Promise<void>;
}

/** @param folder for logs */
export async function referenceErp(folder: string, sentryDsn: string): Promise<ReferenceErp> {
  const requirements = join(process.cwd(), "erp", "requirements-dev.txt");
  const python = `${await readStdout("erp/virtualenv", [requirements])}/bin/python`;
  const instrumentator = (await pythonOf("erp/profiles/fastapi_instrumentator")).replace(/bin\/python$/, "");
  const packages = join(instrumentator, "lib", "python3.11", "site-packages");
  const started = spawn(python, ["-m", "tests.serve_profiles", folder, sentryDsn, packages], {
    cwd: "erp",
    stdio: ["pipe", "pipe", "pipe"],
  });
  let errors = "";
  started.stderr.on("data", (part) => {
    errors += part;
  });
  const ended = once(started, "exit");
  const ready = once(createInterface({ input: started.stdout }), "line").then(([line]) => JSON.parse(line));
  const failed = ended.then(() => Promise.reject(new Error(`the ERP ended:\n${errors}`)));
  const addresses = await Promise.race([ready, failed]);
  failed.catch(() => {});
  return {
    ...addresses,
    async stop() {
      started.stdin.end();
      await ended;
    },
  };
}
