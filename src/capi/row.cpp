// Rows: typed facts in, typed values out, no text between.
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "rules/feel/number_bits.hpp"
#include "spie/dmn/values.hpp"
#include "text/suggestion.hpp"

namespace spie::capi {

namespace {

// The value under a name of the last result, or the value itself; nullptr where there is none.
const feel::Value *value_of(const spie_row *row, const char *member) {
  if (row == nullptr || row->result == nullptr)
    return nullptr;
  const feel::Value &value = row->result->value;
  if (member == nullptr)
    return &value;
  return value.is(feel::Kind::context) ? value.context().find(member) : nullptr;
}

const feel::Value &read(const spie_row *row, const char *member, feel::Kind kind) {
  const feel::Value *value = value_of(&needed(row, "row"), member);
  if (value == nullptr || !value->is(kind))
    refuse_argument("member", "has no value of that kind: spie_row_value says which it has");
  return *value;
}

template <class Set> spie_status set(spie_row *row, std::size_t slot, spie_error *error, Set &&call) noexcept {
  return guard(error, [&] {
    dmn::Row &facts = needed(row, "row").facts();
    if (slot >= facts.slots().size())
      refuse_argument("slot", "is none of this row: spie_row_slot gives them");
    call(facts);
  });
}

} // namespace

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;

spie_status spie_row_new(spie_row **row, const spie_decision *decision, spie_error *error) {
  return give_handle(row, error, [&] {
    auto made = std::make_unique<spie_row>();
    made->of_pack = PackRow::of(needed(decision, "decision").decision);
    return made;
  });
}

spie_status spie_row_of_prepared(spie_row **row, const spie_prepared *prepared, spie_error *error) {
  return give_handle(row, error, [&] {
    auto made = std::make_unique<spie_row>();
    made->of_model = dmn::Row::of(needed(prepared, "prepared").decision);
    return made;
  });
}

void spie_row_free(spie_row *row) { delete row; }

spie_status spie_row_slot(size_t *slot, const spie_row *row, const char *path, spie_error *error) {
  return guard(error, [&] {
    std::size_t &out = needed(slot, "slot");
    const spie_row &given = needed(row, "row");
    const std::string_view wanted = text_argument(path, "path");
    const auto found = given.facts().find(wanted);
    if (!found) {
      std::vector<std::string> known;
      for (const dmn::Row::Slot &one : given.facts().slots())
        known.push_back(one.path);
      throw Error(Diagnostic{
          given.of_pack ? Code::pack_unknown_fact : Code::dmn_unknown_input, Level::error,
          "the decision reads no fact '" + std::string(wanted) + "'" + suggestion(std::string(wanted), known), "path"});
    }
    out = *found;
  });
}

spie_status spie_row_set_number(spie_row *row, size_t slot, int64_t coefficient, int32_t exponent, spie_error *error) {
  return set(row, slot, error, [&](dmn::Row &facts) {
    const auto number = feel::Number::scaled(coefficient, exponent);
    if (!number)
      refuse_argument("exponent", "makes a number beyond those of FEEL");
    facts.set(slot, *number);
  });
}

spie_status spie_row_set_text(spie_row *row, size_t slot, const char *text, size_t length, spie_error *error) {
  return set(row, slot, error, [&](dmn::Row &facts) { facts.set_text(slot, document_argument(text, length, "text")); });
}

spie_status spie_row_set_date(spie_row *row, size_t slot, int32_t year, int32_t month, int32_t day, spie_error *error) {
  return set(row, slot, error, [&](dmn::Row &facts) {
    const auto date = feel::Date::from_civil(year, month, day);
    if (!date)
      refuse_argument("day", "is not one of the calendar");
    facts.set(slot, *date);
  });
}

spie_status spie_row_set_boolean(spie_row *row, size_t slot, int32_t value, spie_error *error) {
  return set(row, slot, error, [&](dmn::Row &facts) { facts.set(slot, value != 0); });
}

spie_status spie_row_set_json(spie_row *row, size_t slot, const char *json, size_t length, spie_error *error) {
  return set(row, slot, error,
             [&](dmn::Row &facts) { facts.set(slot, read_json(document_argument(json, length, "json"), "json")); });
}

spie_status spie_row_set_unknown(spie_row *row, size_t slot, spie_error *error) {
  return set(row, slot, error, [&](dmn::Row &facts) { facts.unset(slot); });
}

spie_status spie_row_clear(spie_row *row, spie_error *error) {
  return guard(error, [&] { needed(row, "row").facts().clear(); });
}

spie_status spie_row_evaluate(spie_row *row, const char *as_of, spie_error *error) {
  return guard(error, [&] {
    spie_row &given = needed(row, "row");
    given.result = nullptr;
    if (given.of_model) {
      given.result = &given.of_model->evaluate();
      return;
    }
    if (const std::string_view day = text_argument(as_of, "as_of"); given.day != day) {
      given.read_day = date_argument(as_of, "as_of");
      given.day = day;
    }
    given.result = &given.of_pack->evaluate(given.read_day);
  });
}

int32_t spie_row_status(const spie_row *row) {
  if (row == nullptr || row->result == nullptr)
    return SPIE_ROW_DETERMINE;
  switch (row->result->status) {
  case dmn::Status::indetermine:
    return SPIE_ROW_INDETERMINE;
  case dmn::Status::erreur:
    return SPIE_ROW_ERREUR;
  default:
    return SPIE_ROW_DETERMINE;
  }
}

int32_t spie_row_value(const spie_row *row, const char *member) {
  const feel::Value *value = value_of(row, member);
  switch (value == nullptr ? feel::Kind::null : value->kind()) {
  case feel::Kind::null:
    return SPIE_ROW_NULL;
  case feel::Kind::number:
    return SPIE_ROW_NUMBER;
  case feel::Kind::text:
    return SPIE_ROW_TEXT;
  case feel::Kind::date:
    return SPIE_ROW_DATE;
  case feel::Kind::boolean:
    return SPIE_ROW_BOOLEAN;
  default:
    return SPIE_ROW_OTHER;
  }
}

spie_status spie_row_number(int64_t *coefficient, int32_t *exponent, const spie_row *row, const char *member,
                            spie_error *error) {
  return guard(error, [&] {
    std::int64_t &digits = needed(coefficient, "coefficient");
    std::int32_t &power = needed(exponent, "exponent");
    const feel::Number &number = read(row, member, feel::Kind::number).number();
    if (!feel::NumberBits::is_inline(number))
      refuse_argument("member", "is a number that no 64 bits hold: spie_row_result writes it");
    digits = feel::NumberBits::coefficient(number);
    power = feel::NumberBits::exponent(number);
  });
}

spie_status spie_row_text(const char **text, size_t *length, const spie_row *row, const char *member,
                          spie_error *error) {
  return guard(error, [&] {
    const char *&out = needed(text, "text");
    out = nullptr;
    const std::string &held = read(row, member, feel::Kind::text).text();
    out = held.c_str();
    if (length != nullptr)
      *length = held.size();
  });
}

spie_status spie_row_date(int32_t *year, int32_t *month, int32_t *day, const spie_row *row, const char *member,
                          spie_error *error) {
  return guard(error, [&] {
    const feel::CivilDate civil = read(row, member, feel::Kind::date).date().civil();
    needed(year, "year") = static_cast<std::int32_t>(civil.year);
    needed(month, "month") = civil.month;
    needed(day, "day") = civil.day;
  });
}

spie_status spie_row_boolean(int32_t *value, const spie_row *row, const char *member, spie_error *error) {
  return guard(error, [&] { needed(value, "value") = read(row, member, feel::Kind::boolean).boolean() ? 1 : 0; });
}

spie_status spie_row_result(char **json, size_t *length, const spie_row *row, spie_error *error) {
  return give_text(json, length, error, [&] {
    const spie_row &given = needed(row, "row");
    if (given.result == nullptr)
      refuse_argument("row", "has not been evaluated");
    const feel::Value record = dmn::to_value(*given.result);
    std::vector<feel::Context::Entry> entries;
    for (const feel::Context::Entry &entry : record.context())
      if (entry.first != "trace")
        entries.push_back(entry);
    return result_text(feel::Context::of_distinct(std::move(entries)));
  });
}
