import { emptyPanels } from "../dashboard-judgements";
import { deployLocal } from "../deployment";
import { disruptUntilNotified } from "../disrupt-until-notified";
import { disruptions } from "../disruptions";
import { elasticsearchImage, removeElasticsearch, startElasticsearch } from "../elasticsearch-server";
import { act, eventually, query } from "../kubernetes";
import { figure } from "../results";
import type { Story } from "./story";

export const elasticsearch: Story = {
  name: "elasticsearch",
  proves: "the Elasticsearch dashboard has data, and the chat is notified when Elasticsearch is down",
  minutes: 14,
  needs: "deployment",
  images: async () => [elasticsearchImage],
  async run() {
    try {
      await startElasticsearch();
      expect((await act("deploy", "--elasticsearch")).code).toBe(0);
      await eventually("indexed orders", 300, () => query("sum(elasticsearch_indices_docs) > 20").length > 0);
      expect(await emptyPanels("Elasticsearch", { elasticsearch: true })).toEqual([]);
      figure("Elasticsearch", query("elasticsearch_version")[0]?.metric.version ?? "");
      const expected = [{ alert: "ElasticsearchDown", receiver: "chat", within: 7 * 60 }] as const;
      expect(await disruptUntilNotified([disruptions.noElasticsearch], expected)).toEqual([]);
    } finally {
      await deployLocal();
      removeElasticsearch();
    }
  },
};
