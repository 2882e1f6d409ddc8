#include "credentials/rules/moment.hpp"

#include <cstdio>

namespace spie::credentials {
namespace {

// Reads from the front what it is asked for.
class Cursor {
public:
  explicit Cursor(std::string_view text) : rest_(text) {}
  bool empty() const noexcept { return rest_.empty(); }
  char front() const noexcept { return rest_.empty() ? '\0' : rest_.front(); }
  bool take(char c) noexcept {
    if (front() != c)
      return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::optional<int> digits(std::size_t count) noexcept {
    if (rest_.size() < count)
      return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9')
        return std::nullopt;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

private:
  std::string_view rest_;
};

bool leap(int year) noexcept { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in(int year, int month) noexcept {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : days[month - 1];
}

std::int64_t day_count(int year, int month, int day) noexcept { // since 1970-01-01
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t of_era = y - era * 400;
  const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

std::optional<std::int64_t> read_day(Cursor &cursor) noexcept {
  const auto year = cursor.digits(4);
  if (!year || !cursor.take('-'))
    return std::nullopt;
  const auto month = cursor.digits(2);
  if (!month || *month < 1 || *month > 12 || !cursor.take('-'))
    return std::nullopt;
  const auto day = cursor.digits(2);
  if (!day || *day < 1 || *day > days_in(*year, *month))
    return std::nullopt;
  return day_count(*year, *month, *day);
}

std::optional<Moment> read_local(Cursor &cursor) noexcept {
  const auto day = read_day(cursor);
  if (!day || !(cursor.take('T') || cursor.take('t')))
    return std::nullopt;
  const auto hour = cursor.digits(2);
  if (!hour || *hour > 24 || !cursor.take(':'))
    return std::nullopt;
  const auto minute = cursor.digits(2);
  if (!minute || *minute > 59 || !cursor.take(':'))
    return std::nullopt;
  const auto second = cursor.digits(2);
  if (!second || *second > 59)
    return std::nullopt;
  Moment moment{*day * 86400 + *hour * 3600 + *minute * 60 + *second, 0};
  if (cursor.take('.')) {
    std::int32_t unit = 100'000'000;
    bool any = false;
    for (auto digit = cursor.digits(1); digit; digit = cursor.digits(1)) {
      moment.nanos += *digit * unit;
      unit /= 10;
      any = true;
    }
    if (!any)
      return std::nullopt;
  }
  if (*hour == 24 && (*minute != 0 || *second != 0 || moment.nanos != 0)) // the end of the day, and no later
    return std::nullopt;
  return moment;
}

} // namespace

std::optional<Moment> read_moment(std::string_view text) noexcept {
  Cursor cursor(text);
  auto moment = read_local(cursor);
  if (!moment)
    return std::nullopt;
  if (!cursor.take('Z') && !cursor.take('z')) {
    const int sign = cursor.front() == '-' ? 1 : -1;
    if (!cursor.take('+') && !cursor.take('-'))
      return std::nullopt;
    const auto hours = cursor.digits(2);
    if (!hours || *hours > 14 || !cursor.take(':'))
      return std::nullopt;
    const auto minutes = cursor.digits(2);
    if (!minutes || *minutes > 59 || (*hours == 14 && *minutes != 0))
      return std::nullopt;
    moment->seconds += sign * (*hours * 3600 + *minutes * 60);
  }
  return cursor.empty() ? moment : std::nullopt;
}

bool is_local(std::string_view text) noexcept {
  Cursor cursor(text);
  return read_local(cursor).has_value() && cursor.empty();
}

bool is_day(std::string_view text) noexcept {
  Cursor cursor(text);
  return read_day(cursor).has_value() && cursor.empty();
}

std::string to_string(Moment moment) {
  std::int64_t days = moment.seconds / 86400;
  std::int64_t rest = moment.seconds % 86400;
  if (rest < 0) {
    rest += 86400;
    --days;
  }
  const std::int64_t z = days + 719468;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const std::int64_t of_era = z - era * 146097;
  const std::int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * of_year + 2) / 153;
  const int day = static_cast<int>(of_year - (153 * shifted + 2) / 5 + 1);
  const int month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  const auto year = static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
  const auto of_day = static_cast<int>(rest);
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, of_day / 3600, of_day / 60 % 60,
                of_day % 60);
  return text;
}

} // namespace spie::credentials
