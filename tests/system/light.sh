#!/usr/bin/env bash
# The base install in an environment of its own: small, without torch or Prefect, and enough to read, tag, index and search.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=$PWD/.venv-light/bin
most=700 # megabytes, as issue and README promise
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export FINDINGAID_HOME=$home FINDINGAID_GAZETTEER=$PWD/samples/gazetteer.json
unset PREFECT_API_URL FINDINGAID_MODEL FINDINGAID_RUNTIME

fail() {
  echo "light install: $*" >&2
  exit 1
}

size=$(du -sm .venv-light | cut -f1)
[ "$size" -le "$most" ] || fail "$size MB, more than $most"
"$bin/python" - <<'PYTHON' || fail "it holds what only an extra should bring"
import importlib.util, sys
extras = ("torch", "transformers", "peft", "nvidia", "openvino", "prefect", "elasticsearch", "matplotlib", "onnx")
held = [name for name in extras if importlib.util.find_spec(name)]
sys.exit(", ".join(held) or None)
PYTHON

"$bin/findingaid" read samples/reports/pfd-halloran-2024-0917.pdf --json >"$home/blocks"
"$bin/findingaid" tag samples/labels.jsonl >"$home/tags"
"$bin/findingaid" ingest samples/reports/custody-death-northmoor-case-summary.pdf --workers 1 2>"$home/talk" || fail "$(tail -3 "$home/talk")"
"$bin/findingaid" search custody --json >"$home/hits"
"$bin/findingaid" recommendations --json >"$home/register"
for part in blocks tags hits register; do
  [ -s "$home/$part" ] || fail "it gave no $part"
done
said=$("$bin/findingaid" tag samples/labels.jsonl --runtime torch 2>&1 >/dev/null) && fail "torch ran without torch"
[[ $said == *"findingaid[torch]"* ]] || fail "a missing runtime names no extra to install: $said"
echo "light install: $size MB; it reads, tags, indexes and searches"
