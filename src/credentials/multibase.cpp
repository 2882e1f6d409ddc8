#include "credentials/multibase.hpp"

#include "text/base58.hpp"
#include "text/base64.hpp"

namespace spie::credentials {

std::string to_multibase(std::string_view bytes, Multibase base) {
  return static_cast<char>(base) + (base == Multibase::base58btc ? to_base58(bytes) : to_base64url(bytes));
}

std::optional<std::string> from_multibase(std::string_view text) {
  if (text.starts_with(static_cast<char>(Multibase::base58btc)))
    return from_base58(text.substr(1));
  if (text.starts_with(static_cast<char>(Multibase::base64url)))
    return from_base64url(text.substr(1));
  return std::nullopt;
}

} // namespace spie::credentials
