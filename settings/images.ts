import { z } from "zod";
import { message } from "./fields";
import { isPort } from "./urls";

/**
 * The grammar of image references.
 * @see https://pkg.go.dev/github.com/distribution/reference
 */
const domainPart = "[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?";
const domain = `(?:${domainPart}(?:\\.${domainPart})*|\\[[a-fA-F0-9:]+\\])(?::(?<port>[0-9]+))?`;
const pathPart = "[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*";
const repository = `${pathPart}(?:/${pathPart})*`;
const tag = "[\\w][\\w.-]{0,127}";
const digest = "sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}";
const reference = new RegExp(`^(?<name>(?:${domain}/)?${repository})(?::(?<tag>${tag}))?(?:@(?<digest>${digest}))?$`);
const registry = new RegExp(`^${domain}(?:/${repository})?$`);

/** Tags that are usually moved to newer images, so that they do not identify a version. */
const movingTag =
  /^(latest|stable|main|master|trunk|head|edge|next|current|nightly|daily|dev|devel|develop|development|test|testing|qa|staging|stage|prod|production|release|canary|beta|alpha|snapshot|unstable|rolling)$/i;

const written = "write it such as `registry.example.com/erp:1.4.2`";

/** Image with a tag or digest that identifies a version. */
export const image = z
  .string({ error: message("must be text", written) })
  .refine(
    isReference,
    message(
      "must be an image reference: registry and repository in lower case, without a scheme, then one tag or digest",
      written,
    ),
  )
  .refine(
    (given) => !isReference(given) || parts(given).digest !== undefined || parts(given).tag !== undefined,
    message("must have a tag or a digest: without one, it means the tag `latest`", written),
  )
  .refine(
    (given) => !isReference(given) || parts(given).digest !== undefined || !movingTag.test(parts(given).tag ?? ""),
    message(
      "must not have a tag that is moved to newer images: two pods of one rollout could run different versions",
      "write the tag of a version such as `1.4.2`, or add the digest",
    ),
  );

/** A registry, with or without a path. */
export const imageRegistry = z
  .string()
  .refine(
    (given) => hasValidPort(registry.exec(given)),
    message(
      "must be a registry without a scheme and without a trailing slash",
      "write it such as `registry.example.com:5000/mirror`",
    ),
  );

/** The version that an image states: its tag, or otherwise its digest. */
export function versionOf(given: string): string {
  const { tag, digest } = parts(given);
  return tag ?? digest?.replace(/^\w+:/, "") ?? "";
}

function isReference(given: string): boolean {
  // The Docker Hub's own limit, which other registries share.
  return hasValidPort(reference.exec(given)) && (parts(given).name ?? "").length <= 255;
}

function hasValidPort(match: RegExpExecArray | null): boolean {
  const port = match?.groups?.port;
  return match !== null && (port === undefined || isPort(port));
}

function parts(given: string): Readonly<Partial<Record<"name" | "tag" | "digest", string>>> {
  return reference.exec(given)?.groups ?? {};
}
