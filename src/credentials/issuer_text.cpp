#include "credentials/issuer_text.hpp"

#include "rules/json/reader.hpp"

#include <optional>

namespace spie::credentials {

namespace {

constexpr std::string_view placeholder = "\"ISSUER\"";

const feel::Value *issuer_value(const feel::Value &document) {
  const feel::Value *issuer = document.is(feel::Kind::context) ? document.context().find("issuer") : nullptr;
  if (issuer != nullptr && issuer->is(feel::Kind::context))
    issuer = issuer->context().find("id");
  return issuer != nullptr && issuer->is(feel::Kind::text) ? issuer : nullptr;
}

// Walks a JSON text that was read already: where the value of a key of the outermost object starts.
class Scan {
public:
  explicit Scan(std::string_view text) : text_(text) {}

  // The place after `from` of the value under `key`, in the object that starts there.
  std::optional<std::size_t> value_of(std::size_t from, std::string_view key) {
    int depth = 0;
    bool name = false; // a string read now is a key
    for (std::size_t i = from; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '{' || c == '[') {
        ++depth;
        name = c == '{' && depth == 1;
      } else if (c == '}' || c == ']') {
        if (--depth == 0)
          return std::nullopt;
        name = false;
      } else if (c == ',') {
        name = depth == 1;
      } else if (c == '"') {
        const std::size_t end = end_of_string(i);
        const bool found = name && text_.substr(i + 1, end - i - 1) == key;
        i = end;
        if (found)
          return skip_blanks(text_.find(':', end) + 1);
        name = false;
      }
    }
    return std::nullopt;
  }
  std::size_t skip_blanks(std::size_t at) const {
    const std::size_t found = text_.find_first_not_of(" \t\r\n", at);
    return found == std::string_view::npos ? text_.size() : found;
  }

private:
  std::size_t end_of_string(std::size_t quote) const {
    std::size_t i = quote + 1;
    while (text_[i] != '"')
      i += text_[i] == '\\' ? 2U : 1U;
    return i;
  }
  std::string_view text_;
};

} // namespace

std::string with_issuer(std::string_view credential, std::string_view did) {
  const json::Verbatim document = json::read_verbatim(credential);
  std::string text(credential);
  const feel::Value *issuer = issuer_value(document.value);
  if (issuer == nullptr || issuer->text() != "ISSUER")
    return text;
  Scan scan(credential);
  auto at = scan.value_of(scan.skip_blanks(credential.starts_with("\xEF\xBB\xBF") ? 3 : 0), "issuer");
  if (at && credential[*at] == '{')
    at = scan.value_of(*at, "id");
  if (!at || credential.substr(*at, placeholder.size()) != placeholder)
    return text;
  return text.replace(*at + 1, placeholder.size() - 2, did);
}

std::string issuer_in(std::string_view credential) {
  const json::Verbatim document = json::read_verbatim(credential);
  const feel::Value *issuer = issuer_value(document.value);
  return issuer == nullptr ? std::string() : issuer->text();
}

} // namespace spie::credentials
