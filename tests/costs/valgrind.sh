#!/usr/bin/env bash
# Finds valgrind, or installs the distribution's when it may; says plainly what to do otherwise.
set -euo pipefail
command -v valgrind >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends valgrind && exit 0
fi
echo "Counting instructions needs valgrind, none was found and none could be installed." >&2
exit 1
