#!/bin/sh
# The service and timer of data/systemd are good units, shut in, and let the
# program do what it does.
. "${srcdir:-.}/tests/lib.sh"

units=$srcdir/data/systemd
if ! command -v systemd-analyze >/dev/null; then
	skip "the service is a good unit" "systemd is not installed"
	tap_done
fi

# As installed, with programs that are there.
mkdir "$scratch/bin" "$scratch/units"
ln -s "$NASLAG" "$scratch/bin/naslag"
sed "s|@bindir@|$scratch/bin|g" "$units/naslag-index.service.in" \
    >"$scratch/units/naslag-index.service"
cp "$units/naslag-index.timer" "$scratch/units"
cd "$scratch/units" || exit 99

is "no place is left open" "$(grep '@' naslag-index.service | grep -c '@bindir')" 0
if [ -x "$NASLAG" ]; then
	is "the service and the timer are good units" \
	    "$(systemd-analyze verify --man=no ./naslag-index.service \
		./naslag-index.timer 2>&1 && echo good)" good
else
	skip "the service and the timer are good units" "naslag is not built"
fi

exposure=$(systemd-analyze security --offline=true --no-pager \
    ./naslag-index.service 2>"$scratch/err" | sed -n 's/.*exposure level.*: \([0-9.]*\) .*/\1/p')
if [ -n "$exposure" ]; then
	note "exposure level $exposure of 10"
	ok "the service is shut in: exposure at most 1 of 10" \
	    awk "BEGIN { exit !($exposure <= 1.0) }"
else
	skip "the service is shut in" "$(head -n 1 "$scratch/err")"
fi

is "the timer makes up for nights that were missed" \
    "$(sed -n 's/^Persistent=//p' naslag-index.timer)" true

# ---- system calls ----

# The calls of a set of systemd's, sets within it included.
calls_of() {
	systemd-analyze syscall-filter "$1" | sed '1d; s/#.*//; s/ //g' |
	    while read -r call; do
		case $call in
		@*) calls_of "$call" ;;
		?*) echo "$call" ;;
		esac
	    done
}

# What SystemCallFilter= lets through: of the lines, those with ~ take away.
allowed() {
	sed -n 's/^SystemCallFilter=//p' naslag-index.service >filters
	for line in 1 2 3; do
		words=$(sed -n "${line}p" filters)
		file=with
		case $words in
		'~'*) file=without ;;
		esac
		for word in ${words#\~}; do
			case $word in
			@*) calls_of "$word" ;;
			*) echo "$word" ;;
			esac
		done >>$file
	done
	sort -u with >with.sorted
	sort -u without >without.sorted
	comm -23 with.sorted without.sorted
}

title="the service may do what a run does"
if ! command -v strace >/dev/null || [ ! -x "$NASLAG_EXTRACT" ] ||
    ! strace -f -qq -o "$scratch/trace" env NASLAG_CONF=/dev/null \
    "$NASLAG" index --index="$scratch/index" "$srcdir/data/corpus" \
    >"$scratch/out" 2>&1; then
	skip "$title" "there is no strace that works"
else
	allowed >"$scratch/allowed"
	sed -n 's/^[0-9]* *\([a-z_0-9]*\)(.*/\1/p' "$scratch/trace" |
	    sort -u >"$scratch/used"
	is "$title" "$(comm -23 "$scratch/used" "$scratch/allowed")" ""
	ok "and that is something" grep -qx seccomp "$scratch/used"
fi

tap_done
