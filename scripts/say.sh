# shellcheck shell=bash
# How the scripts talk: one line per step, with the time it took. Sourced, never run.

if [[ -t 1 && -z "${NO_COLOR:-}" ]]; then
  bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  bold='' dim='' red='' green='' plain=''
fi

step() { printf '%s==> %s%s\n' "$bold" "$*" "$plain"; }
note() { printf '%s    %s%s\n' "$dim" "$*" "$plain"; }
good() { printf '%s    %s%s\n' "$green" "$*" "$plain"; }

stop() {
  printf '%s!!! %s%s\n' "$red" "$1" "$plain" >&2
  shift
  for line in "$@"; do printf '    %s\n' "$line" >&2; done
  exit 1
}

# minutes_seconds SECONDS -> "3:07"
minutes_seconds() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

stamps=target/stamps

# is_fresh NAME HASH: was the step NAME completed for exactly this HASH?
is_fresh() { [[ -f "$stamps/$1" && "$(<"$stamps/$1")" == "$2" ]]; }

mark_fresh() {
  mkdir -p "$stamps"
  printf '%s\n' "$2" >"$stamps/$1"
}

# hash_of FILE...: one hash over names and contents
hash_of() { sha256sum -- "$@" | sha256sum | cut -d' ' -f1; }
