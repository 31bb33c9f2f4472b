#!/usr/bin/env bash
# Build dist/artist-console/ with PyInstaller and try it away from the source tree.
# Takes the Python of the environment: .venv/bin/pip install -e ".[freeze]" comes first.
set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
python=${PYTHON:-$top/.venv/bin/python}

cd "$top"
"$python" -m PyInstaller --noconfirm --log-level WARN \
  --distpath "$top/dist" --workpath "$top/build/pyinstaller" packaging/artist-console.spec

away=$(mktemp -d)
trap 'rm -rf "$away"' EXIT
cp -r "$top/dist/artist-console" "$away/"
cd "$away"
./artist-console/artist-console --version
QT_QPA_PLATFORM=offscreen ./artist-console/artist-console self-test
du -sh "$top/dist/artist-console"
