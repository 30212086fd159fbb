#!/bin/sh
# en.po.sh: bring data/en.po up to date with what the pages say.
#
#    tools/en.po.sh           takes in new texts, empty, and drops old ones
#    tools/en.po.sh --check   says what is missing; exit 1 if anything is
#
# The texts are those of src/show/page*.c, remarks, the errors that visitors read
# and the labels of the lists in data/.  Run it at the top of the source; it needs gettext.
set -eu

po=data/en.po
work=$(mktemp -d "${TMPDIR:-/tmp}/en-po.XXXXXX")
trap 'rm -rf "$work"' EXIT

xgettext --language=C --from-code=UTF-8 --keyword --keyword=page_text:2 \
    --keyword=page_attr:2 --keyword=page_count:3,4 --keyword=PAGE_N:1 \
    --no-location --output="$work/page.pot" src/show/page*.c \
    2>"$work/warnings" || { cat "$work/warnings" >&2; exit 1; }
xgettext --language=C --from-code=UTF-8 --keyword --keyword=SAID \
    --keyword=error_set:3 --keyword=bad:2 --no-location \
    --output="$work/said.pot" src/model/note.c src/model/query.c \
    src/model/filter.c src/index/words.c src/cgi/request.c src/cgi/caps.c

# labels FILE COLUMN: the cells of a table, as a catalogue.
labels() {
	grep -v '^#' "$1" | tail -n +2 | cut -f "$2" | sort -u |
	    sed 's/["\\]/\\&/g; s/.*/#. '"${1##*/}"'\nmsgid "&"\nmsgstr ""\n/'
}
{
	labels data/soorten.tsv 2
	labels data/landen.tsv 3
	labels data/themas.tsv 1
	labels data/geldigheid.tsv 2
	labels data/formaten.tsv 2
	labels data/talen.tsv 2
} >"$work/labels"
{
	sed -n 's/^FIELD(.*, *\("[^"]*"\))$/#. fields.def\nmsgid \1\nmsgstr ""\n/p' \
	    src/model/fields.def
	sed -n '/^static const char \*const months/,/^};/p' src/base/date.c |
	    grep -o '"[a-z]*"' | sed 's/.*/#. date.c\nmsgid &\nmsgstr ""\n/'
	sed -n '/} caps\[\] = {/,/};/p' src/cgi/caps.c | grep -o '"[^"]*"' |
	    sed 's/.*/#. caps.c\nmsgid &\nmsgstr ""\n/'
} >"$work/words"

header='msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"
'
for f in labels words; do
	printf '%s\n' "$header" | cat - "$work/$f" >"$work/$f.pot"
done
msgcat --use-first "$work"/page.pot "$work"/said.pot "$work"/words.pot "$work"/labels.pot \
    >"$work/all.pot"

if [ "${1-}" = --check ]; then
	msgfmt --check-format -o /dev/null "$po"
	msgcmp "$po" "$work/all.pot"
	exit
fi
msgmerge --quiet --no-fuzzy-matching --no-wrap --sort-output "$po" \
    "$work/all.pot" | msgattrib --no-obsolete --no-wrap |
    grep -v '^"\(POT-Creation-Date\|Report-Msgid-Bugs-To\)' >"$work/new.po"
mv "$work/new.po" "$po"
