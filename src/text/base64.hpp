// base64url without padding (RFC 4648 §5), as JOSE, multibase and status lists write bytes: one spelling for each
// bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace spie {

std::string to_base64url(std::string_view bytes);

// Nothing when the text has a character of no digit, a padding, a length that no bytes give, or bits left over that are
// not zero: two texts never stand for the same bytes.
std::optional<std::string> from_base64url(std::string_view text);

} // namespace spie
