#!/usr/bin/env bash
# Grade each submission in a container of its own, without a network, which sees nobody else's work:
#   grade_in_containers.sh COURSE set-2 [HOW_MANY_AT_ONCE]
# A notebook that was graded already is left out. Marks: COURSE/parts/set-2/marks.csv
set -euo pipefail
shopt -s nullglob
if (($# < 2 || $# > 3)); then
  echo "usage: grade_in_containers.sh COURSE ASSIGNMENT [HOW_MANY_AT_ONCE]" >&2
  exit 2
fi
serving=$(cd "$(dirname "$0")" && pwd)
cd "$1"
export assignment=$2 here=$PWD

# What docker's --mount takes; the quotation marks are for names with commas.
mounted() {
  local q='"'
  printf 'type=bind,"source=%s","target=%s"' "${here//$q/$q$q}/${1//$q/$q$q}" "${2//$q/$q$q}"
}

grade() {
  local submission=submitted/$1/$assignment own=parts/$assignment/$1 code=0
  mkdir -p "$own"
  rm -rf "$own/marks.csv" # nothing old is taken for new
  docker run --rm --network none --read-only --tmpfs /tmp --user "$(id -u):$(id -g)" \
    --cap-drop ALL --security-opt no-new-privileges --memory 1g --pids-limit 256 \
    --mount "$(mounted nbgrader_config.py /course/nbgrader_config.py),readonly" \
    --mount "$(mounted gradebook.db /course/gradebook.db),readonly" \
    --mount "$(mounted "$submission" "/course/$submission"),readonly" \
    --mount "$(mounted "$own" /parts)" \
    convwidget-grader "$assignment" --parts 1 --processes 1 --to /parts || code=$?
  rm -rf "$own/ended" # no link of a student's is written through
  echo "$code" >"$own/ended"
}
export -f mounted grade

folders=(submitted/*/"$assignment")
if ((${#folders[@]} == 0)); then
  echo "there are no submissions: put them at $here/submitted/STUDENT/$assignment/" >&2
  exit 1
fi
for folder in "${folders[@]}"; do
  folder=${folder%/*}
  # A link could lead to another's work; the table says so.
  [[ -L $folder || -L $folder/$assignment ]] || printf '%s\0' "${folder##*/}"
done | xargs -0 -r -n 1 -P "${3:-2}" bash -c 'grade "$1"' grade
# Who is not in submitted/ any more is not in the table.
python3 "$serving/grade_in_parts.py" . "$assignment" --merge
