#include <config.h>

#include "formats/msgfile.h"
#include "formats/out.h"

static bool
read_subject(const struct msg *m, struct out *out)
{
	struct buf subject CLEAN(buf_clear) = BUF_INIT;

	if (!msg_text(m, MSG_SUBJECT, &subject))
		return false;
	out_meta(out, "office:Title", buf_str(&subject), subject.len);
	out_heading(out, 1, buf_str(&subject), subject.len);
	return true;
}

static bool
read_body(const struct msg *m, struct out *out)
{
	struct buf body CLEAN(buf_clear) = BUF_INIT;
	enum msg_form form = msg_body(m, &body);
	struct input in = { buf_str(&body), body.len };

	switch (form) {
	case MSG_PLAIN:
		return format_text(&in, out) == EXTRACT_OK;
	case MSG_PAGE:
		return format_html(&in, out) == EXTRACT_OK;
	case MSG_RICH:
		return format_rtf(&in, out) == EXTRACT_OK;
	case MSG_NO_BODY:
		break;
	}
	return false;
}

enum extract_status
format_msg(const struct input *in, struct out *out)
{
	struct ole o CLEAN(ole_clear);
	struct msg m CLEAN(msg_clear) = { 0 };
	bool has_text;

	if (ole_open(in, &o) == -1) {
		out_reason(out, "damaged compound file");
		return EXTRACT_MALFORMED;
	}
	msg_open(&o, OLE_ROOT, MSG_MESSAGE, NULL, &m);
	has_text = read_subject(&m, out);
	out->is_part = true;
	has_text |= read_body(&m, out);
	out->is_part = false;
	out_members(out, msg_count_files(&m));
	return has_text ? EXTRACT_OK : EXTRACT_EMPTY;
}
