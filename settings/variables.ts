import { z } from "zod";
import { message, objectName, secretKey, secretRef, text } from "./fields";

/** Names of variables as Kubernetes accepts them. */
const variableName = text(
  /^(?!\.{1,2}$|\.\.)[-._a-zA-Z][-._a-zA-Z0-9]{0,252}$/,
  "must be the name of an environment variable: letters, digits, `_`, `-` and `.`, and no digit at the beginning",
  "write it such as `HTTPS_PROXY`",
);

/** Ends of names that secrets have. The names of other settings are judged in `secret-kind.ts`. */
const secretVariable = /(^|_)(secret|credentials?|pass|pwd)$/i;

/** The fields of its own pod that a container can read. */
const field = z.enum([
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.podIP",
]);

/**
 * A text, in which Kubernetes replaces `$(NAME)` with an earlier variable, and `$$` with `$`; or the source of the value, in
 * the namespace of the pod.
 */
const variable = z.union(
  [
    z.string(),
    z.strictObject({ secret: secretRef }),
    z.strictObject({ configMap: z.strictObject({ name: objectName, key: secretKey }) }),
    z.strictObject({ field }),
  ],
  {
    error: message(
      "must be text or an object",
      "write it as text, or as { secret: { name, key } }, { configMap: { name, key } } or { field }",
    ),
  },
);

export const variables = z.record(variableName, variable).superRefine((given, context) => {
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== "string" || value === "" || !secretVariable.test(name)) continue;
    context.addIssue({
      code: "custom",
      path: [name],
      message: message(
        "must not be written in the settings: its name is that of a secret",
        "write it as { secret: { name, key } }, and store it in that Secret",
      ),
    });
  }
});

/** All keys of a Secret or of a ConfigMap as variables. */
export const variableSource = z.union(
  [
    z.strictObject({
      /** Name of a Secret in the namespace of the pod. */
      secret: objectName,
      /** Text before each name. @default the names of the keys */
      prefix: variableName.optional(),
    }),
    z.strictObject({
      /** Name of a ConfigMap in the namespace of the pod. */
      configMap: objectName,
      /** Text before each name. @default the names of the keys */
      prefix: variableName.optional(),
    }),
  ],
  { error: message("must be an object", "write it as { secret, prefix? } or as { configMap, prefix? }") },
);

export type Variables = z.infer<typeof variables>;
