import { App, TerraformStack } from "cdktf";

const [outdir] = process.argv.slice(2);
const app = new App({ outdir });
new TerraformStack(app, "empty");
app.synth();
