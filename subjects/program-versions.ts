/** The version in the tag of an image, without a leading `v`, and without the digest that may follow the tag. */
export function imageVersion(image: string): string {
  const [tagged = ""] = image.split("@");
  return plainVersion(tagged.slice(tagged.lastIndexOf(":") + 1));
}

/** A version without a leading `v`: some programs state theirs as `v1.2.3`, some as `1.2.3`. */
export function plainVersion(version: string): string {
  return version.replace(/^v/, "");
}
