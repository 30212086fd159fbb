#include <config.h>

#include "formats/rtfwords.h"

#include <string.h>

#include "base/mem.h"

/* Sorted by word. */
static const struct rtf_word words[] = {
	{ "annotation", RTF_COMMENT, 0, NULL },
	{ "ansi", RTF_CODEPAGE, 1252, NULL },
	{ "ansicpg", RTF_CODEPAGE, 0, NULL },
	{ "atnauthor", RTF_DROP, 0, NULL },
	{ "atndate", RTF_DROP, 0, NULL },
	{ "atnicn", RTF_DROP, 0, NULL },
	{ "atnid", RTF_DROP, 0, NULL },
	{ "atnparent", RTF_DROP, 0, NULL },
	{ "atnref", RTF_DROP, 0, NULL },
	{ "atntime", RTF_DROP, 0, NULL },
	{ "atrfend", RTF_DROP, 0, NULL },
	{ "atrfstart", RTF_DROP, 0, NULL },
	{ "author", RTF_INFO, 0, "office:Creator" },
	{ "bin", RTF_BIN, 0, NULL },
	{ "bkmkend", RTF_DROP, 0, NULL },
	{ "bkmkstart", RTF_DROP, 0, NULL },
	{ "bullet", RTF_CHAR, 0x2022, NULL },
	{ "buptim", RTF_DROP, 0, NULL },
	{ "category", RTF_INFO, 0, "office:Category" },
	{ "cell", RTF_CELL, 0, NULL },
	{ "chpgn", RTF_PAGE, 0, NULL },
	{ "colorschememapping", RTF_DROP, 0, NULL },
	{ "colortbl", RTF_DROP, 0, NULL },
	{ "column", RTF_PAR, 0, NULL },
	{ "comment", RTF_DROP, 0, NULL },
	{ "company", RTF_INFO, 0, "office:Company" },
	{ "cpg", RTF_FCODEPAGE, 0, NULL },
	{ "creatim", RTF_DATE, 0, "office:Created" },
	{ "datafield", RTF_DROP, 0, NULL },
	{ "datastore", RTF_DROP, 0, NULL },
	{ "deff", RTF_DEFAULT_FONT, 0, NULL },
	{ "deleted", RTF_HIDDEN, 0, NULL },
	{ "doccomm", RTF_INFO, 0, "office:Description" },
	{ "dptxbxtext", RTF_BOX, 0, NULL },
	{ "dy", RTF_DATE_PART, 2, NULL },
	{ "emdash", RTF_CHAR, 0x2014, NULL },
	{ "emspace", RTF_CHAR, 0x20, NULL },
	{ "endash", RTF_CHAR, 0x2013, NULL },
	{ "enspace", RTF_CHAR, 0x20, NULL },
	{ "f", RTF_FONT, 0, NULL },
	{ "falt", RTF_DROP, 0, NULL },
	{ "fcharset", RTF_FCHARSET, 0, NULL },
	{ "filetbl", RTF_DROP, 0, NULL },
	{ "fldinst", RTF_CODE, 0, NULL },
	{ "fldrslt", RTF_RESULT, 0, NULL },
	{ "fontemb", RTF_DROP, 0, NULL },
	{ "fonttbl", RTF_FONTS, 0, NULL },
	{ "footer", RTF_MARGIN, 0, NULL },
	{ "footerf", RTF_MARGIN, 0, NULL },
	{ "footerl", RTF_MARGIN, 0, NULL },
	{ "footerr", RTF_MARGIN, 0, NULL },
	{ "footnote", RTF_NOTE, 0, NULL },
	{ "formfield", RTF_DROP, 0, NULL },
	{ "ftncn", RTF_DROP, 0, NULL },
	{ "ftnsep", RTF_DROP, 0, NULL },
	{ "ftnsepc", RTF_DROP, 0, NULL },
	{ "generator", RTF_DROP, 0, NULL },
	{ "header", RTF_MARGIN, 0, NULL },
	{ "headerf", RTF_MARGIN, 0, NULL },
	{ "headerl", RTF_MARGIN, 0, NULL },
	{ "headerr", RTF_MARGIN, 0, NULL },
	{ "hlinkbase", RTF_DROP, 0, NULL },
	{ "intbl", RTF_INTBL, 0, NULL },
	{ "keywords", RTF_INFO, 0, "office:Keywords" },
	{ "ldblquote", RTF_CHAR, 0x201C, NULL },
	{ "levelnumbers", RTF_DROP, 0, NULL },
	{ "leveltext", RTF_DROP, 0, NULL },
	{ "line", RTF_LINE, 0, NULL },
	{ "listname", RTF_DROP, 0, NULL },
	{ "listoverridetable", RTF_DROP, 0, NULL },
	{ "listtable", RTF_DROP, 0, NULL },
	{ "listtext", RTF_LIST_MARK, 0, NULL },
	{ "lquote", RTF_CHAR, 0x2018, NULL },
	{ "mac", RTF_CODEPAGE, 10000, NULL },
	{ "manager", RTF_DROP, 0, NULL },
	{ "mo", RTF_DATE_PART, 1, NULL },
	{ "nestcell", RTF_CELL, 0, NULL },
	{ "nestrow", RTF_PAR, 0, NULL },
	{ "nesttableprops", RTF_DROP, 0, NULL },
	{ "nonesttables", RTF_DROP, 0, NULL },
	{ "nonshppict", RTF_DROP, 0, NULL },
	{ "objdata", RTF_DROP, 0, NULL },
	{ "operator", RTF_DROP, 0, NULL },
	{ "outlinelevel", RTF_OUTLINE, 0, NULL },
	{ "page", RTF_PAR, 0, NULL },
	{ "panose", RTF_DROP, 0, NULL },
	{ "par", RTF_PAR, 0, NULL },
	{ "pard", RTF_PARD, 0, NULL },
	{ "pc", RTF_CODEPAGE, 437, NULL },
	{ "pca", RTF_CODEPAGE, 850, NULL },
	{ "pgdsctbl", RTF_DROP, 0, NULL },
	{ "pict", RTF_DROP, 0, NULL },
	{ "plain", RTF_PLAIN, 0, NULL },
	{ "pntext", RTF_LIST_MARK, 0, NULL },
	{ "printim", RTF_DROP, 0, NULL },
	{ "propname", RTF_OWN_NAME, 0, NULL },
	{ "qmspace", RTF_CHAR, 0x20, NULL },
	{ "rdblquote", RTF_CHAR, 0x201D, NULL },
	{ "revtbl", RTF_DROP, 0, NULL },
	{ "revtim", RTF_DATE, 0, "office:Modified" },
	{ "row", RTF_ROW, 0, NULL },
	{ "rquote", RTF_CHAR, 0x2019, NULL },
	{ "rsidtbl", RTF_DROP, 0, NULL },
	{ "rxe", RTF_DROP, 0, NULL },
	{ "s", RTF_STYLE, 0, NULL },
	{ "sect", RTF_PAR, 0, NULL },
	{ "shpinst", RTF_KEEP, 0, NULL },
	{ "shprslt", RTF_DROP, 0, NULL },
	{ "shptxt", RTF_BOX, 0, NULL },
	{ "sn", RTF_SHAPE_NAME, 0, NULL },
	{ "staticval", RTF_OWN_VALUE, 0, NULL },
	{ "stylesheet", RTF_STYLES, 0, NULL },
	{ "subject", RTF_INFO, 0, "office:Subject" },
	{ "sv", RTF_SHAPE_VALUE, 0, NULL },
	{ "tab", RTF_TAB, 0, NULL },
	{ "tc", RTF_DROP, 0, NULL },
	{ "tcn", RTF_DROP, 0, NULL },
	{ "themedata", RTF_DROP, 0, NULL },
	{ "title", RTF_INFO, 0, "office:Title" },
	{ "u", RTF_UNICODE, 0, NULL },
	{ "uc", RTF_UC, 0, NULL },
	{ "ud", RTF_KEEP, 0, NULL },
	{ "upr", RTF_UPR, 0, NULL },
	{ "userprops", RTF_KEEP, 0, NULL },
	{ "v", RTF_HIDDEN, 0, NULL },
	{ "xe", RTF_DROP, 0, NULL },
	{ "xmlnstbl", RTF_DROP, 0, NULL },
	{ "yr", RTF_DATE_PART, 0, NULL },
};

const struct rtf_word *
rtf_word(const char *word, size_t len)
{
	size_t low = 0, high = NELEM(words), mid;
	int order;

	while (low < high) {
		mid = (low + high) / 2;
		order = strncmp(word, words[mid].word, len);
		if (order == 0 && words[mid].word[len] != '\0')
			order = -1;
		if (order == 0)
			return &words[mid];
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}
