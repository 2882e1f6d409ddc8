// Instants as badges write them: xsd:dateTime with its zone, "2026-01-31T09:30:00+01:00".
#pragma once

#include "spie/feel/value.hpp"

#include <optional>
#include <string_view>

namespace spie::credentials {

// Since 1970-01-01T00:00:00 UTC. Nothing for another form, a text without zone, or a day that no calendar has.
std::optional<feel::DaysDuration> read_instant(std::string_view text);

} // namespace spie::credentials
