# syntax=docker/dockerfile:1
#
# Warmpath without Google: one image for everything.
#
#   docker build -t warmpath .
#   docker run -p 8080:8080 --env-file warmpath.env warmpath                          everything, behind the gateway
#   docker run -p 8080:8080 --env-file warmpath.env -e FUNCTION_TARGET=find_path,get_network warmpath    some functions
#   docker run --env-file warmpath.env warmpath migrate                                bring the database up to date

FROM node:22-alpine AS app
WORKDIR /app
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
RUN npm run build

# Every package of the lock file has a wheel for Alpine, so no compiler comes here, and the hashes are those that were tested.
# The file is complete; --no-deps, because it leaves out one that a package names and never imports.
FROM python:3.13-alpine AS packages
RUN python -m venv /venv
COPY selfhost/container.lock /
RUN /venv/bin/pip install --no-cache-dir --no-compile --require-hashes --no-deps --only-binary=:all: -r /container.lock \
    && /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /venv/lib

# What Google Cloud runs: the functions without the app, which a bucket has there.
FROM python:3.13-alpine AS functions
LABEL org.opencontainers.image.title="Warmpath" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN addgroup -S -g 10001 warmpath && adduser -S -u 10001 -G warmpath -h /app warmpath
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PORT=8080
COPY --from=packages /venv /venv
COPY main.py ./
COPY functions/ functions/
COPY shared/ shared/
COPY selfhost/ selfhost/
# An image's files have no dates to go by, so bytecode is trusted as it is; nothing is compiled at the start of a container.
# The folders of files to import and of the key of secrets are made here as well; a volume keeps its owner.
RUN python -m compileall -q --invalidation-mode unchecked-hash . \
    && install -d -m 0700 -o 10001 -g 10001 /uploads /keys
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["python", "-m", "selfhost.container"]
CMD ["serve"]

FROM functions
COPY --from=app /app/dist/ frontend/dist/
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/api/crm/health', timeout=4)"]
