#!/bin/sh
# The operator's own questions: a generation that does not answer them is not
# published.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

c=$scratch/corpus
sample "$c"
id=PUC_1145_1
title='toestemmingsverklaring medische gegevens'
{
	echo '# question, document, worst rank'
	printf '%s\t%s\t%d\n' "$title" $id 3
	printf '%s\t%s\n' privacyverklaring portaal/privacyverklaring.html
} >"$scratch/canaries"
echo "canaries = $scratch/canaries" >"$NASLAG_CONF"
is "canaries that sing let it pass" "$(index "$c" | sed 's/.*pub/pub/')" \
    "published true"
rm "$c"/formulieren/${id}_*
naslag index --report="$scratch/report" "$c"
is "one that does not is refused" "$status" 65
ok "in one line with its question and its document" sh -c \
    '[ "$(wc -l <"$1")" = 1 ] && grep -q "$2" "$1" && grep -q "$3" "$1"' - \
    "$scratch/err" "$title" $id
is "the live index stays" "$(found --q="$title" | jq -r '.resultaten[0].id')" $id
is "nothing is left in work" "$(ls -d "$NASLAG_INDEX"/work.* 2>/dev/null)" ""
is "the report has the refusal" "$(report .exitStatus)" 65
is "--accept publishes all the same" "$(index --accept "$c" |
    sed 's/.*pub/pub/')" "published true"
echo 'geen tab' >"$scratch/canaries"
echo nieuw >"$c/nieuw.txt"
naslag index "$c"
is "a list that makes no sense is a fault of the configuration" "$status" 78
ok "that names its line" grep -q 'canaries:1' "$scratch/err"
echo "canaries = $scratch/weg" >"$NASLAG_CONF"
naslag index "$c"
is "as is one that is not there" "$status" 78

tap_done
