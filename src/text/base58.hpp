// base58btc, the alphabet of Bitcoin addresses, as multibase writes keys and signatures (z6Mk…).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace spie {

std::string to_base58(std::string_view bytes);

// Nothing when the text has a character of no digit, or more than 1,024 of them: the work grows as their square, and no
// key or signature is that long.
std::optional<std::string> from_base58(std::string_view text);

} // namespace spie
