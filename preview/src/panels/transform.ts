import {
  type DataFrame,
  type DataTransformerInfo,
  standardTransformers,
  standardTransformersRegistry,
  transformDataFrame,
} from "@grafana/data";
import { firstValueFrom } from "rxjs";
import type { PanelModel } from "../dashboard/model";

/** Some have two names. */
const transformers = new Map(
  Object.values(standardTransformers as Record<string, DataTransformerInfo>).map((info) => [info.id, info]),
);

standardTransformersRegistry.setInit(() =>
  [...transformers.values()].map((info) => ({
    id: info.id,
    name: info.name,
    transformation: () => Promise.resolve(info),
    editor: () => null,
    imageDark: "",
    imageLight: "",
  })),
);

/** Applies the panel's transformations to the data. Transformations that exist only in Grafana are skipped and listed. */
export async function transform(
  { transformations = [] }: PanelModel,
  frames: readonly DataFrame[],
  replace: (text: string) => string,
): Promise<{ readonly frames: readonly DataFrame[]; readonly notDrawn: readonly string[] }> {
  const active = transformations.filter(({ disabled }) => !disabled);
  const known = active.filter(({ id }) => standardTransformersRegistry.getIfExists(id));
  const missing = active.filter((one) => !known.includes(one)).map(({ id }) => `transformation ${id}`);
  if (known.length === 0) return { frames, notDrawn: missing };
  const context = { interpolate: (text: string) => replace(text) };
  return { frames: await firstValueFrom(transformDataFrame([...known], [...frames], context)), notDrawn: missing };
}
