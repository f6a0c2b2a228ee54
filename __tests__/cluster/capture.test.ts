import { captureSlice } from "./capture-slice";
import { deployOrContinue, deployRecorded, destroyLocal, onDeployment } from "./deployment";
import { slices } from "./slices";
import { atTheEnd, check, minute, requiredStep } from "./steps";

const names = process.env.CLUSTER_SLICES?.split(",") ?? [];
const keeps = process.env.CLUSTER_KEEP === "true";

describe("slices of the recording", () => {
  requiredStep(
    "deployment: `recorded` is deployed, or the run continues on the kept deployment",
    () => deployOrContinue(deployRecorded),
    20 * minute,
  );

  for (const slice of slices.filter(({ name }) => names.includes(name))) {
    check(`${slice.name}: ${slice.title}`, () => onDeployment(slice.name, () => captureSlice(slice)), 90 * minute);
  }

  if (!keeps) {
    atTheEnd(
      "deployment: the deployment is destroyed",
      async () => expect((await destroyLocal()).code).toBe(0),
      15 * minute,
    );
  }
});
