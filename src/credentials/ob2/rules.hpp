// What each class of Open Badges 2.0 holds, said as a table, and the documents that are checked against it.
#pragma once

#include "credentials/finding.hpp"
#include "spie/feel/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials::ob2 {

inline constexpr std::string_view context_address = "https://w3id.org/openbadges/v2";

// A value, with its place as findings tell it.
struct Node {
  const feel::Value *value = nullptr;
  std::string where;

  const feel::Value *find(std::string_view key) const noexcept; // nullptr when it is no object or has none
  Node at(std::string_view key) const { return {find(key), where + "/" + std::string(key)}; }
  std::string text(std::string_view key) const; // "" when it is no text
  // The address of what is linked: a text, or the `id` of an object.
  std::string address(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const; // one or a list
  bool has_type(std::string_view type) const;
};

// The @context and the type of a whole document, then the rules of `type`; "" takes the type that it has. Findings are
// added to `found`: B001 for a rule, B002 for a context or a type that nobody defines, B015 for a term that is not of
// the format, B010 for an extension, whose own rules are not at hand. Returns the class that was checked, or the type
// as it stands when it is none of the format's.
std::string check_document(const Node &node, std::string_view type, std::vector<Finding> &found);

// The same members with the same values, in whatever order.
bool same(const feel::Value &a, const feel::Value &b);

bool is_http(std::string_view address) noexcept;
std::string_view authority(std::string_view address) noexcept; // "example.org:8080"; "" when there is none

} // namespace spie::credentials::ob2
