# Two images from one file:  docker build --target api .   (no torch)   and   docker build --target train .
# Everything is pinned by constraints.txt. Both run as an unprivileged user; state lives in /var/lib/relgraph only.

FROM python:3.13-slim-bookworm AS wheel
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY cypher cypher
COPY graph graph
COPY ingest ingest
COPY gnn gnn
COPY graphql_api graphql_api
COPY relgraph relgraph
COPY simulate simulate
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheel .

FROM node:22-bookworm-slim AS graphiql
WORKDIR /src/graphql_api/graphiql
COPY graphql_api/graphiql ./
RUN npm run build

FROM python:3.13-slim-bookworm AS api
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/relgraph relgraph
ENV RELGRAPH_HOME=/var/lib/relgraph PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
COPY constraints.txt /tmp/constraints.txt
COPY --from=wheel /wheel /tmp/wheel
RUN pip install -c /tmp/constraints.txt /tmp/wheel/*.whl
COPY --from=graphiql /src/graphql_api/static /tmp/static
RUN cp -r /tmp/static/. "$(python -c 'import graphql_api, pathlib; print(pathlib.Path(graphql_api.__file__).parent / "static")')"
USER relgraph
WORKDIR /var/lib/relgraph
VOLUME /var/lib/relgraph
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["relgraph"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]

FROM api AS train
USER root
RUN pip install -c /tmp/constraints.txt "relgraph[gnn] @ file://$(ls /tmp/wheel/*.whl)"
USER relgraph
HEALTHCHECK NONE
CMD ["doctor"]
