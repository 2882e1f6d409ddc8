// Contexts (DMN 1.5 §10.3.4.10).
#include "rules/feel/builtins/support.hpp"
#include "rules/feel/operators.hpp"
#include "rules/feel/work.hpp"

#include <array>
#include <map>

namespace spie::feel {

namespace {

using builtins::Arguments;
using builtins::refused;

// An entry that is copied, with its name, takes about the time of a node.
bool copies(Evaluation &evaluation, const Context &context) {
  return evaluation.step(static_cast<std::int64_t>(context.size()));
}

// A context that is made entry by entry: what stands where. By order: whoever gives the names could make them fall into
// one place of a hash table.
class Making {
public:
  // Whether there was none of this name; `value` stands in the place of the other one.
  bool set(const std::string &key, const Value &value) {
    const auto [at, added] = places_.emplace(key, entries_.size());
    if (added)
      entries_.emplace_back(key, value);
    else
      entries_[at->second].second = value;
    return added;
  }
  Context made() && { return Context::of_distinct(std::move(entries_)); }

private:
  std::vector<Context::Entry> entries_;
  std::map<std::string, std::size_t> places_;
};

Value get_value(Evaluation &evaluation, Arguments a) {
  if (!work::names(evaluation, a[0].context()))
    return evaluation.out_of_limits();
  const Value *const found = a[0].context().find(a[1].text());
  return found == nullptr ? Value() : *found;
}

Value get_entries(Evaluation &evaluation, Arguments a) {
  if (!copies(evaluation, a[0].context()))
    return evaluation.out_of_limits();
  List result;
  result.reserve(a[0].context().size());
  for (const auto &[key, value] : a[0].context())
    result.push_back(evaluation.made(Value(Context{{"key", evaluation.made(Value(key))}, {"value", value}})));
  return result;
}

Value from_entries(Evaluation &evaluation, Arguments a) {
  Making result;
  for (const Value &entry : a[0].list()) {
    if (entry.is_unknown())
      return builtins::unknown_of(entry);
    if (!entry.is(Kind::context))
      return refused(evaluation, "context", "an entry is not a context {key: …, value: …}");
    if (!evaluation.step() || !work::names(evaluation, entry.context()))
      return evaluation.out_of_limits();
    const Value *const key = entry.context().find("key");
    const Value *const value = entry.context().find("value");
    if (key != nullptr && key->is_unknown())
      return builtins::unknown_of(*key);
    if (key == nullptr || !key->is(Kind::text) || value == nullptr)
      return refused(evaluation, "context", "an entry lacks its `key`, a string, or its `value`");
    if (!result.set(key->text(), *value))
      return evaluation.error(Code::feel_duplicate_key, "`context`: the key " + in_brief(*key) + " stands twice");
  }
  return std::move(result).made();
}

Value put(Evaluation &evaluation, Arguments a) {
  if (!copies(evaluation, a[0].context()))
    return evaluation.out_of_limits();
  Context result = a[0].context();
  result.set(a[1].text(), a[2]);
  return result;
}

// Replaces along the path; what lies on it must exist and be a context, except the last.
Value put_along(Evaluation &evaluation, const Context &context, std::span<const Value> keys, const Value &value) {
  const Value &key = keys.front();
  if (key.is_unknown())
    return builtins::unknown_of(key);
  if (!key.is(Kind::text))
    return refused(evaluation, "context put", "a key is not a string");
  Value entry = value;
  if (keys.size() > 1) {
    const Value *const inner = context.find(key.text());
    if (inner != nullptr && inner->is_unknown())
      return builtins::unknown_of(*inner);
    if (inner == nullptr || !inner->is(Kind::context))
      return refused(evaluation, "context put", "there is no context at the key " + in_brief(key));
    const Nesting nesting(evaluation);
    if (nesting.too_deep())
      return evaluation.error(Code::feel_limit, "the path of `context put` is too long");
    entry = put_along(evaluation, inner->context(), keys.subspan(1), value);
    if (!entry.is(Kind::context))
      return entry;
    entry = evaluation.made(std::move(entry)); // each context along the path is a new one
  }
  if (!copies(evaluation, context))
    return evaluation.out_of_limits();
  Context result = context;
  result.set(key.text(), std::move(entry));
  return result;
}

Value put_nested(Evaluation &evaluation, Arguments a) {
  if (a[1].list().empty())
    return refused(evaluation, "context put", "the list of keys is empty");
  return put_along(evaluation, a[0].context(), a[1].list(), a[2]);
}

Value merge(Evaluation &evaluation, Arguments a) {
  Making result;
  for (const Value &context : a[0].list()) {
    if (context.is_unknown())
      return builtins::unknown_of(context);
    if (!context.is(Kind::context))
      return refused(evaluation, "context merge", "an item is not a context");
    if (!copies(evaluation, context.context()))
      return evaluation.out_of_limits();
    for (const auto &[key, value] : context.context())
      result.set(key, value);
  }
  return std::move(result).made();
}

constexpr std::array rows{
    Signature{"get value", "m: context, key: string", "any", get_value,
              "The value at the key; null when the context has none.", "get value({a: 1}, \"a\") = 1"},
    Signature{"get entries", "m: context", "list", get_entries, "The entries, each as {key, value}.",
              "get entries({a: 1}) = [{key: \"a\", value: 1}]"},
    Signature{"context", "entries: list", "context", from_entries, "The context of these entries {key, value}.",
              "context([{key: \"a\", value: 1}]) = {a: 1}"},
    Signature{"context put", "context: context, key: string, value: any", "context", put,
              "The context with the entry added, or replaced.", "context put({a: 1}, \"b\", 2) = {a: 1, b: 2}"},
    Signature{"context put", "context: context, keys: list, value: any", "context", put_nested,
              "The context with the entry at the path added, or replaced.",
              "context put({a: {b: 1}}, [\"a\", \"b\"], 2) = {a: {b: 2}}"},
    Signature{"context merge", "contexts: list", "context", merge,
              "The entries of all the contexts; a later one prevails.",
              "context merge([{a: 1}, {a: 2, b: 3}]) = {a: 2, b: 3}"},
};

} // namespace

std::span<const Signature> context_builtins() { return rows; }

} // namespace spie::feel
