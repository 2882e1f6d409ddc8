// The values that decisions give, read; and those that the results are written in.
#pragma once

#include "insertion/text_of.hpp"
#include "spie/convention/registre.hpp"
#include "spie/feel/temporal.hpp"
#include "spie/feel/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace spie::convention {

inline feel::Value text_or_null(const std::string &text) { return text.empty() ? feel::Value() : feel::Value(text); }
inline feel::Value date_or_null(const std::optional<feel::Date> &date) {
  return date ? feel::Value(date->to_string()) : feel::Value();
}
inline feel::Value count(std::size_t n) { return static_cast<std::int64_t>(n); }

// A line of the ledger, in the names of its columns.
feel::Context depense_value(const Depense &line);

// The pack that a result stands on.
template <class Result> feel::Value pack_value(const Result &result) {
  return feel::Context{{"id", result.pack_id}, {"version", result.pack_version}, {"sha256", result.pack_sha256}};
}

} // namespace spie::convention
