#!/bin/sh
# The measures of score.awk, on rankings small enough to work out by hand.
. "${srcdir:-.}/tests/lib.sh"

printf 'topic\tquery\tclass\tneed\n' >"$scratch/topics"
printf 'T1\teen\tkort\t-\nT2\ttwee\tlang\t-\n' >>"$scratch/topics"
cat >"$scratch/qrels" <<'END'
T1 0 a%20b.pdf 3
T1 0 c.pdf 1
T1 0 d.pdf 0
T2 0 e.pdf 2
END

scored() {
	printf "$1" >"$scratch/run"
	awk -f "$srcdir/tests/score.awk" "$scratch/topics" "$scratch/qrels" \
	    "$scratch/run"
}

is "the ideal ranking of every question scores 1" \
    "$(scored 'T1\t1\ta b.pdf\nT1\t2\tc.pdf\nT2\t1\te.pdf\n' | tail -n 1)" \
    "all            n=   2 nDCG@10=1.000 MRR@10=1.000 R@20=1.000 none@10=0.000"

# (1 / log2(2) + 7 / log2(4)) / (7 / log2(2) + 1 / log2(3)) = 4.5 / 7.6309
is "gain is 2^grade - 1, discounted by the logarithm of the rank" \
    "$(scored 'T1\t1\tc.pdf\nT1\t2\td.pdf\nT1\t3\ta b.pdf\n' | sed -n 1p)" \
    "kort           n=   1 nDCG@10=0.590 MRR@10=1.000 R@20=1.000 none@10=0.000"
is "a question without an answer counts with zero" \
    "$(scored 'T1\t1\ta b.pdf\nT1\t2\tc.pdf\n' | tail -n 1)" \
    "all            n=   2 nDCG@10=0.500 MRR@10=0.500 R@20=0.500 none@10=0.500"
is "a document found twice counts once" \
    "$(scored 'T2\t1\tx\nT2\t2\tx\nT2\t3\te.pdf\n' | sed -n 2p)" \
    "lang           n=   1 nDCG@10=0.631 MRR@10=0.500 R@20=1.000 none@10=0.000"
is "a space may be written %20" \
    "$(scored 'T1\t1\ta%%20b.pdf\nT1\t2\tc.pdf\n' | sed -n 1p)" \
    "kort           n=   1 nDCG@10=1.000 MRR@10=1.000 R@20=1.000 none@10=0.000"

tap_done
