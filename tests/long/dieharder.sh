#!/bin/sh
# dieharder.sh RAW_BITS [all]: Debian's dieharder on the bits of a run; a few quick tests, or all of them (an hour or so).
# Status 77 where dieharder is not installed; 1 where a test says FAILED, which it does by chance once in 1e6.
command -v dieharder >/dev/null || { echo "dieharder is not here: apt-get install dieharder"; exit 77; }
status=0
for order in normal planes; do
  if [ "$2" = all ]; then tests="-a"; else tests="-d 2;-d 8;-d 15;-d 100;-d 101"; fi
  printf '%s\n' "$tests" | tr ';' '\n' | while read -r test; do
    # shellcheck disable=SC2086  # an option and its number
    "$1" "$order" | dieharder -g 200 $test
  done > "dieharder_$order.txt"
  grep '|' "dieharder_$order.txt"
  grep -q 'PASSED' "dieharder_$order.txt" || status=1
  ! grep -q 'FAILED' "dieharder_$order.txt" || status=1
done
exit $status
