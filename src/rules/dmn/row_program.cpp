#include "rules/dmn/row_program.hpp"

#include <algorithm>
#include <cstring>

namespace spie::dmn {

using feel::Kind;
using feel::Value;

namespace {

// Whether it is the same value, written the same way. Lists and contexts are when they are one; what is not known
// never.
bool is_same(const Value &a, const Value &b) {
  if (a.kind() != b.kind())
    return false;
  switch (a.kind()) {
  case Kind::null:
    return a.cause() == nullptr && b.cause() == nullptr;
  case Kind::boolean:
    return a.boolean() == b.boolean();
  case Kind::number:
    return std::memcmp(&a.number(), &b.number(), sizeof(feel::Number)) == 0;
  case Kind::text:
    return a.text() == b.text();
  case Kind::date:
    return a.date() == b.date();
  case Kind::days_duration:
    return a.days_duration() == b.days_duration();
  case Kind::months_duration:
    return a.months_duration() == b.months_duration();
  case Kind::list:
    return &a.list() == &b.list();
  case Kind::context:
    return &a.context() == &b.context();
  default:
    return false;
  }
}

} // namespace

bool takes_programs(const EvaluateOptions &options, bool steps_count) {
  const feel::Limits &given = options.limits;
  static const feel::Limits usual;
  return !options.trace && given.depth == usual.depth && (!steps_count || given.steps == usual.steps) &&
         given.list_size == usual.list_size && given.text_size == usual.text_size && given.stack == usual.stack &&
         given.bytes == usual.bytes && given.result == usual.result && given.time == usual.time;
}

bool RowPrograms::Made::fits(std::span<const Value> values, bool unknowns) const {
  return unknowns == facts_may_be_unknown && std::all_of(steady.begin(), steady.end(), [&](const auto &one) {
           return is_same(values[one.first], one.second);
         });
}

std::optional<Value> RowPrograms::run(std::span<const Value> values, bool facts_may_be_unknown,
                                      std::span<const std::uint32_t> order) const {
  if (!order.empty() && !steady_.empty())
    return std::nullopt;
  const std::uint32_t count = count_.load(std::memory_order_acquire);
  for (std::uint32_t i = 0; i < count; ++i) {
    const Made &one = *made_[i].load(std::memory_order_relaxed);
    if (one.fits(values, facts_may_be_unknown))
      return one.program == nullptr ? std::nullopt : one.program->run(values, order);
  }
  if (count == most)
    return std::nullopt;
  // Two threads may count as one: it is compiled a little later.
  const std::uint32_t waited = waited_.load(std::memory_order_relaxed) + 1;
  waited_.store(waited, std::memory_order_relaxed);
  if (waited >= often)
    compile(values, facts_may_be_unknown);
  return std::nullopt;
}

void RowPrograms::compile(std::span<const Value> values, bool unknowns) const {
  const std::unique_lock lock(mutex_, std::try_to_lock); // another one is at it
  // Many threads may have come here before the last program was made.
  const std::uint32_t count = count_.load(std::memory_order_relaxed);
  if (!lock || count == most || waited_.load(std::memory_order_relaxed) < often)
    return;
  waited_.store(0, std::memory_order_relaxed);
  auto made = std::make_unique<Made>();
  made->facts_may_be_unknown = unknowns;
  for (const std::uint32_t slot : steady_) {
    if (values[slot].holds_causes())
      return; // no two rows are known to have the same
    made->steady.emplace_back(slot, values[slot]);
  }
  made->program = compile_row(model_, decision_, made->steady, unknowns);
  made_[count].store(made.get(), std::memory_order_relaxed);
  kept_.push_back(std::move(made));
  count_.store(count + 1, std::memory_order_release);
}

} // namespace spie::dmn
