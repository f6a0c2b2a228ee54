import { checkExporters } from "../subjects/check-exporters";
import { elasticsearch } from "../subjects/elasticsearch";
import { subjectsOf } from "../subjects/listings";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";

test("the exporters of an environment have a value for each of their variables", () => {
  expect([local, production].flatMap((one) => checkExporters(subjectsOf(one), one))).toEqual([]);
});

test("an exporter in an environment without the settings of its server is a fault", () => {
  expect(checkExporters([elasticsearch], local)).toEqual([
    {
      place: "subjects/elasticsearch.ts: exporter.env.ELASTICSEARCH_URL",
      rule: "must have a value in every environment that has the subject",
      remedy: "set `when` so that only environments with its settings have it, or make the setting required",
    },
  ]);
});
