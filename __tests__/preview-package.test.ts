import { readFileSync } from "node:fs";
import { join } from "node:path";
import { charts } from "../settings/versions";

const { satisfies } = jest.requireActual<{ satisfies(version: string, range: string): boolean }>("semver");

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly engines?: { readonly node?: string };
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
}

const read = (file: string) => readFileSync(join(__dirname, "..", "preview", file), "utf8");
const manifest = JSON.parse(read("package.json"));
const packages = Object.entries<Locked>(JSON.parse(read("package-lock.json")).packages).filter(([path]) => path !== "");

/** Licences of packages that the page may contain. None of them requires the source of linked code. */
const permittedLicenses = [
  ...[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unlicense",
    "Zlib",
  ],
  // // Licences of single files and of fonts.
  ...["MPL-2.0", "OFL-1.1"],
];

/**
 * Parts of sharp, which writes pictures. They are loaded at run time, as the LGPL requires, and are not part of the
 * page.
 */
const runtimeLibraries = /^node_modules\/@img\/sharp-/;

/** The licence in a package's file LICENSE, if its package.json does not state one. */
const inFile: Readonly<Record<string, string>> = {
  "node_modules/fast-shallow-equal": "Unlicense",
  "node_modules/react-universal-interface": "Unlicense",
};

/** `(MPL-2.0 OR Apache-2.0)`, `MIT AND Zlib`. */
function isPermitted(license: string): boolean {
  const parts = license.replace(/^\((.*)\)$/, "$1");
  if (parts.includes(" OR ")) return parts.split(" OR ").some(isPermitted);
  return parts.split(" AND ").every((part) => permittedLicenses.includes(part));
}

describe("the package of the page that draws dashboards", () => {
  test("contains no package under a licence that would apply to the project, such as the AGPL", () => {
    const refused = packages.filter(([path, { license }]) => {
      const terms = license ?? inFile[path] ?? "unknown";
      return !isPermitted(runtimeLibraries.test(path) ? terms.replaceAll("LGPL-3.0-or-later", "MIT") : terms);
    });
    expect(refused.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  });

  test("refuses the parts of Grafana under the AGPL, and does not contain them", () => {
    expect(["AGPL-3.0-only", "(AGPL-3.0 AND MIT)", "GPL-3.0", "unknown"].filter(isPermitted)).toEqual([]);
    expect(
      packages.map(([path]) => path).filter((path) => /@grafana\/(prometheus|scenes|runtime)$/.test(path)),
    ).toEqual([]);
  });

  test("uses the components of the deployed version of Grafana", () => {
    const minor = (version: string) => version.split(".").slice(0, 2).join(".");
    const drawing = packages.filter(([path]) => /^node_modules\/@grafana\/(data|i18n|schema|ui)$/.test(path));
    expect(drawing.map(([path, { version }]) => [path, minor(version)])).toEqual(
      ["data", "i18n", "schema", "ui"].map((name) => [
        `node_modules/@grafana/${name}`,
        minor(charts.grafana.appVersion),
      ]),
    );
  });

  test("pins every package exactly", () => {
    const versions: string[] = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(read(".npmrc").split("\n")).toEqual(expect.arrayContaining(["save-exact=true", "engine-strict=true"]));
  });

  test("has a lock file without host names of registries and paths of a machine", () => {
    expect(packages.filter(([, { resolved, link }]) => resolved || link)).toEqual([]);
  });

  test.each(["20.19.0", "22.13.0", "24.0.0"])("can be installed with Node %s", (version) => {
    // npm does not install packages for other platforms.
    const needed = packages.filter(([, { optional }]) => !optional);
    const refusing = needed.filter(([, { engines }]) => engines?.node && !satisfies(version, engines.node));
    expect(refusing.map(([path]) => path)).toEqual([]);
    expect(satisfies(version, manifest.engines.node)).toBe(true);
  });
});
