"""
A stand-in for Elasticsearch, so that these tests need no Java. The cluster tests search with a real Elasticsearch.
It answers the three calls that the ERP makes in the form that Elastic documents (cluster health, index a document,
search), and finds documents by words of their text.
https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-cluster-health
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from local.servers import free_port


class ElasticsearchStandIn:
    def __init__(self) -> None:
        self.documents: dict[str, dict] = {}
        self.health = "green"
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer({"cluster_name": "stand-in", "status": stand_in.health, "timed_out": False})

            def do_PUT(self) -> None:
                id_ = self.path.rsplit("/", 1)[1]
                stand_in.documents[id_] = self._body()
                self._answer({"_index": "erp-orders", "_id": id_, "result": "created"}, 201)

            def do_POST(self) -> None:
                query = self._body()["query"]["bool"]
                organization = query["filter"]["term"]["organization_id.keyword"]
                word = query["must"]["multi_match"]["query"]
                hits = [
                    {"_index": "erp-orders", "_id": id_, "_score": 1.0}
                    for id_, document in stand_in.documents.items()
                    if document["organization_id"] == organization and word in document["reference"].split()
                ]
                self._answer({"timed_out": False, "hits": {"total": {"value": len(hits)}, "hits": hits}})

            def _body(self) -> dict:
                return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

            def _answer(self, body: dict, status: int = 200) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(body).encode())

            def log_message(self, *_) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
