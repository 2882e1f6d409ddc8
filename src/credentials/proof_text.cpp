#include "credentials/proof_text.hpp"

#include "rules/json/reader.hpp"

#include <algorithm>

namespace spie::credentials {

namespace {

// Goes through a text that is known to be JSON.
class Scanner {
public:
  explicit Scanner(std::string_view text) : text_(text) {}
  std::size_t at = 0;

  char next() { // the next character that is no white space
    at = text_.find_first_not_of(" \t\r\n", at);
    return text_.at(at);
  }
  void skip_string() {
    for (++at; text_.at(at) != '"'; ++at)
      at += text_.at(at) == '\\' ? 1u : 0u;
    ++at;
  }
  void skip_value() {
    int depth = 0;
    do {
      const char c = next();
      if (c == '"') {
        skip_string();
      } else if (c == '{' || c == '[') {
        ++depth;
        ++at;
      } else if (c == '}' || c == ']') {
        --depth;
        ++at;
      } else if (c == ',' || c == ':') {
        ++at;
      } else { // a number, true, false, null
        at = std::min(text_.find_first_of(" \t\r\n,:]}", at), text_.size());
      }
    } while (depth > 0);
  }

private:
  std::string_view text_;
};

bool is(std::string_view key, std::string_view name) { return json::read_verbatim(key).value.text() == name; }

std::string inserted(std::string_view text, std::size_t at, std::string_view what) {
  std::string out(text.substr(0, at));
  out += what;
  return out += text.substr(at);
}

} // namespace

std::string with_proof(std::string_view text, std::string_view proof) { return with_item(text, "proof", proof); }

std::string with_item(std::string_view text, std::string_view member, std::string_view item) {
  Scanner scanner(text);
  scanner.at = std::min(text.find('{'), text.size()); // after a byte order mark, if any
  ++scanner.at;
  bool empty = true;
  std::size_t last = scanner.at; // where the last member ends
  while (scanner.next() != '}') {
    empty = false;
    if (scanner.next() == ',') {
      ++scanner.at;
      scanner.next();
    }
    const std::size_t key = scanner.at;
    scanner.skip_string();
    const bool found = is(text.substr(key, scanner.at - key), member);
    scanner.next(); // the colon
    ++scanner.at;
    const char first = scanner.next();
    const std::size_t value = scanner.at;
    scanner.skip_value();
    last = scanner.at;
    if (!found)
      continue;
    const std::string_view held = text.substr(value, last - value);
    if (first != '[')
      return std::string(text.substr(0, value)) + '[' + std::string(held) + ',' + std::string(item) + ']' +
             std::string(text.substr(last));
    const std::size_t end = held.find_last_not_of(" \t\r\n", held.size() - 2); // of the last item, or the bracket
    const bool none = end == 0;
    return inserted(text, value + end + 1, (none ? "" : ",") + std::string(item));
  }
  return inserted(text, last, (empty ? "\"" : ",\"") + std::string(member) + "\":" + std::string(item));
}

} // namespace spie::credentials
