#!/usr/bin/env bash
# The steps of action.yml. Run as: action.sh install | identify | index | check
#
# Every input comes through the environment (IN_...), never through the text of a command, and every word
# of misquote's output goes to a file first: an article must not be able to give the runner commands.
set -euo pipefail

out="${RUNNER_TEMP:-/tmp}/misquote"
usual_index=.misquote/index

# The lines of a variable, without empty ones, as the array `lines`.
read_lines() {
  lines=()
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    line="${line%$'\r'}"
    line="${line#"${line%%[![:space:]]*}"}"
    line="${line%"${line##*[![:space:]]}"}"
    if [ -n "$line" ]; then lines+=("$line"); fi
  done <<< "$1"
}

# Show files in the log as they are; lines in them that look like commands of the runner do nothing.
show() {
  local token
  token="$(python -c 'import secrets; print(secrets.token_hex(16))')"
  printf '::stop-commands::%s\n' "$token"
  cat "$@"
  printf '\n::%s::\n' "$token"
}

tell() { printf '%s\n' "$1" >> "${GITHUB_OUTPUT:-/dev/null}"; }

# torch, which only other models need, is by far the most of an installation; so it is left out.
install() {
  local wanted=(--no-deps --requirement "$IN_ACTION_PATH/ci/without-torch.txt")
  if [ "${IN_INSTALL:-true}" = full ]; then
    wanted=(--constraint "$IN_ACTION_PATH/constraints.txt")
  fi
  python -m pip install --quiet --disable-pip-version-check "${wanted[@]}" "$IN_ACTION_PATH"
}

# What an index depends on besides the coverage: the program and the model.
identify() {
  local identity
  identity="$(python -c '
import hashlib
from checker import __version__
from index.embedded import embedded_folder
model = (embedded_folder() / "misquote.json").read_bytes()
print(__version__ + "-" + hashlib.sha256(model).hexdigest()[:16])')"
  tell "identity=$identity"
}

index() {
  read_lines "$IN_COVERAGE"
  mkdir -p "$out"
  local status=0
  misquote index add --index "${IN_INDEX:-$usual_index}" -- ${lines[@]+"${lines[@]}"} > "$out/index.txt" 2>&1 || status=$?
  show "$out/index.txt"
  return "$status"
}

check() {
  mkdir -p "$out"
  local arguments=(check --format github --color never)
  local report
  for report in full:txt markdown:md sarif:sarif json:json; do
    arguments+=(--report "${report%%:*}:$out/misquote.${report##*:}")
  done
  read_lines "${IN_AGAINST:-}"
  local value
  for value in ${lines[@]+"${lines[@]}"}; do arguments+=(--against "$value"); done
  local folder="${IN_INDEX:-}"
  if [ -n "${IN_COVERAGE:-}" ]; then folder="${folder:-$usual_index}"; fi
  # Without an index of its own, the action leaves the choice to the settings file.
  if [ "${#lines[@]}" -eq 0 ] && [ -n "$folder" ]; then arguments+=(--index "$folder"); fi
  if [ -n "${IN_FAIL_ON:-}" ]; then arguments+=(--fail-on "$IN_FAIL_ON"); fi
  if [ -n "${IN_BASELINE:-}" ]; then arguments+=(--baseline "$IN_BASELINE"); fi
  if [ "${IN_FAIL_ON_UNVERIFIED:-false}" = true ]; then arguments+=(--fail-on-unverified); fi
  read_lines "${IN_ARGUMENTS:-}"
  arguments+=(${lines[@]+"${lines[@]}"})
  read_lines "$IN_PATHS"
  rm -f "$out"/misquote.*
  local status=0
  misquote "${arguments[@]}" -- ${lines[@]+"${lines[@]}"} > "$out/annotations.txt" 2> "$out/log.txt" || status=$?
  local shown=("$out/log.txt")
  if [ -f "$out/misquote.txt" ]; then shown+=("$out/misquote.txt"); fi
  show "${shown[@]}"
  cat "$out/annotations.txt"
  tell "exit-status=$status"
  hand_over
  return "$status"
}

# Counts and files for later steps; numbers and our own paths only, so that no text can add an output.
hand_over() {
  if [ ! -f "$out/misquote.json" ]; then return; fi
  python -c '
import json, sys
summary = json.load(open(sys.argv[1], encoding="utf-8"))["summary"]
for name in ("quotations", "flagged", "unverified", "errors", "warnings"):
    print(f"{name}={int(summary[name])}")' "$out/misquote.json" >> "${GITHUB_OUTPUT:-/dev/null}"
  tell "sarif=$out/misquote.sarif"
  tell "json=$out/misquote.json"
  # A summary of more than 1 MiB fails the step, so a long one is left to the log.
  if [ "$(wc -c < "$out/misquote.md")" -lt 1000000 ]; then
    cat "$out/misquote.md" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
  else
    printf 'The report is too long for a summary; the log has it.\n' >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
  fi
}

case "${1:-}" in
  install | identify | index | check) "$1" ;;
  *)
    printf 'usage: %s install | identify | index | check\n' "$0" >&2
    exit 2
    ;;
esac
