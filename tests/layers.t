#!/bin/sh
# The layers of src/ hold: who may include what, and what a program contains.
. "${srcdir:-.}/tests/lib.sh"
cd "$srcdir" || exit 99

# Which folders of src/ a folder may include, besides its own.
may_include='base
dutch    base
model    base dutch
index    base dutch model
gather   base dutch model formats/format.h formats/ocr.h formats/out.h formats/wire.h
show     base dutch model index
report   base dutch model index show formats/format.h
formats  base
cmd      base dutch model index gather show report formats/format.h
cgi      base dutch model index show'

# Prints every include of "FOLDER/FILE.h" that points the wrong way.
upward_includes() {
	printf '%s\n' "$may_include" | while read -r layer below; do
		[ -d "src/$layer" ] || continue
		allowed=" $layer/"
		for b in $below; do
			case $b in
			*.h) allowed="$allowed|$b\"" ;;
			*) allowed="$allowed|$b/" ;;
			esac
		done
		grep -sn '^#include "' "src/$layer"/*.[ch] /dev/null |
		    grep -Ev "\"(xapw?\.h|${allowed# })"
	done
}

# only_in PATTERN FILES... : prints lines that match elsewhere in the tree.
only_in() {
	pattern=$1
	shift
	grep -rnE --include='*.[ch]' --include='*.cc' "$pattern" src shim |
	    while IFS= read -r line; do
		for place in "$@"; do
			case $line in
			$place:*) continue 2 ;;
			esac
		done
		printf '%s\n' "$line"
	done
}

is "a layer includes its own and lower folders only" "$(upward_includes)" ""
is "xapian.h is included by shim/*.cc and its private header only" \
    "$(only_in '#include [<"]xapian\.h' 'shim/*.cc' shim/xap-int.h)" ""
is "xap.h is included by src/index and the shim only" \
    "$(only_in '#include "xap\.h"' 'shim/*' 'src/index/*')" ""
is "xapw.h is included by index/writer.c, index/verify.c and the shim only" \
    "$(only_in '#include "xapw\.h"' 'shim/*' src/index/writer.c \
	src/index/verify.c)" ""
is "the shim has no word of the domain" \
    "$(grep -niwE 'geldig(heid)?|soort|kenmerk|land|dutch|nederlands?' \
	shim/*)" ""

# Modules return; programs talk.  base/error.c says why a process ends.
modules='src/base src/dutch src/model src/index src/gather src/show'
talks='(^|[^a-z_])(printf|vprintf|puts|putchar|perror|exit)[ ]*\('
talks="$talks|(^|[^a-z_])(stdout|stderr)([^a-z_]|\$)"
is "no module prints or ends the program, but where it cannot go on" \
    "$(grep -nE "$talks" $(find $modules -name '*.[ch]') |
	grep -v '^src/base/error\.[ch]:')" ""
is "no module reads the wall clock" \
    "$(grep -nE '[^a-z_](time|gettimeofday|localtime(_r)?|gmtime(_r)?) ?\(|CLOCK_REALTIME' \
	$(find $modules -name '*.[ch]'))" ""
is "no module reads the environment, but for the place of the data" \
    "$(grep -nE 'getenv' $(find $modules -name '*.[ch]') |
	grep -v '^src/base/tsv.c:.*"NASLAG_DATA"')" ""

# Prints the .c files that do not begin as they must.
first_lines() {
	for c in src/*/*.c; do
		own=${c#src/}
		own=${own%.c}.h
		awk -v c="$c" -v own="$own" -v has_own="$([ -f "src/$own" ] &&
		    echo 1)" '
		/^#include/ { n++; inc[n] = $2 }
		END {
			if (inc[1] != "<config.h>")
				print c ": config.h is not first"
			else if (has_own && inc[2] != "\"" own "\"")
				print c ": its own header is not second"
		}' "$c"
	done
}
is "every .c includes config.h first, then its own header" "$(first_lines)" ""
is "no header includes config.h" \
    "$(grep -n 'config\.h' $(find src shim -name '*.h'))" ""

# Prints the users that a header names and that are not there; * is any text.
vanished_users() {
	for h in src/*/*.h; do
		sed -n '/^ \* Used by/,/^ \*\/*$/p' "$h" |
		    grep -oE '[a-z]+/?[a-z]+[*]?\.c' |
		while read -r c; do
			set -- src/$c src/*/$c
			[ -f "$1" ] || [ -f "$2" ] || echo "$h: $c"
		done
	done
}
is "whoever a header says it is used by is there" "$(vanished_users)" ""

# Prints the sources that the build does not know.
unlisted() {
	for f in src/*/* shim/* tests/t-*.c tests/*.t data/*.tsv man/*; do
		[ -f "$f" ] || continue
		name=$f
		case $f in
		tests/t-*.c) name=${f%.c} ;;
		esac
		grep -Eq "(^|[[:space:]])$name([[:space:]]|\$)" Makefile.am ||
		    echo "$f"
	done
}
is "every source, test, table and manual page is in Makefile.am" \
    "$(unlisted)" ""

# contains PROGRAM PATTERN: prints its symbols that match.
contains() {
	nm -a "$1" | awk '{ print $NF }' | grep -E "$2"
}

if [ ! -x "$NASLAG_EXTRACT" ]; then
	skip "naslag-extract knows no index" "it is not built"
else
	is "naslag-extract knows no index" \
	    "$(contains "$NASLAG_EXTRACT" '^xapw?_|Xapian')" ""
fi
if [ ! -x "$NASLAG_EXTRACT-nopdf" ]; then
	skip "naslag-extract-nopdf is without poppler" "it is not built"
else
	is "naslag-extract-nopdf is without poppler" \
	    "$(contains "$NASLAG_EXTRACT-nopdf" 'poppler_|Xapian')" ""
fi
cgi=$builddir/naslag.cgi
if [ ! -x "$cgi" ]; then
	skip "naslag.cgi cannot write an index" "it is not built"
	skip "nor change a file" "it is not built"
else
	# The sanitizers keep every section, called or not.
	if [ -n "$(contains "$cgi" '^__asan_init')" ]; then
		skip "naslag.cgi cannot write an index" "it has the sanitizers"
	else
		is "naslag.cgi cannot write an index" "$(contains "$cgi" \
		    '^xapw_|^writer_|_write$|WritableDatabase' |
		    grep -v '^response_write$')" ""
	fi
	is "nor change a file, start a program or call another machine" \
	    "$(contains "$cgi" '^(rename|unlink|rmdir|mkdir|link|symlink|fsync|fdatasync|f?truncate|f?chmod|creat|mkstemp|fork|vfork|exec[lv]p?e?|system|popen|posix_spawn|socket|connect|dlopen)(at)?(64)?(@|$)')" ""
fi
if [ ! -x "$NASLAG" ]; then
	skip "naslag parses no documents" "it is not built"
else
	is "naslag parses no documents" \
	    "$(contains "$NASLAG" 'poppler_|html(Create|Parse)|magic_(open|buffer)')" ""
fi

tap_done
