// Sorting (DMN 1.5 §10.3.4.9).
#include "rules/feel/builtins/support.hpp"

#include "rules/feel/operators.hpp"
#include "rules/feel/work.hpp"
#include "spie/feel/function.hpp"

#include <algorithm>
#include <array>

namespace spie::feel {

namespace {

using builtins::Arguments;

// A stable merge sort, bottom up. `precedes` gives nullopt to stop; whatever it answers, even inconsistently, every
// item stays in the list once (std::stable_sort makes no such promise).
template <typename Precedes> bool merge_sort(List &items, Precedes precedes) {
  const std::size_t count = items.size();
  List merged(count);
  for (std::size_t width = 1; width < count; width *= 2) {
    for (std::size_t low = 0; low < count; low += 2 * width) {
      const std::size_t middle = std::min(low + width, count), high = std::min(low + 2 * width, count);
      std::size_t left = low, right = middle, out = low;
      while (left < middle && right < high) {
        const std::optional<bool> right_first = precedes(items[right], items[left]);
        if (!right_first)
          return false;
        merged[out++] = std::move(items[*right_first ? right++ : left++]);
      }
      while (left < middle)
        merged[out++] = std::move(items[left++]);
      while (right < high)
        merged[out++] = std::move(items[right++]);
    }
    items.swap(merged);
  }
  return true;
}

Value sort_by(Evaluation &evaluation, Arguments a) {
  List items = a[0].list();
  if (auto refused = builtins::beyond_limits(evaluation, items.size()))
    return *refused;
  const Function &function = *a[1].function();
  Value failure;
  const bool sorted = merge_sort(items, [&](const Value &x, const Value &y) -> std::optional<bool> {
    if (!evaluation.step()) {
      failure = evaluation.out_of_limits();
      return std::nullopt;
    }
    const std::array<Value, 2> pair{x, y};
    const Value answer = function.call(evaluation, pair);
    if (answer.is(Kind::boolean))
      return answer.boolean();
    failure = answer.cause() != nullptr
                  ? answer
                  : evaluation.error(Code::feel_not_a_boolean, "`sort`: `precedes` does not give a boolean");
    return std::nullopt;
  });
  return sorted ? Value(std::move(items)) : failure;
}

Value sort_naturally(Evaluation &evaluation, Arguments a) {
  List items = a[0].list();
  if (auto refused = builtins::beyond_limits(evaluation, items.size()))
    return *refused;
  if (std::any_of(items.begin(), items.end(), [](const Value &item) { return item.is_null(); }))
    return builtins::null_item(evaluation, items, "sort");
  if (!work::sorting(evaluation, items.size()))
    return evaluation.out_of_limits();
  const bool sorted = merge_sort(items, [&](const Value &x, const Value &y) -> std::optional<bool> {
    const auto found = order(evaluation, x, y);
    return found ? std::optional(*found < 0) : std::nullopt;
  });
  if (evaluation.exhausted())
    return evaluation.out_of_limits();
  if (!sorted)
    return evaluation.error(Code::feel_type, "`sort`: the items have no order among them; give a function `precedes`");
  return items;
}

constexpr std::array rows{
    Signature{"sort", "list: list, precedes: function", "list", sort_by,
              "The list in the order that the function tells; items it does not tell apart keep theirs.",
              "sort([3, 1, 2], function(x, y) x > y) = [3, 2, 1]"},
    Signature{"sort", "list: list", "list", sort_naturally, "The list in ascending order.",
              "sort([3, 1, 2]) = [1, 2, 3]"},
};

} // namespace

std::span<const Signature> sort_builtins() { return rows; }

} // namespace spie::feel
