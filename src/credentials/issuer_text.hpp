// The text of a credential around its issuer.
#pragma once

#include <string>
#include <string_view>

namespace spie::credentials {

// An issuer "ISSUER", or whose id is that, becomes the DID; nothing else of the text changes. Throws J… for what is no
// JSON.
std::string with_issuer(std::string_view credential, std::string_view did);
// The issuer of a credential; empty when it names none.
std::string issuer_in(std::string_view credential);

} // namespace spie::credentials
