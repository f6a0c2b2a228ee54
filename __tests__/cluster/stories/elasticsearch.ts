import { emptyPanels } from "../dashboard-judgements";
import { deployLocal } from "../deployment";
import { elasticsearchImage, removeElasticsearch, startElasticsearch } from "../elasticsearch-server";
import { harms } from "../harms";
import { act, eventually, query } from "../kubernetes";
import { figure } from "../results";
import { trouble } from "../trouble";
import type { Story } from "./story";

export const elasticsearch: Story = {
  name: "elasticsearch",
  proves: "with Elasticsearch its dashboard is filled, and without it the chat is notified",
  minutes: 14,
  needs: "deployment",
  images: async () => [elasticsearchImage],
  async tell() {
    try {
      await startElasticsearch();
      expect((await act("deploy", "--elasticsearch")).code).toBe(0);
      await eventually("indexed orders", 300, () => query("sum(elasticsearch_indices_docs) > 20").length > 0);
      expect(await emptyPanels("Elasticsearch", { elasticsearch: true })).toEqual([]);
      figure("Elasticsearch", query("elasticsearch_version")[0]?.metric.version ?? "");
      const awaited = [{ alert: "ElasticsearchDown", receiver: "chat", within: 7 * 60 }] as const;
      expect(await trouble([harms.noElasticsearch], awaited)).toEqual([]);
    } finally {
      await deployLocal();
      removeElasticsearch();
    }
  },
};
