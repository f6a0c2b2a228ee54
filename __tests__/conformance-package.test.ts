import { readFileSync } from "node:fs";
import { join } from "node:path";

const read = (file: string) => JSON.parse(readFileSync(join(__dirname, "..", file), "utf8"));
const own = read("conformance/package.json");
const project = read("package.json");
const locked: [string, { readonly license?: string }][] = Object.entries(
  read("conformance/package-lock.json").packages,
);

describe("the package of the checks of an image", () => {
  test("has the same versions as the project of the packages that both use", () => {
    const versions: Readonly<Record<string, string>> = { ...project.dependencies, ...project.devDependencies };
    const shared = Object.entries<string>(own.devDependencies).filter(([name]) => versions[name] !== undefined);
    expect(shared.length).toBeGreaterThan(3);
    expect(shared.filter(([name, version]) => versions[name] !== version)).toEqual([]);
    expect(own.engines).toEqual(project.engines);
  });

  test("needs no packages where it is installed, because its archive contains them", () => {
    expect(own.dependencies).toBeUndefined();
  });

  test("contains no package under a licence that would apply to the project", () => {
    const permitted = ["Apache-2.0", "BSD-3-Clause", "ISC", "MIT"];
    expect(locked.filter(([, { license = "" }]) => !permitted.includes(license)).map(([path]) => path)).toEqual([]);
  });
});
