#!/bin/sh
# Files within files are documents of their own, and kept as true as others.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

if ! command -v bsdtar >/dev/null; then
	echo "1..0 # SKIP bsdtar is not installed"
	exit 0
fi

c=$scratch/corpus in=$scratch/in
mkdir "$c" "$in"
for i in 1 2 3 4 5 6 7 8 9 10; do
	echo "Bericht $i over zeegras." >"$c/$i.txt"
done

# pack ARCHIVE FILE...: of files in $in.
pack() {
	archive=$1
	shift
	rm -f "$archive"
	(cd "$in" && bsdtar -cf "$archive" --format zip "$@")
}

# reading SAID: what index said, and how many files an extractor read.
reading() {
	echo "$(index "$@" "$c") parsed $(report .parsed)"
}

echo 'Bijlage over schelpen.' >"$in/een.txt"
echo '<title>Over wieren</title><p>Bijlage over wieren.' >"$in/twee.html"
mkdir "$in/map"
echo 'Bijlage over kwallen.' >"$in/map/drie.txt"
pack "$c/bundel.zip" een.txt twee.html map/drie.txt

# ---- one level ----

is "an archive is a document, and so is each file in it" "$(reading)" \
    "11 files: +14 ~0 -0 =0 published true parsed 14"
is "found by its own text" "$(pads wieren)" bundel.zip/twee.html
is "with its folder in there" "$(pads kwallen)" bundel.zip/map/drie.txt
is "the archive by its own name alone" "$(pads 'titel:bundel') $(report \
    .notSearchable)" "bundel.zip 0"
naslag show bundel.zip/twee.html
ok "it can be shown" grep -q 'Bijlage over wieren' "$scratch/out"
ok "which tells where it lies" grep -q '^bestand  *bundel.zip$' "$scratch/out"
echo 'documents = https://example.org/stukken' >"$NASLAG_CONF"
is "its link leads to the file that can be opened" \
    "$(REQUEST_METHOD=GET PATH_INFO=/v1/documenten QUERY_STRING=q=wieren \
    "$NASLAG_CGI" 2>/dev/null | sed '1,/^.$/d' |
    jq -r '.resultaten[]._links.document.href')" \
    https://example.org/stukken/bundel.zip
: >"$NASLAG_CONF"
is "the next night nothing is read" "$(reading)" \
    "11 files: +0 ~0 -0 =14 published false parsed 0"
touch "$c/bundel.zip"
is "nor when the archive was touched" "$(reading)" \
    "11 files: +0 ~0 -0 =14 published false parsed 0"

echo 'Bijlage over zeesterren.' >"$in/een.txt"
pack "$c/bundel.zip" een.txt twee.html map/drie.txt
is "of a changed archive only what changed in it is read" "$(reading)" \
    "11 files: +0 ~2 -0 =12 published true parsed 2"
is "and found" "$(pads zeesterren) $(total schelpen)" "bundel.zip/een.txt 0"
echo 'Bijlage over garnalen.' >"$in/vier.txt"
pack "$c/bundel.zip" een.txt vier.txt map/drie.txt
naslag index --dry-run "$c"
is "--dry-run looks into no archive" "$(cat "$scratch/out")" "update	bundel.zip
0 to add, 1 to update, 0 to delete, 13 to keep"
is "what came in is, what went is not" "$(reading)" \
    "11 files: +1 ~1 -1 =12 published true parsed 2"
is "in the answers" "$(total wieren) $(pads garnalen)" "0 bundel.zip/vier.txt"

mv "$c/bundel.zip" "$c/anders.zip"
is "an archive that moved takes all along, and nothing is read" "$(reading)" \
    "11 files: +4 ~0 -4 =10 published true parsed 0"
is "it is no mass deletion" "$(report .renamed)" 4
mv "$c/anders.zip" "$c/bundel.zip"
index "$c" >"$scratch/said"

# ---- damage ----

cp "$c/bundel.zip" "$scratch/whole.zip"
head -c 200 "$scratch/whole.zip" >"$c/bundel.zip"
index "$c" >"$scratch/said"
is "a broken archive keeps what was in it" \
    "$(pads 'zeesterren OF kwallen' | tr '\n' ' ')" \
    "bundel.zip/een.txt bundel.zip/map/drie.txt "
