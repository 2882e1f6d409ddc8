// Why a text that looks like a date, a time or both is none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace spie::feel {

// "there is no 29 February 2021", "there is no time zone Europe/Pariss", "a date is written 2021-02-28"; empty when the
// text looks like nothing of the kind.
std::string temporal_fault(std::string_view text);
// "there is no month 13"; empty when the date exists, or the year is beyond what is held.
std::string date_fault(std::int64_t year, std::int64_t month, std::int64_t day);

} // namespace spie::feel
