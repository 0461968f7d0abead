#!/usr/bin/env bash
# Finds a Chromium, or installs the distribution's when it may; says plainly what to do otherwise.
set -euo pipefail
for place in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
  if [ -n "$place" ] && [ -x "$place" ]; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium && exit 0
fi
echo "The browser tests need a Chromium, none was found and none could be installed." >&2
echo "Install one (Debian: apt-get install chromium), or set CHROMIUM to its path." >&2
exit 1
