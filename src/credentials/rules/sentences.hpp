// What is said of a broken rule, once for each kind of fault.
#pragma once

#include "credentials/finding.hpp"

#include <string>
#include <string_view>

namespace spie::credentials::rules {

inline std::string fr(std::string_view word) { return "« " + std::string(word) + " »"; }
inline std::string en(std::string_view word) { return "'" + std::string(word) + "'"; }

struct Sentences {
  Words reason;
  Words remedy;
};

Sentences missing(std::string_view name, const Words &of);
Sentences null_value();
Sentences empty_array();
Sentences unknown_term(std::string_view name);
Sentences unknown_type(std::string_view name);
Sentences respelled(std::string_view name);
Sentences closed(std::string_view name, std::string_view of);
Sentences several(std::string_view name);
Sentences form(std::string_view name, std::string_view in_french, std::string_view in_english);
// Of what is no field: "the document must be a JSON object".
Sentences must_be(const Words &what, std::string_view in_french, std::string_view in_english);
Sentences type_lacks(std::string_view name, std::string_view expected);
Sentences not_among(std::string_view name, std::string_view value, bool extensible);

} // namespace spie::credentials::rules
