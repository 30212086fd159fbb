#include <config.h>

#include "report/status.h"

#include "report/jsonput.h"
#include "report/reportjson.h"
#include "show/jsonval.h"

static json_t *
runs(const struct history *h)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < h->count; i++)
		json_array_append(all, h->runs[i].record);
	return all;
}

static json_t *
record_of(const struct past_run *r)
{
	return r != NULL ? json_incref(r->record) : json_null();
}

/* What only a whole index knows; null where it is not. */
static void
put_content(const struct status *s, json_t *o)
{
	static const char *const keys[] = {
		"files", "within", "documents", "notSearchable", "stale", "byReason",
	};
	size_t i;

	for (i = 0; i < NELEM(keys); i++) {
		json_t *value = json_object_get(s->live.record, keys[i]);

		json_object_set_new(o, keys[i], value != NULL ?
		    json_incref(value) : json_null());
	}
	json_put_size(o, "indexBytes", s->index_bytes);
	json_object_set_new(o, "failures", s->has_files ?
	    files_failing(&s->files) : json_array());
	json_object_set_new(o, "textQuality", s->has_files ?
	    status_json_quality(s) : json_null());
}

void
status_print_json(const struct status *s, struct buf *out)
{
	CLEAN(buf_clear) struct buf why = BUF_INIT, analyser = BUF_INIT;
	json_t *o = json_object();
	json_t *changes = json_object_get(s->report, "changes");

	status_say_state(s, &why);
	buf_addf(&analyser, "%016llx", (unsigned long long)s->fingerprint);
	json_put_text(o, "index", s->index);
	json_put_text(o, "state", status_state_name(s->state));
	json_put_text(o, "why", buf_str(&why));
	json_object_set_new(o, "now", json_moment(s->now));
	json_object_set_new(o, "upToDate", json_moment(s->fresh));
	json_put_size(o, "generation", s->generation);
	json_put_text(o, "made", s->has_facts ? s->facts.made : NULL);
	json_put_text(o, "corpus", s->has_facts ? s->facts.corpus : NULL);
	json_put_text(o, "analyser", buf_str(&analyser));
	put_content(s, o);
	json_object_set_new(o, "changes", changes != NULL ?
	    json_incref(changes) : json_null());
	json_object_set_new(o, "lastRun", record_of(s->last));
	json_object_set_new(o, "lastGoodRun", record_of(s->good));
	json_object_set_new(o, "runs", runs(&s->history));
	jsonval_print(o, JSON_INDENT(1), out);
}
