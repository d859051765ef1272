# All that grading needs, so that it can run without a network. In the repository:
#   docker build -t convwidget-grader -f notebooks/homework/serving/grader.Dockerfile .
FROM python:3.12-slim
COPY pyproject.toml README.md LICENSE /src/
COPY convwidget /src/convwidget
RUN pip install --no-cache-dir /src ipykernel "nbgrader>=0.9.6,<0.10" && rm -r /src
COPY notebooks/homework/serving/grade_in_parts.py /opt/
COPY notebooks/homework/serving/marks_table.py notebooks/homework/serving/submitted.py /opt/
# Anybody may run it: `--user` takes the number of who owns the marks.
ENV HOME=/tmp
USER 1000:1000
ENTRYPOINT ["python", "/opt/grade_in_parts.py", "/course"]
