import type { Environment } from "../../settings/environment";
import { type RequiredSecret, requiredSecrets } from "../../subjects/required-secrets";
import { Kubectl } from "../cluster/kubectl";
import { creationCommand } from "../secrets/check-secrets";
import { laptopSecretsText } from "../secrets/laptop-secrets";
import type { ExportedFile } from "./export-folder";

/** The sections of a README that depend on the program that applies the export, in Markdown. */
export interface ReadmeSections {
  /** Name of the program, as `--for` accepts it. */
  readonly target: string;
  /** How to apply the export. */
  readonly apply: string;
  /** How to remove what was applied, and what is kept. */
  readonly remove: string;
}

/** The page that describes an export: how to apply it, which Secrets it needs, and how to remove it. */
export function readme(environment: Environment, { target, apply, remove }: ReadmeSections): ExportedFile {
  const { name, cluster } = environment;
  const kubectl = new Kubectl(cluster.context);
  return {
    text: `# ${name} for ${target}

\`npm run export\` wrote this folder from \`config/${name}.ts\`, and replaces its files when it runs again. Do not edit them. Files that
you add stay. The folder contains no secret. \`docs/gitops.md\` of the project describes this export with an example.

## Apply

${apply}

## Secrets

These Secrets must exist in the cluster \`${cluster.context}\`. Each \`<file>\` contains one value, without a line break at its end.${
      environment.tier === "local" ? ` ${laptopSecretsText(name)}` : ""
    }

${requiredSecrets(environment)
  .map((secret) => secretSection(secret, kubectl))
  .join("\n")}
## Remove

${remove}
`,
  };
}

function secretSection(secret: RequiredSecret, kubectl: Kubectl): string {
  const { namespace, name, purpose } = secret;
  return `\`${namespace}/${name}\`: ${purpose}

    ${creationCommand(secret, kubectl)}
`;
}
