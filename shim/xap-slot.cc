#include <config.h>

#include "xap.h"

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "xap-int.h"

using xap::guard;
using xap::release;

struct xap_slot {
	std::vector<uint32_t> numbers;
	xap::table<struct xap_count> values;
};

/* Number the values as they come; sort() gives them their places. */
static void
read(const Xapian::Database &db, Xapian::valueno slot, struct xap_slot *out)
{
	std::unordered_map<std::string, uint32_t> known;

	out->numbers.resize(size_t{db.get_lastdocid()} + 1);
	for (auto i = db.valuestream_begin(slot); i != db.valuestream_end(slot);
	    ++i) {
		const std::string value = *i;
		const auto found = known.emplace(value,
		    static_cast<uint32_t>(known.size()));

		if (found.second)
			out->values.add(value, 0);
		out->values.items[found.first->second].docs++;
		out->numbers[i.get_docid()] = found.first->second + 1;
	}
}

static void
sort(struct xap_slot *out)
{
	std::vector<struct xap_count> &items = out->values.items;
	std::vector<uint32_t> order(items.size()), place(items.size() + 1);
	std::vector<struct xap_count> sorted;

	for (uint32_t i = 0; i < order.size(); i++)
		order[i] = i;
	std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
		return xap::before(items[a], items[b]);
	});
	for (uint32_t i = 0; i < order.size(); i++) {
		sorted.push_back(items[order[i]]);
		place[order[i] + 1] = i + 1;
	}
	items.swap(sorted);
	for (uint32_t &number : out->numbers)
		number = place[number];
}

int
xap_slot_read(const struct xap_db *db, uint32_t slot, struct xap_slot **out,
    struct xap_error *err) noexcept
{
	return guard(err, [&] {
		auto s = std::make_unique<struct xap_slot>();

		read(db->rep, slot, s.get());
		sort(s.get());
		*out = s.release();
	});
}

const uint32_t *
xap_slot_numbers(const struct xap_slot *s, size_t *n) noexcept
{
	*n = s->numbers.size();
	return s->numbers.data();
}

const struct xap_count *
xap_slot_values(const struct xap_slot *s, size_t *n) noexcept
{
	*n = s->values.items.size();
	return s->values.items.data();
}

void
xap_slot_free(struct xap_slot **s) noexcept
{
	release(s);
}
