#!/usr/bin/env bash
# Install what the tests need beyond Python, where this machine lets us; say what was done or is missing.
# A test whose part is missing skips with its reason (and fails in CI, where every part can be had).
set -u

wanted=()
command -v tesseract >/dev/null || wanted+=(tesseract-ocr tesseract-ocr-eng)

if [ ${#wanted[@]} -eq 0 ]; then
  echo "system packages: all there"
elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "system packages: installing ${wanted[*]}"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${wanted[@]}"; } >/dev/null 2>&1 ||
    echo "system packages: apt-get refused; tests that need them will skip"
else
  echo "system packages: missing ${wanted[*]}; install them to run the tests that need them"
fi
