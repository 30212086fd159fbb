#!/bin/sh
# A parser that has been taken over gets nothing out of its sandbox.
. "${srcdir:-.}/tests/lib.sh"
attack=$builddir/tests/attack

if [ ! -x "$attack" ]; then
	skip "the attacks are denied" "tests/attack is not built"
	tap_done
fi
# Where nobody can run it and leave something behind, too.
chmod 755 "$scratch" && mkdir -m 777 "$scratch/open"
cp "$attack" "$scratch/attack" && chmod 755 "$scratch/attack"
cd "$scratch/open" || exit 99

# tries OPTIONS NAME: prints what became of the attack, in a subshell that
# hears of the signal instead of printing it.
tries() {
	: >victim
	chmod 666 victim
	said=$(exec 2>/dev/null; ../attack "$@"; exit $?)
	case $? in
	0) echo "${said%%:*}" ;;
	1) echo "done" ;;
	159) echo denied ;;		# 128 + SIGSYS
	*) echo "trouble: $said" ;;
	esac
}

users=own
[ "$(id -u)" -eq 0 ] && users='root nobody'
would_fail=
../attack --list >../list
while IFS= read -r name; do
	for user in $users; do
		as=
		[ $user = nobody ] && as=--nobody
		is "denied to $user: $name" "$(tries $as "$name")" denied
	done
	[ "$(tries --free "$name")" = "done" ] ||
	    would_fail="$would_fail, $name"
done <../list
note "not possible here without a sandbox either: ${would_fail#, }"

if [ ! -x "$NASLAG_EXTRACT" ]; then
	skip "naslag-extract reads a file" "it is not built"
	tap_done
fi
printf 'Een gewone tekst.\n' >text.txt
is "naslag-extract reads standard input" \
    "$("$NASLAG_EXTRACT" <text.txt | grep -c 'Een gewone tekst\.')" 1
is "its records end with a status and an end" \
    "$("$NASLAG_EXTRACT" <text.txt | tail -4 | tr '\n' '|')" \
    'status 2|ok|end 0||'
# Outside the sandbox the C library loads a module for that.
printf '%%PDF-1.4\n%s\n%s\n%s\n%s\ntrailer<</Root 1 0 R/Info 4 0 R>>\n%%%%EOF\n' \
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj' \
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj' \
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj' \
    '4 0 obj<</Title<FEFF005300790072006900EB>>>endobj' >titel.pdf
is "the title of a PDF is read where nothing can be loaded" \
    "$("$NASLAG_EXTRACT" <titel.pdf | grep '^pdf:Title')" 'pdf:Title=Syrië'
# A file as output, which the worker's own limits would not let grow.
"$NASLAG_EXTRACT" <text.txt >records
ok "its output may be a file" [ -s records ]
cat text.txt | "$NASLAG_EXTRACT" >records 2>error
is "it refuses a pipe as input, with status 2" "$?" 2
"$NASLAG_EXTRACT" --nonsense >records 2>error
is "it refuses an option it does not know, with status 2" "$?" 2
ok "--help shows the options" sh -c '"$NASLAG_EXTRACT" --help | grep -q -- --worker'
ok "--version shows the version" \
    sh -c '"$NASLAG_EXTRACT" --version | grep -q "^naslag-extract [0-9]"'
ok "--worker without naslag ends at once" \
    sh -c '! "$NASLAG_EXTRACT" --worker </dev/null 3<&- 4<&-'

# Behind the filter nothing is opened, connected or started.
if ! strace -V >/dev/null 2>&1 || ! strace -o trace true 2>/dev/null; then
	skip "nothing is opened behind the filter" "no strace here"
else
	printf '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><x>tekst</x>' >x.xml
	strace -f -o trace "$NASLAG_EXTRACT" <x.xml >records
	is "nothing is opened or connected to behind the filter" \
	    "$(sed '1,/seccomp(SECCOMP_SET_MODE_FILTER/d' trace |
		grep -E '(open|openat|connect|socket|execve)\(' |
		grep -v EACCES)" ""
fi

tap_done
