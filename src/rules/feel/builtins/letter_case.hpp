// Capital and small letters by the full mappings of Unicode, whatever the language: ß becomes SS, ﬁ becomes FI, İ
// becomes i and a dot above. A capital sigma that ends a word becomes ς.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace spie::feel {

// nullopt when the text is not UTF-8.
std::optional<std::string> upper_case(std::string_view text);
std::optional<std::string> lower_case(std::string_view text);

} // namespace spie::feel