is "it is reported" "$(report '.failures[].path')" bundel.zip
cp "$scratch/whole.zip" "$c/bundel.zip"
index "$c" >"$scratch/said"
is "mended, all is as it was" "$(report .notSearchable) $(total bijlage)" "0 3"

# ---- deeper, and other kinds ----

cp "$scratch/whole.zip" "$in/binnen.zip"
pack "$in/midden.zip" binnen.zip een.txt
pack "$c/buiten.zip" midden.zip
index "$c" >"$scratch/said"
is "what lies in an archive in an archive is found, as a copy" \
    "$(found zeesterren | jq -r '.resultaten[] | .pad, .ookAls[]' |
    tr '\n' ' ')" \
    "bundel.zip/een.txt buiten.zip/midden.zip/een.txt "
is "deeper than two nothing is opened" \
    "$("$NASLAG" show buiten.zip/midden.zip/binnen.zip/een.txt \
    >/dev/null 2>&1; echo $?)" 1
cp "$in/een.txt" "$c/los.txt"
index "$c" >"$scratch/said"
is "a file that can be opened as it is stands for its copies in archives" \
    "$(pads zeesterren)" los.txt

cat >"$c/bericht.eml" <<'END'
From: post@example.org
To: lezer@example.org
Subject: Over anemonen
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=grens"

--=grens
Content-Type: text/plain; charset=utf-8

Hierbij het stuk over anemonen.
--=grens
Content-Type: text/html; charset=utf-8
Content-Disposition: attachment; filename="stuk.html"
Content-Transfer-Encoding: base64

PHRpdGxlPkhldCBzdHVrPC90aXRsZT48cD5PdmVyIHplZWFuZW1vbmVuIGVuIHNwb25zZW4u
--=grens--
END
index "$c" >"$scratch/said"
is "so is what is sent with a message" "$(pads sponsen)" bericht.eml/stuk.html
echo 'Een brief over mosselen.' >"$in/brief.txt"
gzip -c "$in/brief.txt" >"$c/brief.txt.gz"
(cd "$in" && tar -czf "$c/pak.tgz" vier.txt twee.html)
index "$c" >"$scratch/said"
is "what is packed alone has the name without the ending" "$(pads mosselen)" \
    brief.txt.gz/brief.txt
is "a packed tar is one archive" "$(pads wieren)" pak.tgz/twee.html

# ---- with metadata beside it ----

cp "$in/twee.html" "$in/vijf.html"
echo '<p>Over kreeften.' >"$in/vijf.html"
sed 's/Landenrapport Armeni[^<]*/Rapport over kreeften/' \
    "$corpus/landenrapporten/Landenrapport Armenië 2015-3.pdf.metadata.xml" \
    >"$in/vijf.html.metadata.xml"
pack "$c/metadata.zip" vijf.html vijf.html.metadata.xml
index "$c" >"$scratch/said"
is "a sidecar in the archive speaks of the file beside it" \
    "$(found kreeften | jq -r '.resultaten[] | "\(.pad) \(.titel)"')" \
    "metadata.zip/vijf.html Rapport over kreeften"
is "and is no document itself" \
    "$(pads 'titel:kreeften OF kreeften' | wc -l)" 1

# ---- the whole ----

answers "$NASLAG_INDEX" >"$scratch/by-and-by"
cp -a "$NASLAG_INDEX" "$scratch/kept"
NASLAG_INDEX=$scratch/anew
index "$c" >"$scratch/said"
is "an index made anew has the same files" "$(report .files)" \
    "$(jq .files "$(find "$scratch/kept" -name report.json | sort -V |
    tail -n 1)")"
is "and answers the same" "$(answers "$NASLAG_INDEX" | cksum)" \
    "$(cksum <"$scratch/by-and-by")"
rm "$c"/*.zip
index --accept "$c" >"$scratch/said"
is "with an archive goes what lay in it" \
    "$(report '"\(.files) \(.within)"') $(total kwallen)" "14 4 0"
tap_done
