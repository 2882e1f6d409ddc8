// Texts of files that nobody vouches for: encodings, blanks.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::convention {

// Offset of the first byte that is not UTF-8 (or is NUL); nullopt when all is well.
std::optional<std::size_t> utf8_fault(std::string_view bytes) noexcept;
// nullopt when a byte stands for nothing in windows-1252 (81, 8D, 8F, 90, 9D) or is NUL.
std::optional<std::string> utf8_from_windows_1252(std::string_view bytes);

// Without the spaces, tabs and no-break spaces at both ends.
std::string_view trimmed(std::string_view text) noexcept;
std::string ascii_lower(std::string_view text);
// At most `characters` of UTF-8, an ellipsis when cut; control characters shown as spaces.
std::string shortened(std::string_view text, std::size_t characters = 80);

// « a », « b » ou « c »
std::string listed(const std::vector<std::string> &words);

} // namespace spie::convention
