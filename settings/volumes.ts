import { z } from "zod";
import { bytes, message, name, objectName, secretKey, text } from "./fields";

/** Path of a file below the folder at which a volume is mounted. */
const relativePath = text(
  /^(?!\/)(?!(.*\/)?\.\.(\/|$))[^\s:\\]+$/,
  "must be a relative path without `..`",
  "write it such as `certificates/ca.crt`",
);

/** The keys that become files, with the paths of their files. */
const items = z
  .record(secretKey, relativePath)
  .refine(
    (given) => Object.keys(given).length > 0,
    message("must not be empty", "name a key, or leave it out for all keys"),
  );

/** The sources of volumes that the Pod Security level `restricted` admits, in the namespace of the pod. */
const volume = z.union(
  [
    z.strictObject({
      /** An empty folder, which lives as long as the pod. */
      emptyDir: z.strictObject({
        /** Size above which the pod is evicted. */
        sizeLimit: bytes,
        /** `Memory`: the files count as memory of the container that wrote them. @default the disk of the node */
        medium: z.enum(["Memory"]).optional(),
      }),
    }),
    z.strictObject({
      /** Name of a ConfigMap. */
      configMap: objectName,
      /** The keys that become files. @default every key, as a file of the same name */
      items: items.optional(),
    }),
    z.strictObject({
      /** Name of a Secret. */
      secret: objectName,
      /** The keys that become files. @default every key, as a file of the same name */
      items: items.optional(),
    }),
    z.strictObject({
      /** Name of a PersistentVolumeClaim. If several pods write to it, its access mode must allow that. */
      claim: objectName,
    }),
    z.strictObject({
      /** A read-only volume of a driver, such as that of the Secrets Store. */
      csi: z.strictObject({
        driver: objectName,
        /** Attributes that the driver reads. @default none */
        volumeAttributes: z.record(z.string().min(1), z.string()).optional(),
      }),
    }),
  ],
  {
    error: message(
      "must be an object",
      "write it as { emptyDir: { sizeLimit } }, { configMap }, { secret }, { claim } or { csi: { driver } }",
    ),
  },
);

/** Folders that programs and the container runtime need as they are. */
const systemFolder = /^\/(bin|boot|dev|etc|lib|lib64|proc|run|sbin|sys|usr|var)?$/;

const mountPath = text(
  /^\/(?!(.*\/)?\.{1,2}(\/|$))(?!.*\/\/)[^\s:\\]*$/,
  "must be an absolute path without `..`, without `:` and without white space",
  "write it such as `/etc/shop`",
)
  .refine(
    (path) => path === "/" || !path.endsWith("/"),
    message("must not end with a slash", "remove the slash at the end"),
  )
  .refine(
    (path) => !systemFolder.test(path) && !/^\/(dev|proc|sys)\//.test(path),
    message(
      "must not hide a folder of the system, which programs need",
      "mount it at a folder below, such as `/etc/shop`",
    ),
  )
  .refine(
    (path) => !/^\/(var\/)?run\/secrets\/kubernetes\.io(\/|$)/.test(path),
    message("must not be the folder of the token that Kubernetes mounts", "use another path"),
  );

export const mount = z.strictObject({
  /** Name of a volume in `volumes`. */
  volume: name,
  path: mountPath,
  /** The path of a single file or folder in the volume. @default the whole volume is mounted */
  subPath: relativePath.optional(),
  /** Whether the container can only read the volume. @default true */
  readOnly: z.boolean().optional(),
});

export const volumes = z.record(name, volume);

export type Volumes = z.infer<typeof volumes>;
export type Mount = z.infer<typeof mount>;
