#!/usr/bin/env bash
# Grade each submission in a container of its own, without a network, which sees nobody else's work:
#   grade_in_containers.sh COURSE set-2 [HOW_MANY_AT_ONCE]
# A notebook that was graded already is left out. Marks: COURSE/parts/set-2/marks.csv
set -euo pipefail
cd "$1"
export assignment=$2 here=$PWD

grade() {
  mkdir -p "parts/$assignment/$1"
  # Its own failure is in its table.
  docker run --rm --network none --read-only --tmpfs /tmp --user "$(id -u):$(id -g)" \
    --cap-drop ALL --security-opt no-new-privileges --memory 1g --pids-limit 256 \
    -v "$here/nbgrader_config.py:/course/nbgrader_config.py:ro" \
    -v "$here/gradebook.db:/course/gradebook.db:ro" \
    -v "$here/submitted/$1/$assignment:/course/submitted/$1/$assignment:ro" \
    -v "$here/parts/$assignment/$1:/parts" \
    convwidget-grader "$assignment" --parts 1 --processes 1 --to /parts || true
}
export -f grade

for folder in submitted/*/"$assignment"; do
  printf '%s\0' "$(basename "$(dirname "$folder")")"
done | xargs -0 -P "${3:-2}" -I STUDENT bash -c 'grade "$1"' grade STUDENT
awk 'NR == 1 || FNR > 1' "parts/$assignment"/*/marks.csv >"parts/$assignment/marks.csv"
