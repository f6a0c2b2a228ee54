/** The programs that can apply an export, as `--for` names them. */
export const targets = ["helm", "flux", "argocd"] as const;

export type Target = (typeof targets)[number];
