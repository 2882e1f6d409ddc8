// Bytes as multibase writes them: 'z' and base58btc, or 'u' and base64url (Controlled Identifiers 1.0 §2.4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace spie::credentials {

enum class Multibase : char { base58btc = 'z', base64url = 'u' };

std::string to_multibase(std::string_view bytes, Multibase base);

// Nothing for another first letter, or for a text that its base does not read.
std::optional<std::string> from_multibase(std::string_view text);

} // namespace spie::credentials
