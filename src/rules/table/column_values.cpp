// What stands in a cell, as a FEEL value.
#include "rules/feel/number_bits.hpp"
#include "rules/table/column.hpp"
#include "rules/table/fault.hpp"
#include "text/encoding.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

namespace spie::table {

namespace {

using feel::Value;

constexpr std::int64_t not_a_time = std::numeric_limits<std::int64_t>::min(); // NumPy's NaT

[[noreturn]] void refuse(const Column &column, const std::string &what) {
  throw fault(Code::table_value, "the value of the column '" + column.layout->name + "' " + what);
}

Value number_of(const Column &column, const char *begin, const char *end) {
  const auto number = feel::Number::parse({begin, static_cast<std::size_t>(end - begin)});
  if (!number)
    refuse(column, "is no number that FEEL holds");
  return *number;
}

// By the shortest text that reads back as the same float: 0.1f is 0.1.
template <class Float> Value float_value(const Column &column, Float given) {
  if (std::isnan(given))
    return {};
  if (!std::isfinite(given))
    refuse(column, "is infinite");
  std::array<char, 64> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), given, std::chars_format::scientific).ptr;
  return number_of(column, buffer.data(), end);
}

float widened(std::uint16_t half) noexcept {
  const int exponent = half >> 10 & 0x1F, fraction = half & 0x3FF;
  const float sign = (half & 0x8000) != 0 ? -1.0F : 1.0F;
  if (exponent == 0x1F)
    return fraction != 0 ? std::numeric_limits<float>::quiet_NaN() : sign * std::numeric_limits<float>::infinity();
  return exponent == 0 ? sign * std::ldexp(static_cast<float>(fraction), -24)
                       : sign * std::ldexp(static_cast<float>(fraction | 0x400), exponent - 25);
}

// The shortest text that no other half is nearer to: five digits tell all of them apart.
Value half_value(const Column &column, std::uint16_t half) {
  const float wide = widened(half);
  if (!std::isfinite(wide) || wide == 0.0F)
    return float_value(column, wide);
  const float below = widened(static_cast<std::uint16_t>(half - 1));
  float above = widened(static_cast<std::uint16_t>(half + 1));
  if (!std::isfinite(above))
    above = wide + (wide - below);
  std::array<char, 64> buffer;
  for (int digits = 0; digits < 5; ++digits) {
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), wide, std::chars_format::scientific, digits).ptr;
    float read = 0;
    std::from_chars(buffer.data(), end, read);
    const float away = std::abs(read - wide);
    if (away == 0.0F || (away < std::abs(read - below) && away < std::abs(read - above)))
      return number_of(column, buffer.data(), end);
  }
  return float_value(column, wide);
}

Value decimal_value(const Column &column, std::int64_t row) {
  const int scale = column.layout->scale;
  if (column.layout->width == 4)
    return *feel::Number::scaled(column.at<std::int32_t>(row), -scale);
  if (column.layout->width == 8)
    return *feel::Number::scaled(column.at<std::int64_t>(row), -scale);
  std::array<std::uint64_t, 4> words{};
  const auto *bytes = static_cast<const char *>(column.buffers[1]);
  const auto width = static_cast<std::size_t>(column.layout->width);
  std::memcpy(words.data(), bytes + static_cast<std::size_t>(row + column.offset) * width, width);
  const bool negative = words[width / 8 - 1] >> 63 != 0;
  if (width == 32) {
    const std::uint64_t rest = (words[1] >> 63) != 0 ? ~std::uint64_t{0} : 0;
    if (words[2] != rest || words[3] != rest)
      refuse(column, "has more digits than FEEL holds");
  }
  const auto wide = static_cast<feel::decimal::Wide>(static_cast<feel::decimal::UWide>(words[1]) << 64 | words[0]);
  const auto number = feel::decimal::pack(negative, feel::decimal::magnitude(wide), -std::int64_t{scale});
  if (!number)
    refuse(column, "is no number that FEEL holds");
  return *number;
}

struct Divided {
  std::int64_t whole, rest; // 0 <= rest
};
Divided divided(std::int64_t value, std::int64_t by) noexcept {
  const std::int64_t rest = value % by;
  return {value / by - (rest < 0 ? 1 : 0), rest < 0 ? rest + by : rest};
}

Value date_value(const Column &column, std::int64_t days) {
  const feel::Date date{days};
  constexpr std::int64_t farthest = 365'243'000'000; // of years of nine digits
  if (days < -farthest || days > farthest || !feel::Date{0}.plus_days(days))
    refuse(column, "is a date that FEEL does not hold");
  return date;
}

Value instant_value(const Column &column, std::int64_t count) {
  const std::int64_t per_second = column.layout->per_second;
  auto [seconds, part] = divided(count, per_second);
  const feel::Zone &zone = column.layout->zone;
  feel::Zone kept = zone;
  const auto offset = zone.offset_at_instant(seconds);
  const std::int64_t local = seconds + offset.value_or(0);
  const auto [days, second] = divided(local, feel::seconds_per_day);
  const Value date = date_value(column, days);
  const std::int64_t nanos = second * feel::nanos_per_second + part * (feel::nanos_per_second / per_second);
  // The second showing of a repeated hour: named zones mean the first one, so the offset is written out.
  if (zone.is_named() && offset && zone.offset_at(date.date(), nanos) != offset)
    kept = feel::Zone::offset(*offset);
  return feel::DateTime{date.date(), feel::Time{nanos, std::move(kept)}};
}

