// One reader of JSON documents: their parts, where each stands ("parametres.json#/parametres/3/nom"), what is wrong
// with them.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/feel/value.hpp"
#include "spie/json.hpp"

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::json {

// What becomes of the faults of a document: all are collected, or the first is thrown.
struct Faults {
  Code code;                                                  // of those that bear no other
  std::vector<Diagnostic> *into = nullptr;                    // null: the first is thrown
  std::size_t most = std::numeric_limits<std::size_t>::max(); // that `into` may hold; the others are dropped
  Level unknown_key = Level::error;
};

// A value of the document, which outlives it. After a fault that is only collected, what could not be read is empty.
class Reader {
public:
  // `where`: a file ("pack.json"), whose pointers follow a '#'; a pointer (""), a file and a pointer ("pack.json#"); or
  // what ends with the '/' of the first key.
  Reader(const feel::Value &value, std::string where, Faults faults);

  const feel::Value &value() const noexcept { return *value_; }
  const std::string &where() const noexcept { return where_; }
  bool is_context() const noexcept { return value_->is(feel::Kind::context); }

  void fault(std::string message, std::string remedy = {}, std::string expected = {}) const;
  void fault(std::string message, Code code, Level level = Level::error) const;
  // Throws, in both modes.
  [[noreturn]] void refuse(std::string message, std::string_view under = {}) const;

  // The keys that may stand here; any other is a fault, with the nearest as suggestion.
  void keys(std::initializer_list<std::string_view> known) const;
  bool holds(std::string_view key) const { return look_up(key) != nullptr; } // it is there, be it null
  bool has(std::string_view key) const;                                      // it is there, and not null
  Reader at(std::string_view key) const;                                     // a null, and a fault, when it is missing
  std::optional<Reader> find(std::string_view key) const;                    // nothing when it is missing or null
  Reader member(std::string_view key, const feel::Value &value) const;
  Reader as(const feel::Value &value) const; // another value at this place

  std::size_t size() const; // of a list; a fault and 0 for anything else
  Reader item(std::size_t index) const;
  std::vector<Reader> items() const;
  std::vector<std::pair<std::string, Reader>> entries() const; // of an object, in its order
  // Of what stands under a key; none when nothing does.
  std::vector<Reader> items(std::string_view key) const;
  std::vector<std::pair<std::string, Reader>> entries(std::string_view key) const;

  std::string text(std::string_view key) const;          // required, not empty
  std::string text_or_empty(std::string_view key) const; // optional
  std::string text_if_any(std::string_view key) const;   // optional; not empty when it is there
  std::string as_text() const;
  std::vector<std::string> texts(std::string_view key) const;    // optional
  bool boolean(std::string_view key) const;                      // optional, false
  std::optional<std::int64_t> whole(std::string_view key) const; // optional
  feel::Number number(std::string_view key) const;               // required: one, or its text
  std::optional<feel::Date> date(std::string_view key) const;    // required: tagged, or ISO text
  std::optional<feel::Date> as_date() const;

private:
  const feel::Value *look_up(std::string_view key) const; // nullptr when it is not there
  void add(Diagnostic fault) const;
  // Where a required member that is not what it should be is told. Those who stop at the first fault learn which object
  // lacks it; the others, each place.
  const Reader &told(const Reader &member) const noexcept { return faults_.into == nullptr ? *this : member; }

  const feel::Value *value_;
  std::string where_;
  std::string_view slash_ = "/"; // what stands between the place and a key
  Faults faults_;
};

// A document as its signature covers it: {"@date": …} is an object like another, and each number keeps its digits.
struct Verbatim {
  feel::Value value;
  std::map<std::string, std::string, std::less<>> digits; // "1.50", "-0", "1E2": of each number, by JSON pointer
};
// Throws Error as read_json does, J002 for a number that no double holds.
Verbatim read_verbatim(std::string_view text, std::string_view name = {}, JsonLimits limits = {});

} // namespace spie::json
