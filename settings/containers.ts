import { z } from "zod";
import { anyText, count, message, name, positive, resources, text, unique } from "./fields";
import { image } from "./images";
import { command } from "./program-command";
import { variableSource, variables } from "./variables";
import { mount } from "./volumes";

/** Name of a port, as Kubernetes accepts it (RFC 6335). */
const portName = text(
  /^(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  "must be the name of a port: at most 15 lower-case letters, digits and dashes, and at least one letter",
  "write it such as `metrics`",
);

const portNumber = positive.max(
  65_535,
  message("must be at most 65535", "write the port on which the program listens"),
);

/** Variables and mounts of a container. */
export const containerParts = {
  /**
   * Environment variables, in the order in which Kubernetes expands `$(NAME)` in them. Those that the stacks set come first.
   * @default none
   */
  env: variables.optional(),
  /** Secrets and ConfigMaps whose keys become variables. Each variable in `env` replaces one of these. @default none */
  envFrom: z.array(variableSource).min(1).optional(),
  /** Volumes that the container mounts. @default none */
  mounts: unique(mount, ({ path }) => path)
    .min(1)
    .optional(),
};

/** An image whose registry is written, because a mirror replaces it. */
const pulledImage = image.refine(
  (given) => /^([^/]*[.:][^/]*|localhost)\//.test(given),
  message(
    "must begin with its registry, which `mirrors.images` replaces",
    "write it such as `docker.io/library/busybox:1.37`",
  ),
);

const container = {
  name,
  image: pulledImage,
  /** The command that the container runs in place of the image's entry point. @default the image's own entry point */
  command: command.optional(),
  /** The arguments of the command. @default the image's own arguments */
  args: z.array(z.string()).min(1).optional(),
  ...containerParts,
  resources,
  /**
   * Exceptions of the container. The Pod Security level `restricted` of the namespace admits no others: no root, no
   * privileges, no capabilities.
   * @default the user of the pod, and a root file system that cannot be written
   */
  securityContext: z
    .strictObject({
      /** User of the container's processes, other than root. @default the user of the pod */
      runAsUser: positive.optional(),
      /** Whether the container cannot write to its root file system. @default true */
      readOnlyRootFilesystem: z.boolean().optional(),
    })
    .optional(),
};

/** A container that runs to completion before the others start. */
export const initContainer = z.strictObject(container);

const timing = {
  /** Seconds between two checks. @default 10 */
  periodSeconds: positive.optional(),
  /** Seconds after which a check without an answer fails. @default 1 */
  timeoutSeconds: positive.optional(),
  /** Failed checks in a row after which Kubernetes acts. @default 3 */
  failureThreshold: positive.optional(),
};

/** A check of a container, by a request, by a connection, or by a command. */
const probe = z.union(
  [
    z.strictObject({
      path: text(/^\/\S*$/, "must begin with /", "write it such as `/healthz`"),
      port: portName,
      ...timing,
    }),
    z.strictObject({ tcp: portName, ...timing }),
    z.strictObject({ command: z.array(anyText).min(1), ...timing }),
  ],
  { error: message("must be an object", "write it as { path, port }, { tcp } or { command }") },
);

/** A container that runs beside the main one. */
export const sidecar = z.strictObject({
  ...container,
  /** The ports that the container listens on, by name. No other container of the pod may have them. @default none */
  ports: z.record(portName, portNumber).optional(),
  /** The check that must succeed once before the others begin. @default the others begin at once */
  startup: probe.optional(),
  /** The check whose failure restarts the container. @default no check restarts it */
  liveness: probe.optional(),
  /** The check whose failure takes the pod, with its main container, out of its Service. @default none */
  readiness: probe.optional(),
  /**
   * How long the container continues before it gets the stop signal, with the command `sleep` of its image. A proxy must
   * last as long as the main container.
   * @default 0
   */
  preStopSeconds: count.optional(),
});

export type InitContainer = z.infer<typeof initContainer>;
export type Sidecar = z.infer<typeof sidecar>;
