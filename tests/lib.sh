# lib.sh: the Test Anything Protocol for shell, in a few lines.
#
# A test begins with `. "${srcdir:-.}/tests/lib.sh"` and ends with `tap_done`.
# It runs in make check, in prove, or by itself, from the top of the source.
#
#    ok "title" COMMAND...        passes if COMMAND succeeds
#    is "title" GOT EXPECTED      passes if the two texts are equal
#    skip "title" "reason"        was not tried, and why
#    note TEXT                    a remark
#
# $scratch is an empty directory of the test's own, removed at its end.

: "${srcdir:=$(cd "$(dirname "$0")/.." && pwd)}"
[ ! -x "$srcdir/build/naslag" ] || : "${builddir:=$srcdir/build}"
: "${builddir:=$srcdir}"
: "${NASLAG:=$builddir/naslag}"
: "${NASLAG_DATA:=$srcdir/data}"
: "${NASLAG_EXTRACT:=$builddir/naslag-extract}"
export srcdir builddir NASLAG NASLAG_DATA NASLAG_EXTRACT

tap_count=0
tap_failures=0
scratch=$(mktemp -d "${TMPDIR:-/tmp}/naslag-test.XXXXXX") || exit 99
trap 'chmod -R u+rwX "$scratch"; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

tap_result() {
	tap_count=$((tap_count + 1))
	[ "$1" = ok ] || tap_failures=$((tap_failures + 1))
	printf '%s %d - %s\n' "$1" "$tap_count" "$2"
}

ok() {
	tap_title=$1
	shift
	if "$@" >"$scratch/.out" 2>&1; then
		tap_result ok "$tap_title"
	else
		tap_result 'not ok' "$tap_title"
		sed 's/^/# /' "$scratch/.out"
	fi
}

is() {
	if [ "$2" = "$3" ]; then
		tap_result ok "$1"
	else
		tap_result 'not ok' "$1"
		printf 'got      %s\nexpected %s\n' "$2" "$3" | sed 's/^/# /'
	fi
}

skip() {
	tap_result ok "$1 # SKIP $2"
}

note() {
	printf '%s\n' "$*" | sed 's/^/# /'
}

tap_done() {
	echo "1..$tap_count"
	[ "$tap_failures" -eq 0 ]
	exit
}
