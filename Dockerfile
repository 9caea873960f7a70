# syntax=docker/dockerfile:1
# Targets: cpu (default), gpu (CUDA or Vulkan through ONNX Runtime), human-gpu (tfjs-node-gpu for `engine: human`).

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build-web.mjs scripts/slim.mjs scripts/
COPY src src
COPY web web
COPY models models
RUN npm run -s build && npm prune --omit=dev --no-audit --no-fund && node scripts/slim.mjs

FROM node:20-bookworm-slim AS cpu
# The empty configuration is what a new volume begins with; the dashboard writes cameras into it.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ffmpeg tini \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node /data /cache \
  && install -o node -g node -m 0640 /dev/null /data/emoscope.yaml
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/models models
COPY package.json LICENSE ./
ENV NODE_ENV=production \
  MALLOC_ARENA_MAX=2 \
  MALLOC_MMAP_THRESHOLD_=1048576 \
  MALLOC_TRIM_THRESHOLD_=8388608 \
  XDG_CACHE_HOME=/cache \
  EMOSCOPE_SERVER_HOST=0.0.0.0 \
  EMOSCOPE_SERVER_ACCOUNTS=/data/accounts.json \
  EMOSCOPE_STORE_PATH=/data/emoscope.duckdb \
  EMOSCOPE_CONFIG=/data/emoscope.yaml
USER node
VOLUME ["/data", "/cache"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/usr/bin/tini", "--", "node", "/app/dist/cli/main.js"]
CMD ["serve"]

# ONNX Runtime's CUDA provider (a download of its install script) wants CUDA 12 and cuDNN 9: of these the container toolkit
# brings the driver only. Vulkan needs only the loader.
FROM cpu AS gpu
USER root
RUN --mount=type=bind,from=nvidia/cuda:12.6.3-cudnn-runtime-ubuntu24.04,target=/nvidia \
  apt-get update \
  && apt-get install -y --no-install-recommends libvulkan1 \
  && rm -rf /var/lib/apt/lists/* \
  && mkdir -p /usr/local/cuda/lib64 \
  && cp -P /nvidia/usr/local/cuda-12.6/targets/x86_64-linux/lib/*.so.* /usr/local/cuda/lib64/ \
  && cp -P /nvidia/usr/lib/x86_64-linux-gnu/libcudnn*.so.9* /usr/local/cuda/lib64/ \
  && echo /usr/local/cuda/lib64 > /etc/ld.so.conf.d/cuda.conf \
  && ldconfig \
  && ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild --ignore-scripts=false onnxruntime-node
ENV NVIDIA_VISIBLE_DEVICES=all \
  NVIDIA_DRIVER_CAPABILITIES=compute,utility,graphics,video
USER node

# tfjs-node-gpu downloads libtensorflow 2.9, which was built for CUDA 11.2 and cuDNN 8.1 and takes any later CUDA 11.
FROM cpu AS human-gpu
USER root
RUN --mount=type=bind,from=nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04,target=/nvidia \
  mkdir -p /usr/local/cuda/lib64 \
  && cp -P /nvidia/usr/local/cuda-11.8/targets/x86_64-linux/lib/*.so.* /usr/local/cuda/lib64/ \
  && cp -P /nvidia/usr/lib/x86_64-linux-gnu/libcudnn*.so.8* /usr/local/cuda/lib64/ \
  && echo /usr/local/cuda/lib64 > /etc/ld.so.conf.d/cuda.conf \
  && ldconfig \
  && apt-get update \
  && apt-get install -y --no-install-recommends python3 make g++ \
  && npm install --no-save --ignore-scripts=false --no-audit --no-fund @tensorflow/tfjs-node-gpu@4.22.0 \
  && apt-get purge -y python3 make g++ \
  && apt-get autoremove -y \
  && rm -rf /var/lib/apt/lists/*
ENV EMOSCOPE_INFERENCE_ENGINE=human \
  NVIDIA_VISIBLE_DEVICES=all \
  NVIDIA_DRIVER_CAPABILITIES=compute,utility
USER node

FROM cpu
