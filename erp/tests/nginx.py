"""nginx in front of the ERP, as an Ingress controller is."""

from local.servers import Server, binary


class Nginx(Server):
    """
    Keeps idle connections to the server, and appends the caller's address to `X-Forwarded-For`, whatever that header
    contains. Connects from `address`.
    """

    name = "nginx"

    def __init__(self, upstream_port: int, keep_alive_seconds: int = 60, address: str = "127.0.0.2") -> None:
        super().__init__()
        self.address = address
        self.url = f"http://127.0.0.1:{self.port}"
        self._upstream_port = upstream_port
        self._keep_alive_seconds = keep_alive_seconds

    def prepare(self) -> None:
        temporary = "\n".join(f"{kind}_temp_path {self.directory}/{kind};" for kind in _temporary)
        (self.directory / "nginx.conf").write_text(f"""
            daemon off;
            master_process off;
            pid {self.directory}/pid;
            error_log stderr;
            events {{}}
            http {{
              access_log off;
              {temporary}
              upstream erp {{
                server 127.0.0.1:{self._upstream_port};
                keepalive 10;
                keepalive_timeout {self._keep_alive_seconds}s;
              }}
              server {{
                listen 127.0.0.1:{self.port};
                location / {{
                  proxy_pass http://erp;
                  proxy_bind {self.address};
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_set_header Host $http_host;
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                  proxy_set_header X-Forwarded-Proto https;
                }}
              }}
            }}
        """)

    def command(self) -> list[str]:
        return [binary("nginx"), "-p", str(self.directory), "-c", str(self.directory / "nginx.conf")]


_temporary = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
