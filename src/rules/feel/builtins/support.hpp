// What several families of built-ins need.
#pragma once

#include "rules/feel/builtins/builtins.hpp"
#include "spie/feel/evaluation.hpp"
#include "spie/feel/value.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace spie::feel::builtins {

using Arguments = std::span<const Value>;

// The whole part of a number given where an integer is asked for (TCK 1155: list replace([1, 2, 3], 2.5, 4)).
std::optional<std::int64_t> truncated(const Number &number);

// The index of a position as FEEL counts: from 1, or from the end when negative; nullopt outside the list.
std::optional<std::size_t> index_at(const Number &position, std::size_t size);

// Where the text holds the other one, by bytes; npos where it does not. std::string_view::find compares the whole of a
// long one at each place that starts alike, this takes the time of both lengths together.
std::size_t found_in(std::string_view text, std::string_view sought) noexcept;

// A null with the causes of every null inside the items, or with F017 when they give none: what a function over items
// of which some are null gives.
Value null_item(Evaluation &evaluation, const List &items, std::string_view function);

// The unknown items of a list as one null; nullopt when none is unknown.
std::optional<Value> unknown_among(const List &items);

// The null of an operand that is unknown; nothing is known of an operation over it.
Value unknown_of(const Value &value);

// FEEL equality as true or not true, without the cost of the finding that two kinds leave.
bool same(Evaluation &evaluation, const Value &a, const Value &b);

// F008 when `size` items are more than a list may hold, or when the steps are used up.
std::optional<Value> beyond_limits(Evaluation &evaluation, std::size_t size);

// An error of the arguments: "`function`: message".
Value refused(Evaluation &evaluation, std::string_view function, std::string_view message);

} // namespace spie::feel::builtins
