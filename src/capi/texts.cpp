// What a program in C does with texts, so that it needs no JSON parser: a member of a result; a line for its own log.
#include "capi/guard.hpp"
#include "spie/nir.hpp"
#include "text/suggestion.hpp"

namespace spie::capi {

namespace {

// "a~1b" names the key "a/b", "a~0b" the key "a~b" (RFC 6901).
std::string unescaped(std::string_view token) {
  std::string key;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape = token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1');
    key += !escape ? token[i] : token[i + 1] == '0' ? '~' : '/';
    i += escape ? 1U : 0U;
  }
  return key;
}

[[noreturn]] void not_there(std::string message, std::string_view where, std::string remedy) {
  throw Error(Diagnostic{Code::json_value, Level::error, std::move(message), std::string(where), std::move(remedy)});
}

// nullptr beyond the end of a list.
const feel::Value *entry(const feel::Value &value, const std::string &key, std::string_view where) {
  if (value.is(feel::Kind::context)) {
    if (const feel::Value *found = value.context().find(key))
      return found;
    std::vector<std::string> keys;
    for (const auto &[name, held] : value.context())
      keys.push_back(name);
    not_there(unknown("key", key, keys), where, "Name one that the object has.");
  }
  if (!value.is(feel::Kind::list))
    not_there("there is no '" + key + "' in what is neither an object nor a list", where, "Stop one name earlier.");
  const auto index = feel::Number::parse(key);
  const auto place = index && (key == "0" || key.front() != '0') ? index->to_int64() : std::nullopt;
  if (!place || *place < 0)
    not_there("'" + key + "' is no place in a list", where, "Count from 0.");
  const feel::List &list = value.list();
  return static_cast<std::size_t>(*place) < list.size() ? &list[static_cast<std::size_t>(*place)] : nullptr;
}

const feel::Value *member(const feel::Value &whole, std::string_view pointer) {
  if (!pointer.empty() && pointer.front() != '/')
    refuse_argument("pointer", "is no JSON pointer: write it as /manquants/0");
  const feel::Value *at = &whole;
  for (std::size_t start = 0; start < pointer.size() && at != nullptr;) {
    const std::size_t end = std::min(pointer.find('/', start + 1), pointer.size());
    at = entry(*at, unescaped(pointer.substr(start + 1, end - start - 1)), pointer.substr(0, end));
    start = end;
  }
  return at;
}

// As JSON writes it, digit for digit; but a text bare, and what JSON tags by its text alone.
std::string written(const feel::Value &value) {
  if (value.is(feel::Kind::text))
    return value.text();
  std::string json = result_text(value);
  const bool tagged = json.front() == '{' && !value.is(feel::Kind::context);
  return tagged ? value.to_string() : json;
}

} // namespace

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;

spie_status spie_json_member(char **text, size_t *length, const char *json, size_t json_length, const char *pointer,
                             spie_error *error) {
  if (text != nullptr)
    *text = nullptr;
  if (length != nullptr)
    *length = 0;
  return guard(error, [&] {
    needed(text, "the first argument, where the text goes,");
    const feel::Value whole = read_json(document_argument(json, json_length, "json"), "json");
    const feel::Value *found = member(whole, text_argument(pointer, "pointer"));
    if (found == nullptr)
      return;
    give_bytes(text, length, written(*found));
  });
}

spie_status spie_without_nir(char **text, size_t *length, const char *given, size_t given_length, spie_error *error) {
  return give_text(text, length, error, [&] { return without_nir(bytes_argument(given, given_length, "given")); });
}
