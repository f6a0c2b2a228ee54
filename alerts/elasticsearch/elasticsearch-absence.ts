import { gone, holds, type samples } from "../../kit/alerts/stories/samples";
import { absence, silent } from "../../kit/alerts/stories/scenario";

export const silentAbsence = (...given: ReturnType<typeof samples>[]) =>
  absence(silent({ given, because: "ElasticsearchDown fires" }));

export const goneExporter = [holds(0, "5m"), gone("55m")];
