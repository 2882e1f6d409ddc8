// Words as people read them: blanks, cuts, lists in French.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spie {

// Without the spaces, tabs, ends of lines and no-break spaces at both ends.
std::string_view trimmed(std::string_view text) noexcept;
std::string ascii_lower(std::string_view text);
// At most `characters` of UTF-8, an ellipsis when cut; control characters shown as spaces.
std::string shortened(std::string_view text, std::size_t characters = 80);

// « a », « b » ou « c »
std::string listed(const std::vector<std::string> &words);

} // namespace spie
