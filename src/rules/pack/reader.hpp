// Reads the JSON files of a pack: each fault with its file and JSON pointer, all of them rather than the first.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/feel/type.hpp"
#include "spie/feel/value.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::pack {

// The parts of one JSON document, and where they stand: "parametres.json#/parametres/3/nom".
class Reader {
public:
  Reader(const feel::Value &value, std::string where, std::vector<Diagnostic> &findings)
      : value_(&value), where_(std::move(where)), findings_(&findings) {}

  const feel::Value &value() const { return *value_; }
  const std::string &where() const { return where_; }

  // The keys that may stand here; any other is a warning with the nearest as suggestion.
  void keys(std::initializer_list<std::string_view> known) const;

  bool has(std::string_view key) const; // present and not null
  // The member; a null and P002 when it is missing.
  Reader at(std::string_view key) const;
  Reader member(std::string_view key, const feel::Value &value) const;
  Reader item(std::size_t index) const;
  Reader as(const feel::Value &value) const { return {value, where_, *findings_}; } // another value at this place
  std::size_t size() const; // of a list; P002 and 0 for anything else
  bool is_context() const;

  std::string text(std::string_view key) const;          // required
  std::string text_or_empty(std::string_view key) const; // optional
  std::string as_text() const;
  std::optional<feel::Date> date(std::string_view key) const; // tagged or ISO text; P002 when it is neither
  std::optional<feel::Date> as_date() const;

  void fault(std::string message, Code code = Code::pack_json, Level level = Level::error) const;

private:
  const feel::Value *value_;
  std::string where_;
  std::vector<Diagnostic> *findings_;
};

// A file name that stands for a file of the pack itself: letters, digits, '.', '_' and '-', not starting with a point.
bool is_plain_name(std::string_view name) noexcept;

} // namespace spie::pack
