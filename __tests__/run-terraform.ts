import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// biome-ignore lint/suspicious/noExplicitAny: Terraform's JSON
type Json = any;

/** Applies a configuration without providers with the real Terraform. */
export function applyWithTerraform(configuration: object, variables: Record<string, string> = {}) {
  return inFolder(configuration, variables, (run) => {
    run("apply", "-auto-approve", "-input=false", "-no-color");
    return { outputs: JSON.parse(run("output", "-json").toString()) as Json };
  });
}

/** The arguments of a backend, as the real Terraform reads them: `terraform init` notes them. */
export function backendInTerraform(backend: object) {
  return inFolder({ terraform: { backend } }, {}, (run, directory) => {
    run("init", "-input=false", "-no-color");
    const noted = join(directory, ".terraform/terraform.tfstate");
    return { config: existsSync(noted) ? JSON.parse(readFileSync(noted, "utf8")).backend.config : {} };
  });
}

type RunTerraform = (...args: string[]) => Buffer;

function inFolder<Result extends object>(
  configuration: object,
  variables: Record<string, string>,
  use: (run: RunTerraform, directory: string) => Result,
): { status: number; output: string } & Partial<Result> {
  const directory = mkdtempSync(join(tmpdir(), "terraform-"));
  writeFileSync(join(directory, "main.tf.json"), JSON.stringify(configuration));
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", ...variables };
  const run: RunTerraform = (...args) =>
    execFileSync("terraform", [`-chdir=${directory}`, ...args], {
      env,
      stdio: "pipe",
      maxBuffer: 2 ** 26,
      timeout: 10 * 60_000,
    });
  try {
    return { status: 0, output: "", ...use(run, directory) };
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer };
    return { status: 1, output: `${stdout}${stderr}` } as { status: number; output: string } & Partial<Result>;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
