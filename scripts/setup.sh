#!/usr/bin/env bash
# Installs what sohoa needs on Debian or Ubuntu: system packages that are missing, then .venv from the hashed lock file.
set -euo pipefail
cd "$(dirname "$0")/.."

need() { # command or file, package
  command -v "$1" >/dev/null 2>&1 || [ -e "$1" ] || missing+=("$2")
}
install() {
  local root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  if ! command -v apt-get >/dev/null || { [ "${#root[@]}" -gt 0 ] && ! command -v sudo >/dev/null; }; then
    echo "Thiếu gói hệ thống. Nhờ quản trị viên cài: $* (missing system packages, install them as root)" >&2
    exit 1
  fi
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

missing=()
need tesseract tesseract-ocr
need pdftoppm poppler-utils
need setpriv util-linux
fonts=/usr/share/fonts
find "$fonts" -name 'Tinos-Regular.ttf' 2>/dev/null | grep -q . || missing+=(fonts-croscore)
find "$fonts" -name 'texgyretermes-regular.otf' 2>/dev/null | grep -q . || missing+=(fonts-texgyre)
find "$fonts" -name 'FreeMono.ttf' -o -name 'FreeMono.otf' 2>/dev/null | grep -q . || missing+=(fonts-freefont-ttf)
tesseract --list-langs 2>/dev/null | grep -qx vie || missing+=(tesseract-ocr-vie)
tesseract --list-langs 2>/dev/null | grep -qx osd || missing+=(tesseract-ocr-osd)
[ "${#missing[@]}" -eq 0 ] || install "${missing[@]}"

python=
for candidate in "${SOHOA_PYTHON:-python3}" python3.12 python3.13 python3.11; do
  if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "Cần Python 3.11, 3.12 hoặc 3.13 (Python 3.11 to 3.13 is needed): sudo apt-get install python3 python3-venv" >&2
  exit 1
fi
if ! [ -x .venv/bin/python ]; then
  "$python" -c 'import ensurepip, venv' 2>/dev/null || install "$("$python" -c 'import sys; print(f"python3.{sys.version_info[1]}-venv")')"
  "$python" -m venv .venv
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
.venv/bin/sohoa --help >/dev/null
echo "Đã sẵn sàng: .venv/bin/sohoa (ready)"
