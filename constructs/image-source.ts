/** The registry of a chart's images, and the credentials for it. */
export interface ImageSource {
  /** The registry that is put before the repositories of all images. @default the public registries */
  readonly imageRegistry?: string;
  /** Names of Secrets with the credentials of registries. @default the registries need no credentials */
  readonly imagePullSecrets?: readonly string[];
}

/** Values for the charts that read both from `global`. */
export function globalImages({ imageRegistry, imagePullSecrets }: ImageSource) {
  if (imageRegistry === undefined && imagePullSecrets === undefined) return {};
  return { global: { ...(imageRegistry && { imageRegistry }), ...pullSecrets(imagePullSecrets) } };
}

/** The field `imagePullSecrets`, as pods and most charts have it. */
export function pullSecrets(names: readonly string[] | undefined) {
  return names ? { imagePullSecrets: names.map((name) => ({ name })) } : {};
}
