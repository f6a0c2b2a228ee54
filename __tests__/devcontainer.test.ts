import { readFileSync } from "node:fs";
import { join } from "node:path";

const text = (path: string) => readFileSync(join(__dirname, "..", path), "utf8").trim();

describe("the devcontainer", () => {
  const container = JSON.parse(text(".devcontainer/devcontainer.json"));

  test("has the same versions of Node and Terraform as the project", () => {
    expect(container.image).toMatch(new RegExp(`:${text(".nvmrc")}$`));
    expect(container.features["ghcr.io/devcontainers/features/terraform:1"].version).toBe(text(".terraform-version"));
  });

  test("has the extensions that .vscode/ recommends", () => {
    const { recommendations } = JSON.parse(text(".vscode/extensions.json"));
    expect(container.customizations.vscode.extensions).toEqual(recommendations);
  });
});
