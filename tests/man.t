#!/bin/sh
# The manual and README.md say what the programs do: the same options, fields
# and statuses, and every example gives what is shown.
#
# An example is a literal block (.Bd -literal in man/, ``` in README.md) with
# lines that begin with "$ ".  These are run, in order, in a directory that
# has data/ in it.  What follows one is its output; a line "..." stands for any
# number of lines, "..." at the end of a line for the rest of it.  A command
# must end with status 0 unless "echo $?" comes next.
. "${srcdir:-.}/tests/lib.sh"

if [ ! -x "$NASLAG" ] || [ ! -x "$NASLAG_EXTRACT" ]; then
	skip "the manual says what the programs do" "they are not built"
	tap_done
fi

pages=$(cd "$srcdir/man" && echo *.[1-9])
mkdir "$scratch/bin"
ln -s "$NASLAG" "$scratch/bin/naslag"
ln -s "$NASLAG_EXTRACT" "$scratch/bin/naslag-extract"
ln -s "$builddir/naslag.cgi" "$scratch/bin/naslag.cgi"
PATH=$scratch/bin:$PATH
LC_ALL=C.UTF-8
NASLAG_CONF=/dev/null
export PATH LC_ALL NASLAG_CONF
cd "$scratch" || exit 99

### Form

for page in $pages; do
	if command -v mandoc >/dev/null; then
		ok "$page is good mdoc" \
		    mandoc -T lint -W warning "$srcdir/man/$page"
	else
		skip "$page is good mdoc" "there is no mandoc"
	fi
done

### Commands and options

manual=$srcdir/man/naslag.1
language=$srcdir/man/naslag-zoektaal.7
commands=$(naslag --help | sed -n 's/^  \([a-z-]*\)  *.*/\1/p')

is "the SYNOPSIS has the commands of naslag --help" \
    "$(awk '/^\.Sh / { inside = $2 == "SYNOPSIS" }
	inside && $1 == ".Cm" { print $2 }' "$manual")" "$commands"
is "each command has its section" \
    "$(sed -n 's/^\.Ss naslag //p' "$manual")" "$commands"

# The options of a command with their values, request keys of a question left
# out.
options_of() {
	left_out=help
	case $1 in
	search|similar|why-not) left_out="help|$keys" ;;
	esac
	naslag "$1" --help | sed -n 's/^  \(--[^ ]*\) .*/\1/p' |
	    grep -Ev -e "^--($left_out)(=|\$)" | sort
}
synopsis_of() {
	awk -v command="$1" '
	/^\.Sh / { inside = $2 == "SYNOPSIS" }
	$1 == ".Nm" { now = "" }
	$1 == ".Cm" { now = $2 }
	inside && now == command && /^\.Op Fl -[a-z]/ {
		sub(/^\.Op Fl -/, "--")
		gsub(/ Ns = Ns Ar /, "=")
		print
	}' "$manual" | sort
}
keys=$(naslag search --help | sed -n 's/^  --\([a-z]*\)=.*/\1/p' |
    grep -Ev '^(vorm|index)$' | tr '\n' '|')
keys=${keys%|}

for command in $commands; do
	is "naslag $command: SYNOPSIS and --help have the same options" \
	    "$(synopsis_of "$command")" "$(options_of "$command")"
done

# Prints the words that FILE has no line for.  PATTERN has @ where they are.
missing_in() {
	file=$1
	pattern=$2
	shift 2
	for word in "$@"; do
		grep -Eq -e "$(printf %s "$pattern" | sed "s/@/$word/")" \
		    "$file" || echo "$word"
	done
}

is "every option is described" \
    "$(missing_in "$manual" '^\.It Fl -@( |$)' $(for command in $commands; do
	options_of "$command" | sed 's/^--//; s/=.*//'
    done | sort -u))" ""
is "every field is described" \
    "$(missing_in "$language" '^\.It Cm @$' \
	$(naslag fields | tail -n +2 | cut -f 1))" ""
is "every request key is described" \
    "$(missing_in "$language" '^\.It Cm @$' vorm $(echo "$keys" | tr '|' ' '))" ""
is "every soort is named" \
    "$(missing_in "$language" '(^\.Cm | )@( |$)' $(naslag fields |
	awk -F '\t' '$1 == "soort" { gsub(",", "", $5); print $5 }'))" ""
is "every form of answer is named" \
    "$(missing_in "$manual" '^\.Cm @( |$)' $(naslag search --vorm='?' 2>&1 |
	sed 's/.*: //; s/,//g'))" ""

### Statuses

exits=$(sed -n 's/^	\[ERROR_.*= { *\([0-9]*\),.*/\1/p' \
    "$srcdir/src/base/error.c" | sort -nu)
is "every exit status is in naslag(1)" \
    "$(missing_in "$manual" '^\.It @$' $exits)" ""
is "every exit status is in README.md" \
    "$(missing_in "$srcdir/README.md" '^\| @ ' $exits)" ""
is "every status of a document is in naslag-extract(8)" \
    "$(missing_in "$srcdir/man/naslag-extract.8" '^\.It Cm ([^ ]+ , )*@( |$)' \
	$(sed -n 's/^	\[EXTRACT_.*= "\(.*\)",/\1/p' \
	    "$srcdir/src/formats/status.c"))" ""
