// Instants as badges write them (xsd:dateTimeStamp): read strictly, compared to the nanosecond.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace spie::credentials {

struct Moment {
  std::int64_t seconds = 0; // since 1970-01-01T00:00:00Z
  std::int32_t nanos = 0;   // digits beyond the ninth are dropped
  friend auto operator<=>(const Moment &, const Moment &) = default;
};

// With its zone: "2026-01-31T08:00:00Z", "…+01:00", a fraction of any length, years 0000 to 9999. Nothing for any other
// text, a day that does not exist among them.
std::optional<Moment> read_moment(std::string_view text) noexcept;
bool is_local(std::string_view text) noexcept; // without its zone
bool is_day(std::string_view text) noexcept;   // "2026-01-31"
std::string to_string(Moment moment);          // "2026-01-31T08:00:00Z"

} // namespace spie::credentials