Value time_value(const Column &column, std::int64_t count) {
  const std::int64_t per_second = column.layout->per_second;
  if (count < 0 || count >= feel::seconds_per_day * per_second)
    refuse(column, "is no time of the day");
  return feel::Time{count * (feel::nanos_per_second / per_second), feel::Zone()};
}

Value duration_value(std::int64_t count, std::int64_t per_second) {
  const auto [seconds, part] = divided(count, per_second);
  return feel::DaysDuration{seconds, static_cast<std::int32_t>(part * (feel::nanos_per_second / per_second))};
}

Value interval_value(const Column &column, std::int64_t row) {
  struct Interval {
    std::int32_t months, days;
    std::int64_t nanos;
  };
  static_assert(sizeof(Interval) == 16);
  const auto interval = column.at<Interval>(row);
  if (interval.months != 0 && (interval.days != 0 || interval.nanos != 0))
    refuse(column, "is an interval of months and of days, which FEEL does not have");
  if (interval.months != 0)
    return feel::MonthsDuration{interval.months};
  const auto [seconds, nanos] = divided(interval.nanos, feel::nanos_per_second);
  return feel::DaysDuration{interval.days * feel::seconds_per_day + seconds, static_cast<std::int32_t>(nanos)};
}

Value text_value(const Column &column, std::int64_t row) {
  const std::string_view text = column.text(row);
  if (!is_utf8(text))
    refuse(column, "is not UTF-8");
  return Value(text);
}

Value list_value(const Column &column, std::int64_t row, std::int64_t &left) {
  const auto [begin, count] = column.items(row);
  feel::List items;
  items.reserve(static_cast<std::size_t>(std::min(count, left)));
  for (std::int64_t i = 0; i < count; ++i)
    items.push_back(value_at(column.children.front(), begin + i, left));
  return items;
}

Value struct_value(const Column &column, std::int64_t row, std::int64_t &left) {
  feel::Context context;
  for (const Column &child : column.children)
    context.set(child.layout->name, value_at(child, row + column.offset, left));
  return context;
}

Value map_value(const Column &column, std::int64_t row, std::int64_t &left) {
  const auto [begin, count] = column.items(row);
  const Column &entry = column.children.front();
  feel::Context context;
  for (std::int64_t i = begin; i < begin + count; ++i) {
    const Value key = value_at(entry.children[0], i + entry.offset, left);
    if (!key.is(feel::Kind::text))
      refuse(column, "has a key that is no text");
    context.set(key.text(), value_at(entry.children[1], i + entry.offset, left));
  }
  return context;
}

} // namespace

Value value_at(const Column &column, std::int64_t row, std::int64_t &left) {
  if (--left < 0)
    refuse(column, "stands in a row of more than " + std::to_string(max_values) + " values");
  if (column.is_null(row))
    return {};
  if (column.dictionary != nullptr)
    return value_at(*column.dictionary, column.index(row), left);
  switch (column.layout->form) {
  case Form::null:
    return {};
  case Form::boolean: {
    const auto *bits = static_cast<const std::uint8_t *>(column.buffers[1]);
    const std::int64_t at = row + column.offset;
    return (bits[at >> 3] >> (at & 7) & 1) != 0;
  }
  case Form::int8:
  case Form::uint8:
  case Form::int16:
  case Form::uint16:
  case Form::int32:
  case Form::uint32:
  case Form::int64:
    return feel::Number(column.index(row));
  case Form::uint64: {
    const auto value = column.at<std::uint64_t>(row);
    return *feel::decimal::pack(false, value, 0);
  }
  case Form::float16:
    return half_value(column, column.at<std::uint16_t>(row));
  case Form::float32:
    return float_value(column, column.at<float>(row));
  case Form::float64:
    return float_value(column, column.at<double>(row));
  case Form::decimal:
    return decimal_value(column, row);
  case Form::text:
  case Form::large_text:
  case Form::text_view:
    return text_value(column, row);
  case Form::date_days:
    return date_value(column, column.at<std::int32_t>(row));
  case Form::date_millis: {
    const auto count = column.at<std::int64_t>(row);
    return count == not_a_time ? Value() : date_value(column, divided(count, feel::seconds_per_day * 1000).whole);
  }
  case Form::time32:
    return time_value(column, column.at<std::int32_t>(row));
  case Form::time64:
    return time_value(column, column.at<std::int64_t>(row));
  case Form::timestamp: {
    const auto count = column.at<std::int64_t>(row);
    return count == not_a_time ? Value() : instant_value(column, count);
  }
  case Form::duration: {
    const auto count = column.at<std::int64_t>(row);
    return count == not_a_time ? Value() : duration_value(count, column.layout->per_second);
  }
  case Form::months:
    return feel::MonthsDuration{column.at<std::int32_t>(row)};
  case Form::days_millis: {
    const auto days = column.at<std::int64_t>(row);
    return duration_value(static_cast<std::int32_t>(days) * feel::seconds_per_day * 1000 + (days >> 32), 1000);
  }
  case Form::months_days_nanos:
    return interval_value(column, row);
  case Form::list:
  case Form::large_list:
  case Form::list_view:
  case Form::large_list_view:
  case Form::fixed_list:
    return list_value(column, row, left);
  case Form::structure:
    return struct_value(column, row, left);
  case Form::map:
    return map_value(column, row, left);
  case Form::run_end:
    return value_at(column.children[1], column.run(row), left);
  case Form::other:
    break;
  }
  refuse(column, "is of a type that is not read");
}

} // namespace spie::table
