import { readFileSync } from "node:fs";
import { join } from "node:path";

const text = (path: string) => readFileSync(join(__dirname, "..", path), "utf8").trim();

describe("the devcontainer", () => {
  const container = JSON.parse(text(".devcontainer/devcontainer.json"));

  test("has the versions of Node and Terraform that the project names", () => {
    expect(container.image).toMatch(new RegExp(`:${text(".nvmrc")}$`));
    expect(container.features["ghcr.io/devcontainers/features/terraform:1"].version).toBe(text(".terraform-version"));
  });

  test("has the extensions that are recommended outside of it", () => {
    const { recommendations } = JSON.parse(text(".vscode/extensions.json"));
    expect(container.customizations.vscode.extensions).toEqual(recommendations);
  });
});
