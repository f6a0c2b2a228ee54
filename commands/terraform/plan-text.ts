import { stripVTControlCharacters } from "node:util";

/**
 * A plan as Terraform shows it, without the `metadata` of changed Helm releases: for every change, the provider shows
 * the whole installed release, including its notes and values, as removed.
 * https://github.com/hashicorp/terraform-provider-helm/issues/1315
 */
export function withoutReleaseMetadata(text: string): string {
  let closing: string | undefined;
  const kept = [];
  for (const line of text.split("\n")) {
    const plain = stripVTControlCharacters(line);
    if (closing === undefined) {
      const [, indent] = /^( +)~ metadata += \{$/.exec(plain) ?? [];
      closing = indent === undefined ? undefined : `${indent}  } -> (known after apply)`;
      kept.push(indent === undefined ? line : `${indent}  # (metadata of the installed release hidden)`);
    } else if (plain === closing) {
      closing = undefined;
    }
  }
  return kept.join("\n");
}
