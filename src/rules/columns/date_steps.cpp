#include "rules/columns/date_steps.hpp"

#include "rules/columns/steps.hpp"
#include "spie/feel/temporal.hpp"

#include <array>
#include <limits>

namespace spie::columns {

namespace {

std::uint8_t merged(std::uint8_t causes) noexcept { return causes == Cell::null ? Cell::null | Cell::error : causes; }

// Calls `each` with every row that has a value.
template <class Each> void rows_of(const Lane &lane, Each each) {
  for (std::size_t w = 0; w < chunk_words; ++w)
    for (Word rest = lane.valid_word(w); rest != 0; rest &= rest - 1)
      each(w * 64 + static_cast<std::size_t>(__builtin_ctzll(rest)));
}

} // namespace

std::optional<std::int32_t> MoveStep::moved(std::int64_t day, std::int64_t by) const {
  if (by == std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  if (back_)
    by = -by;
  std::int64_t result = day;
  if (by_ == By::months) {
    const auto date = feel::Date{day}.plus_months(by);
    if (!date)
      return std::nullopt;
    result = date->days;
  } else { // from midnight: the day alone is kept
    const std::int64_t rest = by % feel::seconds_per_day;
    result += (by - rest) / feel::seconds_per_day - (rest < 0 ? 1 : 0);
  }
  if (result != static_cast<std::int32_t>(result))
    return std::nullopt;
  return static_cast<std::int32_t>(result);
}

void MoveStep::run(State &state) const {
  const Lane &dates = state.lane(date_);
  Lane &out = state.lane(out_);
  const std::array<std::uint32_t, 2> both{date_, duration_};
  merge_nulls(state, both.data(), both.size(), out);
  alignas(64) std::array<std::int64_t, chunk_rows> room;
  const std::int64_t *by = nullptr;
  widened(state, state.lane(duration_), by, room);
  out.is_narrow = true;
  out.narrow.fill(0);
  rows_of(out, [&](std::size_t i) {
    const auto day = moved(dates.narrow[i], by[i]);
    out.narrow[i] = day.value_or(0);
    state.fallback[i / 64] |= static_cast<Word>(day ? 0 : 1) << (i % 64);
  });
}

void MoveStep::one(OneRow &row) const {
  const Cell &date = row.at(date_), &by = row.at(duration_);
  Cell &out = row.at(out_);
  if (const std::uint8_t causes = date.causes | by.causes; causes != 0) {
    out.set_null(merged(causes), row.because(date, by, on_null_));
    return;
  }
  out.causes = 0;
  const auto day = moved(date.value, by.value);
  row.fallback |= !day;
  out.value = day.value_or(0);
}

std::int64_t PropertyStep::of(std::int64_t value) const {
  constexpr std::int64_t minute = 60, hour = 60 * minute, day = 24 * hour, year = 12;
  switch (property_) {
  case Property::year:
    return feel::Date{value}.civil().year;
  case Property::month:
    return feel::Date{value}.civil().month;
  case Property::day:
    return feel::Date{value}.civil().day;
  case Property::weekday:
    return feel::Date{value}.weekday();
  case Property::years:
    return value / year;
  case Property::months:
    return value % year;
  case Property::days:
    return value / day;
  case Property::hours:
    return value % day / hour;
  case Property::minutes:
    return value % hour / minute;
  case Property::seconds:
    return value % minute;
  }
  return 0;
}

void PropertyStep::run(State &state) const {
  const Lane &in = state.lane(in_);
  Lane &out = state.lane(out_);
  merge_nulls(state, &in_, 1, out);
  alignas(64) std::array<std::int64_t, chunk_rows> room;
  const std::int64_t *values = nullptr;
  widened(state, in, values, room);
  out.is_narrow = false;
  out.wide.fill(0);
  rows_of(out, [&](std::size_t i) { out.wide[i] = of(values[i]); });
}

void PropertyStep::one(OneRow &row) const {
  const Cell &in = row.at(in_);
  Cell &out = row.at(out_);
  if (!in.valid()) {
    out.set_null(merged(in.causes), in.why() == 0 ? untold : in.why());
    return;
  }
  out.causes = 0;
  out.places = 0;
  out.value = of(in.value);
}

} // namespace spie::columns
