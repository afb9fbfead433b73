#!/usr/bin/env bash
# Makes fixtures/ again on Debian 12 (root, for apt-get). Everything comes from Debian and PyPI.
set -euo pipefail
cd "$(dirname "$0")"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends \
  chromium libreoffice-writer-nogui libreoffice-impress-nogui libreoffice-calc-nogui poppler-utils fonts-ipafont fonts-noto-cjk python3-venv
venv=$(mktemp -d)
trap 'rm -rf "$venv"' EXIT
python3 -m venv "$venv"
"$venv/bin/pip" install -q reportlab typst weasyprint openpyxl python-docx python-pptx 'pypdf[crypto]'
"$venv/bin/python" make.py "$@"
