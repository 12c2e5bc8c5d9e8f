#!/usr/bin/env bash
# The main job on the samples, with the embedded index, in a home of its own (.demo).
set -euo pipefail
cd "$(dirname "$0")/.."
export FINDINGAID_HOME="$PWD/.demo" FINDINGAID_GAZETTEER="$PWD/samples/gazetteer.json"
unset PREFECT_API_URL
findingaid=".venv/bin/findingaid"
rm -rf "$FINDINGAID_HOME"

show() {
  local word line=''
  for word in "$@"; do
    case $word in *[!A-Za-z0-9./:=_-]*) line+=" '$word'" ;; *) line+=" $word" ;; esac
  done
  printf '\n\033[1m$ findingaid%s\033[0m\n' "$line"
  "$findingaid" "$@"
}

show ingest samples/reports
show search '"body worn video" OR whatsapp' --role finding --limit 3
show recommendations --report operation-larkfield-thematic-report.pdf
show compare --by investigation --theme records --theme culture

cat <<EOF

That was an index of invented reports, kept in .demo. Try next:

  export FINDINGAID_HOME=.demo FINDINGAID_GAZETTEER=samples/gazetteer.json
  $findingaid search 'role:finding custody'        only what a reporting body found
  $findingaid status                               what was read, and what was not
  $findingaid ingest FOLDER                        your own reports
EOF
