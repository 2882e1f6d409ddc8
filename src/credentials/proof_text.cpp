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

// Where the value of a key of an object stands, and where the last member ends; the key may not be there.
struct Member {
  std::size_t value = 0, end = 0; // 0, 0: it is not there
  std::size_t last = 0;           // where the last member read ends
  bool empty = true;              // the object has none
};
Member look_up(std::string_view text, std::size_t object, std::string_view key) {
  Member found;
  Scanner scanner(text);
  scanner.at = object + 1;
  found.last = scanner.at;
  while (scanner.next() != '}') {
    found.empty = false;
    if (scanner.next() == ',') {
      ++scanner.at;
      scanner.next();
    }
    const std::size_t name = scanner.at;
    scanner.skip_string();
    const bool wanted = is(text.substr(name, scanner.at - name), key);
    scanner.next(); // the colon
    ++scanner.at;
    scanner.next();
    const std::size_t value = scanner.at;
    scanner.skip_value();
    found.last = scanner.at;
    if (!wanted)
      continue;
    found.value = value;
    found.end = scanner.at;
    return found;
  }
  return found;
}

} // namespace

std::string with_item(std::string_view text, std::span<const std::string_view> path, std::string_view key,
                      std::string_view item) {
  std::size_t object = std::min(text.find('{'), text.size());
  for (const std::string_view step : path)
    object = look_up(text, object, step).value;
  const Member held = look_up(text, object, key);
  const std::string quoted = '"' + std::string(key) + "\":[" + std::string(item) + ']';
  if (held.end == 0)
    return inserted(text, held.last, (held.empty ? "" : ",") + quoted);
  const std::string_view value = text.substr(held.value, held.end - held.value);
  if (value.front() != '[')
    return std::string(text.substr(0, held.value)) + '[' + std::string(value) + ',' + std::string(item) + ']' +
           std::string(text.substr(held.end));
  const std::size_t end = value.find_last_not_of(" \t\r\n", value.size() - 2);
  return inserted(text, held.value + end + 1, (end == 0 ? "" : ",") + std::string(item));
}

std::string with_item(std::string_view text, std::string_view key, std::string_view item) {
  const std::size_t object = std::min(text.find('{'), text.size()); // after a byte order mark, if any
  const Member held = look_up(text, object, key);
  if (held.end == 0) // what stands alone is no list
    return inserted(text, held.last, (held.empty ? "\"" : ",\"") + std::string(key) + "\":" + std::string(item));
  return with_item(text, {}, key, item);
}

std::string with_proof(std::string_view text, std::string_view proof) { return with_item(text, "proof", proof); }

} // namespace spie::credentials
