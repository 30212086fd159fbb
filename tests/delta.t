#!/bin/sh
# A large base of which little changed gets a delta: then everything is found,
# counted and shown as in an index that was made anew.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

c=$scratch/corpus
sample "$c"
i=0
while [ $i -lt 100 ]; do
	printf 'Bericht %d over zeegras en asiel.\n\nToelichting %d.\n' $i $i \
	    >"$c/b$i.txt"
	i=$((i + 1))
done
# A word of one title and one text; it is none when the title goes.
printf 'Duinpan en asiel\n\nToelichting.\n' >"$c/titel.txt"
printf 'Bericht over asiel\n\nIn een duinpan.\n' >"$c/b12.txt"
echo 'delta = 0' >"$NASLAG_CONF"		# however small the base is
index "$c" >"$scratch/said"

# Everything of an answer but what weights decide: hidden documents count in
# statistics until the base is made anew.
shown='del(.generatie) | .resultaten |= (map(del(.score, .rang, .fragmenten)) |
    sort_by(.pad))'
found_in() {
	while IFS= read -r question; do
		"$NASLAG" search --index="$1" --vorm=json --aantal=1000 \
		    --peildatum="$asof" --uitbreiden=nee --q="$question" </dev/null
	done <"$scratch/questions" | jq -S "$shown"
}
cat >>"$scratch/questions" <<'END'
zeegras
"bericht 7"
vuurtoren
toelichting OF privacyverklaring
pompoenland
titel:bericht
END

words() {
	set -- "$1/words-delta" "$1/words"
	[ -e "$1" ] && echo "$1" || echo "$2"
}

# same TITLE: answers, and the words that correct questions, are those of an
# index that is made anew.
same() {
	rm -rf "$scratch/anew"
	naslag index --index="$scratch/anew" "$c"
	found_in "$scratch/anew" >"$scratch/expected"
	found_in "$NASLAG_INDEX" >"$scratch/got"
	ok "$1" cmp "$scratch/expected" "$scratch/got"
	ok "$1: so are the words" cmp "$(words "$scratch/anew/gen-1")" \
	    "$(words "$(dir)")"
}

generation() {
	report .generation
}
dir() {
	echo "$NASLAG_INDEX/gen-$(generation)"
}

same "without changes"
echo 'Bericht 7 over de vuurtoren.' >"$c/b7.txt"
rm "$c/b8.txt" "$c/b9.txt"
rm "$c/titel.txt"
echo 'Iets nieuws over een vuurtoren.' >"$c/nieuw.txt"
echo '<html lang=de><title>Vuurtoren, Pompoenland</title><p>Die Nachtfahrt.' \
    >"$c/fremd.html"
is "a little changes" "$(index "$c" | sed 's/.*: //')" "+2 ~1 -3 =139 published true"
ok "and is put into a delta" [ -f "$(dir)/delta" ]
same "with it, what changed, what went and what is new are as they should be"
is "the index says how many documents it has" \
    "$("$NASLAG" status | awk '/^documents/ { print $2 }')" 142
naslag show b8.txt
is "what went is not shown" "$status" 1
naslag show b7.txt
ok "what changed is shown as it is" grep -q vuurtoren "$scratch/out"
naslag suggest 'iets nieuws'
ok "what is new is suggested" grep -q 'Iets nieuws' "$scratch/out"

