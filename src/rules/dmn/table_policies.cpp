// What the rules that match make: one value, or why there is none.
#include "rules/dmn/table.hpp"

#include "rules/feel/operators.hpp"
#include "rules/feel/work.hpp"

#include <algorithm>
#include <utility>

namespace spie::dmn {

using feel::Value;

Value Table::decide(Run &run) const {
  switch (policy) {
  case Policy::first:
    // What stands before the first true rule might match instead.
    if (!run.possible.empty())
      return run.doubt;
    return run.first_hit < 0 ? no_hit(run) : rule_output(run, static_cast<std::size_t>(run.first_hit));
  case Policy::unique:
    return unique(run);
  case Policy::any:
    return any(run);
  case Policy::priority:
    return by_priority(run);
  default:
    break;
  }
  if (!run.possible.empty())
    return run.doubt;
  if (run.hits.empty() && (policy != Policy::count || outputs.front().default_child >= 0))
    return no_hit(run);
  std::vector<Value> values;
  values.reserve(run.hits.size());
  for (const std::uint32_t rule : run.hits)
    values.push_back(rule_output(run, rule));
  if (policy == Policy::rule_order || policy == Policy::collect)
    return Value(feel::List(values.begin(), values.end()));
  if (policy != Policy::output_order)
    return aggregate(run, values);
  std::vector<std::pair<std::vector<std::size_t>, std::size_t>> ranked;
  for (std::size_t i = 0; i < values.size(); ++i)
    ranked.emplace_back(rank(run, values[i]).value_or(std::vector<std::size_t>{SIZE_MAX}), i);
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
  feel::List ordered;
  for (const auto &[ranks, index] : ranked)
    ordered.push_back(values[index]);
  return Value(std::move(ordered));
}

std::string Table::numbers(const std::vector<std::uint32_t> &rules_hit) const {
  std::string result;
  for (const std::uint32_t rule : rules_hit)
    result += (result.empty() ? "" : ", ") + std::to_string(rule + 1);
  return result;
}

Value Table::unique(Run &run) const {
  if (run.second_hit >= 0) {
    if (run.trace != nullptr)
      for (const std::int64_t rule : {run.first_hit, run.second_hit})
        run.trace->rules[static_cast<std::size_t>(rule)].hit = true;
    return error(run, Code::dmn_many_rules,
                 "rules " + std::to_string(run.first_hit + 1) + " and " + std::to_string(run.second_hit + 1) +
                     " both match in a UNIQUE table",
                 std::to_string(run.first_hit + 1) + ", " + std::to_string(run.second_hit + 1));
  }
  if (!run.possible.empty())
    return run.doubt;
  return run.first_hit < 0 ? no_hit(run) : rule_output(run, static_cast<std::size_t>(run.first_hit));
}

Value Table::any(Run &run) const {
  Value result;
  for (std::size_t i = 0; i < run.hits.size(); ++i) {
    Value value = rule_output(run, run.hits[i]);
    if (i == 0)
      result = std::move(value);
    else if (!feel::work::text(run.evaluation, result.unfolded()))
      return run.evaluation.out_of_limits();
    else if (!identical(result, value))
      return error(run, Code::dmn_many_rules,
                   "rules " + numbers(run.hits) + " match in an ANY table and their outputs differ", numbers(run.hits));
  }
  if (!run.possible.empty())
    return run.doubt;
  return run.hits.empty() ? no_hit(run) : result;
}

std::optional<std::vector<std::size_t>> Table::rank(Run &run, const Value &value) const {
  std::vector<std::size_t> result;
  for (const Output &output : outputs) {
    const Value *one = outputs.size() == 1             ? &value
                       : value.is(feel::Kind::context) ? value.context().find(output.name)
                                                       : nullptr;
    if (one == nullptr || one->cause() != nullptr)
      return std::nullopt;
    std::size_t place_of = 0;
    while (place_of < output.order.size() && !feel::is_equal(run.evaluation, output.order[place_of], *one))
      ++place_of;
    result.push_back(place_of);
  }
  return result;
}

Value Table::by_priority(Run &run) const {
  std::optional<std::vector<std::size_t>> best;
  std::uint32_t rule = 0;
  for (const std::uint32_t hit : run.hits) {
    const Value value = rule_output(run, hit, false);
    auto ranks = rank(run, value);
    if (!ranks)
      return value.is(feel::Kind::context) || value.cause() == nullptr ? rule_output(run, hit) : value;
    if (!best || *ranks < *best) {
      best = std::move(ranks);
      rule = hit;
    }
  }
  // A possible rule matters unless what it would give ranks no higher than what is certain.
  for (const std::uint32_t possible : run.possible) {
    const auto ranks = best ? rank(run, rule_output(run, possible, false)) : std::nullopt;
    if (!ranks || *ranks < *best)
      return run.doubt;
  }
  return best ? rule_output(run, rule) : no_hit(run);
}

Value Table::aggregate(Run &run, const std::vector<Value> &values) const {
  if (policy == Policy::count)
    return static_cast<std::int64_t>(values.size());
  Value result = values.front();
  for (std::size_t i = 1; i < values.size(); ++i) {
    run.evaluation.line = run.evaluation.column = 0;
    if (policy == Policy::sum) {
      result = feel::add(run.evaluation, result, values[i]);
      continue;
    }
    if (result.is_null() || values[i].is_null()) {
      if (result.cause() != nullptr || values[i].cause() != nullptr)
        result = merge_causes(result, values[i]);
      else
        return error(run, Code::feel_null_operand, "a null has no place in a minimum or maximum");
      continue;
    }
    const auto compared = feel::order(run.evaluation, values[i], result);
    if (!compared)
      return error(run, Code::feel_type, "the outputs of the rules are not of one ordered type");
    if (policy == Policy::min ? *compared < 0 : *compared > 0)
      result = values[i];
  }
  return result;
}

Value Table::no_hit(Run &run) const {
  if (std::none_of(outputs.begin(), outputs.end(), [](const Output &output) { return output.default_child >= 0; }))
    return error(run, Code::dmn_no_rule, "no rule matches, and the table has no default output");
  if (run.trace != nullptr)
    run.trace->default_output = true;
  const auto made = [&]() -> Value {
    feel::Context context;
    for (const Output &output : outputs) {
      Value value = output.default_child < 0
                        ? Value()
                        : output_value(run, output, *run.node.children[static_cast<std::size_t>(output.default_child)]);
      if (outputs.size() == 1)
        return value;
      context.set(output.name, std::move(value));
    }
    return context;
  };
  Value value = ready_default ? *ready_default : made();
  const bool list = policy == Policy::rule_order || policy == Policy::output_order || policy == Policy::collect;
  return list && !value.is(feel::Kind::list) && value.cause() == nullptr ? Value(feel::List{std::move(value)}) : value;
}

} // namespace spie::dmn
