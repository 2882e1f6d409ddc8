// The parts of a document, each with its JSON pointer: what is read from them, and how they are refused where they
// stand.
#pragma once

#include "credentials/finding.hpp"
#include "spie/feel/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace spie::credentials {

[[noreturn]] inline void refuse(Code code, std::string where, Words reason) {
  throw Refusal({code, Level::error, std::move(where), std::move(reason), {}});
}

// A value and its place, in what breaks the rules of `code`.
struct Place {
  const feel::Value &value;
  std::string where;
  Code code;

  [[noreturn]] void refuse(std::string fr, std::string en) const {
    credentials::refuse(code, where, {std::move(fr), std::move(en)});
  }
  bool is(feel::Kind kind) const noexcept { return value.is(kind); }
  Place object() const {
    if (!is(feel::Kind::context))
      refuse("un objet est attendu", "an object is expected");
    return *this;
  }
  std::optional<Place> find(std::string_view key) const {
    const feel::Value *found = value.context().find(key);
    if (found == nullptr)
      return std::nullopt;
    return Place{*found, where + "/" + std::string(key), code};
  }
  Place at(std::string_view key) const {
    const auto found = find(key);
    if (!found)
      refuse("« " + std::string(key) + " » manque", "'" + std::string(key) + "' is missing");
    return *found;
  }
  Place item(std::size_t index) const { return {value.list()[index], where + "/" + std::to_string(index), code}; }
  const std::string &text() const {
    if (!is(feel::Kind::text) || value.text().empty())
      refuse("un texte est attendu", "a text is expected");
    return value.text();
  }
  // Calls `take` with the value, or with each one of its list.
  template <class Take> void each(Take &&take) const {
    if (!is(feel::Kind::list))
      return take(*this);
    if (value.list().empty())
      refuse("une liste vide n’a pas sa place", "an empty list may not stand here");
    for (std::size_t i = 0; i < value.list().size(); ++i)
      take(item(i));
  }
  bool has_type(std::string_view type) const {
    bool found = false;
    at("type").each([&](const Place &one) { found = found || one.text() == type; });
    return found;
  }
};

// Decimal digits and nothing else ("42", never "042", "+42" or "42abc"), or an integer; nothing for what is neither.
std::optional<std::uint64_t> whole(const feel::Value &value) noexcept;

} // namespace spie::credentials