echo 'Bericht 7 over de kust.' >"$c/b7.txt"
rm "$c/nieuw.txt"
sed -i 's/Angola/Pompoenland/g' "$c"/landenrapporten/*angola*.html
is "more changes, also in the delta" "$(index "$c" | sed 's/.*: //')" \
    "+0 ~2 -1 =139 published true"
same "are found in it as well"
counted_without() {
	found_in "$NASLAG_INDEX" >"$scratch/without"
	cmp "$scratch/got" "$scratch/without"
}
mv "$(dir)/facets" "$scratch/facets"
ok "facets count the same without a file for them" counted_without
cp "$scratch/anew/gen-1/facets" "$(dir)/facets"
ok "or with that of another index" counted_without
head -c 1000 "$scratch/facets" >"$(dir)/facets"
ok "or with half of it" counted_without
mv "$scratch/facets" "$(dir)/facets"

mv "$c/b10.txt" "$c/verhuisd.txt"
index "$c" >"$scratch/said"
same "as are renames"
one=$(generation)
ok "two generations in a row lie in files of their own" sh -c \
    '[ "$(stat -c %i "$1")" != "$(stat -c %i "$2")" ]' - \
    "$NASLAG_INDEX/gen-$one/postlist.glass" \
    "$NASLAG_INDEX/gen-$((one - 1))/postlist.glass"
is "those before them are shared" \
    "$(stat -c %i "$NASLAG_INDEX/gen-$one/postlist.glass")" \
    "$(stat -c %i "$NASLAG_INDEX/gen-$((one - 2))/postlist.glass")"

naslag check
is "naslag check finds it whole" "$status" 0
# flip FILE: changes a byte of the live generation, in the same file
flip() {
	cp "$live/$1" "$scratch/whole"
	for byte in x y; do
		printf $byte | dd of="$live/$1" bs=1 seek=20 conv=notrunc \
		    2>/dev/null
		cmp -s "$live/$1" "$scratch/whole" || break
	done
}
live=$(dir)
echo "Bericht 11 wacht." >"$c/b11.txt"
for file in delta hidden facets suggestions-delta words-delta files; do
	flip $file
	naslag check
	is "a byte of $file changed: found" "$status" 69
	naslag index "$c"
	is "and nothing is built upon it" "$status" 69
	cat "$scratch/whole" >"$live/$file"
done
flip postlist.glass
naslag check
is "a byte of the base changed: found" "$status" 69
naslag rollback
is "one can go back from a damaged base" "$status" 0
naslag check
is "to a generation that is whole" "$status" 0
is "and the next run makes up for it" \
    "$(index "$c" | sed 's/.*published/published/')" "published true"
same "with all that is there now"

i=20
while [ $i -lt 60 ]; do
	echo "Bericht $i is helemaal anders: vuurtoren." >"$c/b$i.txt"
	i=$((i + 1))
done
index "$c" >"$scratch/said"
ok "much that changes makes one base of all" [ ! -e "$(dir)/delta" ]
same "which answers as it should"

# ---- the spare copy of a base ----

spare=$NASLAG_INDEX/spare
ok "a new base has a spare copy" cmp "$(dir)/postlist.glass" \
    "$spare/postlist.glass"
naslag check
is "which is checked, too" "$status $(grep -c \
    "^generation${tab}spare${tab}whole" "$scratch/out")" "0 1"
inode=$(stat -c %i "$spare/postlist.glass")
echo "Bericht 12 wacht." >"$c/b12.txt"
index "$c" >"$scratch/said"
is "the first delta is put beside it" \
    "$(stat -c %i "$(dir)/postlist.glass") $(ls -d "$spare" 2>/dev/null)" \
    "$inode "
naslag check
is "and is whole" "$status" 0

# Not even the time of modification tells of this.
for what in spare twin; do
	if [ $what = spare ]; then
		index --rebuild "$c" >"$scratch/said"
		live=$spare
	else
		live=$NASLAG_INDEX/gen-$(($(generation) - 1))
	fi
	cp -a "$live/postlist.glass" "$scratch/times"
	flip postlist.glass
	touch -r "$scratch/times" "$live/postlist.glass"
	naslag check
	is "naslag check names a damaged $what" "$status $(grep -c \
	    "^generation${tab}${live##*/}${tab}.*postlist.glass: other content" \
	    "$scratch/out")" "0 1"
	inode=$(stat -c %i "$live/postlist.glass")
	echo "Bericht 13 en een $what." >"$c/b13.txt"
	is "of a damaged $what nothing is made" "$(index "$c" |
	    sed 's/.*published/published/') $(stat -c %i \
	    "$(dir)/postlist.glass" | grep -c "^$inode\$")" \
	    "published true 0"
	naslag check
	is "but of what is whole" "$(ls "$(dir)/delta")" "$(dir)/delta"
done

# All of a delta may be changed again.
for text in eens nogmaals; do
	echo "Bericht 14 $text." >"$c/b14.txt"
	echo "Bericht 13 $text." >"$c/b13.txt"
	echo "Bericht 12 $text." >"$c/b12.txt"
	index "$c" >"$scratch/said"
done
same "what a delta holds may change once more"

tap_done
