// Instants as badges write them: xsd:dateTime with its zone, "2026-01-31T09:30:00+01:00".
#pragma once

#include "spie/feel/value.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace spie::credentials {

// Seconds that two clocks may differ: what is dated after an instant by less is not after it.
inline constexpr std::int64_t clock_tolerance = 300;

// Since 1970-01-01T00:00:00 UTC. Nothing for another form, a text without zone, or a day that no calendar has.
std::optional<feel::DaysDuration> read_instant(std::string_view text);

} // namespace spie::credentials
