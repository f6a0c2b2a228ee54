/** Commands that build an image and load it into the nodes. The kind of cluster follows from the context's name. */
export function imageLoading(image: string, context: string): string {
  const [, program = context, cluster = ""] = /^(kind|k3d)-(.+)$/.exec(context) ?? [];
  const loading: Readonly<Record<string, string>> = {
    kind: `kind load docker-image ${image} --name ${cluster}`,
    k3d: `k3d image import ${image} --cluster ${cluster}`,
    minikube: `minikube image load ${image}`,
  };
  return `  docker build -t ${image} erp/\n  ${loading[program] ?? "then load it into the nodes, with the tool of this kind of cluster"}`;
}
