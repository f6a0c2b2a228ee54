import { cpSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

/** Files that Grafana's components load from the server: icons and fonts, which their package lacks. */
const served = {
  "@grafana/ui/dist/public/img/icons": "build/img/icons",
  "@fontsource/inter/files/inter-latin-400-normal.woff2": "fonts/inter/Inter-Regular.woff2",
  "@fontsource/inter/files/inter-latin-500-normal.woff2": "fonts/inter/Inter-Medium.woff2",
  "@fontsource/roboto-mono/files/roboto-mono-latin-400-normal.woff2":
    "fonts/roboto/L0xTDF4xlVMF-BfR8bXMIhJHg45mwgGEFl0_3vrtSM1J-gEPT5Ese6hmHSh0mQ.woff2",
};

/**
 * Editors of code and texts, maps, and reports to Grafana Labs, which Grafana's components need and this page never
 * draws. `overrides` of package.json installs an empty package in their place: they are a third of what is installed.
 */
const unused =
  /^(monaco-editor|@monaco-editor\/.*|slate.*|ol\/?.*|@uiw\/.*|@codemirror\/.*|@lezer\/.*|@grafana\/faro-.*)$/;

function servedFiles(): Plugin {
  return {
    name: "served-files",
    writeBundle({ dir = "dist" }) {
      for (const [from, to] of Object.entries(served)) {
        cpSync(resolve("node_modules", from), resolve(dir, "public", to), { recursive: true });
      }
    },
  };
}

export default defineConfig({
  plugins: [servedFiles()],
  resolve: { alias: [{ find: unused, replacement: resolve("absent.cjs") }] },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 10_000,
    // Directives such as "use client" have no effect here.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