is "every format that is read is in README.md, and in no other row" \
    "$(sed -n 's/^| .*`\([a-z0-9]*\)`.* | yes .*/\1/p' "$srcdir/README.md" |
	sort)" \
    "$(awk '/^const struct format formats/ { inside = 1 }
	/^};/ { inside = 0 }
	inside && $1 == "{" { name = $2; gsub(/[",]/, "", name) }
	inside && / format_[a-z0-9]+,/ { print name }' \
	"$srcdir/src/formats/format.c" | sort)"

### Configuration

conf=$srcdir/data/naslag.conf
settings=$(echo '? = ?' >bad.conf; NASLAG_CONF=bad.conf naslag fields 2>&1 |
    sed 's/.*known are: //; s/,//g')
sed 's/^#\([a-z]* = \)/\1/' "$conf" >all.conf
ok "the example naslag.conf is read" \
    env NASLAG_CONF="$conf" naslag fields
ok "so is each setting in it" env NASLAG_CONF="$scratch/all.conf" naslag fields
is "it switches nothing on" "$(grep -v '^#' "$conf" | tr -d '\n')" ""
is "it has every setting" "$(missing_in all.conf '^@ = ' $settings)" ""
is "naslag.conf(5) has every setting" \
    "$(missing_in "$srcdir/man/naslag.conf.5" '^\.It Cm @$' $settings)" ""

### Examples

# The literal blocks of a manual page or a README as they are read, with a
# line "===" before each.
blocks_of() {
	case $1 in
	*.md)
		awk '/^```/ { inside = !inside; $0 = "===" } inside' "$1"
		;;
	*)
		awk '/^\.Bd -literal/ { inside = 1; $0 = "===" }
		/^\.Ed/ { inside = 0 }
		inside' "$1" |
		    sed "s/\\\\&//g; s/\\\\(aq/'/g; s/\\\\(dq/\"/g
			s/\\\\(oq/‘/g; s/\\\\(cq/’/g; s/\\\\(:e/ë/g
			s/\\\\e/\\\\/g"
		;;
	esac
}

# Writes N.cmd and N.out for each example of a file; prints how many.
split_examples() {
	blocks_of "$1" | awk '
	$0 == "===" { is_example = 0; next }
	continued || /^\$ / {
		if (!continued) {
			is_example = 1
			n++
			sub(/^\$ /, "")
		}
		print >(n ".cmd")
		continued = /\\$/
		next
	}
	is_example { print >(n ".out") }
	END { print n + 0 }'
}

# Does what came out look like what is shown?
looks_like() {
	awk '
	function same(e, a) {
		if (e !~ /\.\.\.$/)
			return e == a
		e = substr(e, 1, length(e) - 3)
		return substr(a, 1, length(e)) == e
	}
	function match_from(i, j,    k) {
		for (; i <= ne; i++) {
			if (e[i] == "...") {
				for (k = j; k <= na + 1; k++)
					if (match_from(i + 1, k))
						return 1
				return 0
			}
			if (j > na || !same(e[i], a[j]))
				return 0
			j++
		}
		return j > na
	}
	FNR == NR { e[++ne] = $0; next }
	{ a[++na] = $0 }
	END {
		while (ne && e[ne] == "")
			ne--
		while (na && a[na] == "")
			na--
		exit !match_from(1, 1)
	}' "$1" "$2" && return
	diff "$1" "$2"
	return 1
}

# Run example $1 after one that ended with $status; it must do as is shown.
holds() {
	line=$(cat "$1.cmd")
	(exit "$status")	# what the line sees as $?
	(eval "$line") >"$1.got" 2>&1
	status=$?
	if [ "$status" -ne 0 ] && ! grep -qs '^echo \$?' "$(($1 + 1)).cmd"; then
		cat "$1.got"
		echo "it ended with $status"
		return 1
	fi
	[ ! -s "$1.out" ] || looks_like "$1.out" "$1.got"
}

for file in README.md $(printf 'man/%s ' $pages); do
	mkdir "$scratch/${file##*/}" && cd "$scratch/${file##*/}" || exit 99
	ln -s "$srcdir/data" data
	NASLAG_INDEX=$PWD/index
	export NASLAG_INDEX
	naslag index data/corpus >/dev/null || exit 99
	count=$(split_examples "$srcdir/$file")
	ok "$file has examples" test "$count" -gt 0
	status=0
	i=0
	while [ $((i += 1)) -le "$count" ]; do
		ok "$file: $(head -n 1 $i.cmd)" holds $i
	done
done

### Names

# Files in `...`, but for those that are made, elsewhere, or a pattern.
named_files() {
	awk '/^```/ { inside = !inside } !inside' "$srcdir/README.md" |
	    grep -o '`[^` ]*`' | tr -d '`' | grep -E '/|\.(md|am|ac|tsv)$' |
	    grep -Ev '^(/|~|build/|https?:)|NAME|MODULE|[*]' | sort -u
}
is "every file that README.md names exists" \
    "$(named_files | while read -r f; do
	[ -e "$srcdir/$f" ] || echo "$f"
    done)" ""

tap_done
