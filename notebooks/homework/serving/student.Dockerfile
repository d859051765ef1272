# What a student's server runs on a JupyterHub. In the repository:
#   docker build -t convwidget-student -f notebooks/homework/serving/student.Dockerfile .
FROM python:3.12-slim
RUN apt-get update && apt-get install -y --no-install-recommends git && rm -r /var/lib/apt/lists/*
COPY pyproject.toml README.md LICENSE /src/
COPY convwidget /src/convwidget
# The version of jupyterhub is to be that of the hub.
RUN pip install --no-cache-dir "/src[lab]" jupyterhub nbgitpuller && rm -r /src
RUN useradd --create-home --uid 1000 jovyan
USER jovyan
WORKDIR /home/jovyan
CMD ["jupyterhub-singleuser"]
