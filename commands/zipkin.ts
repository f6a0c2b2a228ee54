import { type MavenProgram, mavenProgram, mavenVersion } from "./maven-program";

const program: MavenProgram = {
  folder: "zipkin",
  jar: (version) => `zipkin-server-${version}-exec.jar`,
  parts: [],
};

/** The version that `tools/zipkin` pins. */
export const zipkinVersion = mavenVersion(program);

/** The jar of the Zipkin that `tools/zipkin` pins, which Maven downloads once; or the reason why it is missing. */
export function zipkin(): ReturnType<typeof mavenProgram> {
  return mavenProgram(program);
}
