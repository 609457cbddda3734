#!/bin/sh
# Installs the system packages a target needs, where this user may; else says in one line what to install.
#   system.sh print      Pango for the PDF reports, and Python's venv
#   system.sh browser    Chromium, for the tests that drive a real browser
#   system.sh java       a Java development kit and JAXB, for veraPDF (tests of accessible PDFs; skipped without)
#   system.sh browsers   Firefox and WebKitGTK with its driver, for `make browsers`
#   system.sh proxies    nginx, Caddy and systemd's tools, for `make proxies`; on a running system apt starts the first two
set -eu
PATH="$PATH:/usr/sbin:/sbin" # where ldconfig lies, for users who are not root

case "$1" in
  print)
    need="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    have() { ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0 && ldconfig -p | grep -q libharfbuzz-subset; }
    version=$("${PYTHON:-python3}" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "${PYTHON:-python3}" -c 'import ensurepip' 2>/dev/null || need="$need python$version-venv"
    ready() { have && "${PYTHON:-python3}" -c 'import ensurepip' 2>/dev/null; } ;;
  browser)
    need="chromium fonts-noto-core libatomic1"   # the last for Playwright's own Node
    browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }
    ready() { browser && ldconfig -p | grep -q libatomic.so.1; } ;;
  java)
    need="libjaxb-java"
    command -v javac >/dev/null 2>&1 || need="$need default-jdk-headless"
    ready() { command -v javac >/dev/null 2>&1 && test -e /usr/share/java/jaxb-runtime.jar; } ;;
  browsers)
    need="firefox-esr webkit2gtk-driver xvfb fonts-noto-core"
    ready() { command -v firefox-esr && command -v WebKitWebDriver && command -v Xvfb; } >/dev/null 2>&1 ;;
  proxies)
    need="nginx-light caddy systemd"
    ready() { command -v nginx && command -v caddy && command -v systemd-analyze; } >/dev/null 2>&1 ;;
  *) echo "system.sh: print, browser, java, browsers or proxies" >&2; exit 2 ;;
esac

ready && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "Please install what your system calls: $need" >&2; exit 1
elif [ "$(id -u)" = 0 ]; then as=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as="sudo"
else echo "Please run once: sudo apt-get install $need" >&2; exit 1
fi

echo "Installing system packages: $need"
$as apt-get update -q >/dev/null
DEBIAN_FRONTEND=noninteractive $as apt-get install -y -q --no-install-recommends $need >/dev/null
ready || { echo "Installed, but still not found: $need" >&2; exit 1; }
