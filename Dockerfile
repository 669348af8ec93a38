FROM node:22-bookworm-slim AS styles
WORKDIR /styles
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /boardroom
COPY requirements/base.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY --from=styles /styles/node_modules node_modules
COPY . .
RUN find locale -name '*.po' -exec sh -c 'pybabel --quiet compile --input-file "$1" --output-file "${1%.po}.mo"' _ {} \; \
 && useradd --system --home-dir /data --create-home boardroom
USER boardroom
ENV BOARDROOM_DATA=/data PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
CMD ["scripts/web"]
