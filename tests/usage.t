#!/bin/sh
# What is wrong is said in one clear line, with the right exit status, and
# nothing is printed that could be taken for an answer.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

mkdir "$scratch/leeg" "$scratch/klein"
echo 'Een klein document over zeegras.' >"$scratch/klein/een.txt"
: >"$scratch/bestand"
"$NASLAG" index "$corpus" >"$scratch/out" 2>&1
cd "$scratch" || exit 99

# is_refused TITLE STATUS FRAGMENT: what naslag() just did
is_refused() {
	problem=
	[ "$status" = "$2" ] || problem="status $status, not $2; "
	[ "$(wc -l <"$scratch/err")" = 1 ] || problem="$problem not one line; "
	[ ! -s "$scratch/out" ] || problem="$problem output; "
	grep -qF -e "$3" "$scratch/err" || problem="$problem no '$3'; "
	iconv -f UTF-8 -t UTF-8 "$scratch/err" >/dev/null 2>&1 ||
	    problem="$problem not UTF-8; "
	! LC_ALL=C grep -q '[[:cntrl:]]' "$scratch/err" ||
	    problem="$problem a control; "
	is "$1" "${problem:+$problem$(cat "$scratch/err")}" ""
}

# ---- the table ----

while IFS= read -r line; do
	case $line in
	'#'*) continue ;;
	esac
	words=${line%%"$tab"*}
	rest=${line#*"$tab"}
	set --
	set -f
	for word in $words; do
		# The x keeps a newline at the end.
		word=$(printf '%bx' "$word")
		word=${word%x}
		case $word in
		@*) word=$scratch${word#@} ;;
		*=@*) word=${word%%@*}$scratch${word#*@} ;;
		esac
		set -- "$@" "$word"
	done
	set +f
	naslag "$@"
	is_refused "naslag ${words:-without arguments}: ${rest%%"$tab"*}" \
	    "${rest%%"$tab"*}" "${rest#*"$tab"}"
done <"$srcdir/tests/usage.tsv"

naslag search --q="$(printf '%05000d' 0)"
is_refused "a question beyond the limit: 2" 2 'de vraag is te lang'
naslag search --kenmerk="$(printf '%0300d' 0)"
is_refused "a value beyond the limit: 2" 2 'kenmerk is leeg of te lang'

# ---- what can be written ----

"$NASLAG" search asiel >/dev/full 2>"$scratch/err"
status=$?
: >"$scratch/out"
is_refused "output on a full disk: 74" 74 'cannot write to standard output'
"$NASLAG" search --vorm=json --aantal=1000 2>"$scratch/err" | head -c 10 \
    >"$scratch/out"
is "a reader that has seen enough is no error" "$(cat "$scratch/err")" ""

# ---- settings ----

while IFS=$tab read -r line said; do
	printf '# naslag\n%s\n' "$line" >"$scratch/wrong.conf"
	NASLAG_CONF=$scratch/wrong.conf naslag search asiel
	is_refused "naslag.conf with '$line': 78" 78 "wrong.conf:2: $said"
done <<END
index	not of the form NAME = VALUE
indeks = /tmp	unknown setting 'indeks'; known are: canaries, contact, delta, documents, index
jobs = veel	bad value for 'jobs'
jobs = 1000	bad value for 'jobs'
END
NASLAG_CONF=$scratch/geen.conf naslag search asiel
is_refused "a naslag.conf that is named but not there: 78" 78 'cannot read'
printf 'index = %s\n' "$NASLAG_INDEX" >"$scratch/right.conf"
naslag_index=$NASLAG_INDEX
unset NASLAG_INDEX
NASLAG_CONF=$scratch/right.conf naslag search asiel
is "naslag.conf names the index" "$status" 0
NASLAG_CONF=$scratch/right.conf naslag search --index="$scratch/leeg" asiel
is "but the option wins" "$status" 66
NASLAG_INDEX=$naslag_index
export NASLAG_INDEX
NASLAG_DATA=$scratch/leeg naslag search asiel
is_refused "data that are not there: 78" 78 "$scratch/leeg"
NASLAG_EXTRACT=$scratch/geen naslag index --index="$scratch/x" klein
is_refused "naslag-extract that is not there: 78" 78 "$scratch/geen"

# ---- other analysis ----

cp -R "$NASLAG_DATA" "$scratch/data"
chmod -R u+w "$scratch/data"
rm -rf "$scratch/data/corpus"
printf 'zeegras\tzeegras\n' >>"$scratch/data/stammen.tsv"
mend="naslag index --rebuild --index=$NASLAG_INDEX CORPUS"
for command in 'search asiel' 'show PUC_5126_1' 'status' "index $corpus" \
    "index --dry-run $corpus"; do
	# shellcheck disable=SC2086 # words
	NASLAG_DATA=$scratch/data naslag $command
	is_refused "naslag ${command%% *}, other analysis: 69, with the remedy" \
	    69 "$mend"
done
is "the index is as good as it was" "$(total asiel)" \
    "$(found asiel | jq '.resultaten | length')"
NASLAG_DATA=$scratch/data naslag index --rebuild "$corpus"
is "the remedy helps" "$status" 0
NASLAG_DATA=$scratch/data naslag search asiel
is "then one can search with the other analysis" "$status" 0
naslag search asiel
is_refused "and not with the one before" 69 "$mend"

# ---- damage ----

# damaged TITLE COMMAND: what is left of the index after COMMAND is refused
# with 69, and --rebuild mends it.
damaged() {
	rm -rf "$scratch/damaged"
	cp -R "$scratch/whole" "$scratch/damaged"
	(cd "$scratch/damaged" && sh -c "$2")
	naslag search --index="$scratch/damaged" --vorm=json asiel
	is_refused "$1: 69" 69 "$scratch/damaged"
	naslag index --index="$scratch/damaged" --rebuild klein
	is "$1: --rebuild mends it" "$status" 0
	naslag search --index="$scratch/damaged" zeegras
	is "$1: and then it answers" "$status" 0
}
"$NASLAG" index --index="$scratch/whole" klein >"$scratch/out" 2>&1
damaged "a stub that is no stub" 'echo onzin >current'
damaged "an empty stub" ': >current'
damaged "a stub that names what is not there" 'echo auto gen-99 >current'
damaged "a generation without its tables" 'rm gen-1/*.glass'
damaged "an empty table" ': >gen-1/postlist.glass'
damaged "a cut version file" 'head -c 20 gen-1/iamglass >x; mv x gen-1/iamglass'
damaged "a table of noise" 'yes onzin | head -c 65536 >gen-1/postlist.glass'
rm -rf "$scratch/damaged"
cp -R "$scratch/whole" "$scratch/damaged"
echo onzin >>"$scratch/damaged/gen-1/files"
naslag status --index="$scratch/damaged"
is_refused "naslag status, a damaged list of files: 69" 69 'files is damaged'
naslag index --index="$scratch/damaged" klein
is_refused "naslag index, a damaged list of files: 69" 69 'files is damaged'

tap_done
