// Addresses (IRI): which are absolute, and what a relative one means beside a base.
#pragma once

#include <string>
#include <string_view>

namespace spie::credentials::jsonld {

// A scheme, a colon, and no character that N-Quads cannot hold between < and >.
bool is_absolute(std::string_view text) noexcept;
bool is_keyword(std::string_view text) noexcept;    // of JSON-LD 1.1
bool looks_keyword(std::string_view text) noexcept; // '@' and letters: kept for keywords to come

// RFC 3986 §5.2. An empty base leaves the reference as it is.
std::string resolve(std::string_view base, std::string_view reference);

} // namespace spie::credentials::jsonld
