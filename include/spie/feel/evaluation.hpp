// What one evaluation needs and gathers: the clock if there is one, the limits, the place of what is being computed.
// One thread, one Evaluation; what it evaluates is immutable and shared.
#pragma once

#include "spie/feel/value.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace spie::feel {

// Where an error stands: an expression knows its text, the model element that holds it knows the file.
struct Place {
  std::string element;    // "entree.dmn, decision 'entree', rule 3"; empty for bare FEEL
  std::uint32_t line = 0; // of the FEEL text, from 1
  std::uint32_t column = 0;
};

struct Limits {
  int depth = 256;                    // of calls of functions, decisions and expressions within one another
  std::int64_t steps = 50'000'000;    // nodes evaluated
  std::int64_t list_size = 5'000'000; // items of one list
  std::size_t text_size = 16u << 20;  // bytes of one text that an operation makes
  std::size_t stack = 1u << 20;       // bytes of stack that nodes within one another take; a thread has more
  std::size_t bytes = 1u << 30;       // of the texts, lists and contexts that one evaluation makes
  std::size_t result = 256u << 20;    // bytes of a result once what it shares is written out (Value::unfolded)
  // By the clock, looked at every thousand steps. 0: none, so that an answer depends on nothing but what was given.
  std::chrono::milliseconds time{0};
};

// Told what happens inside an evaluation, when a trace is wanted; the DMN layer writes one (spie/dmn/trace.hpp).
class Observer {
public:
  virtual ~Observer() = default;
  // An entry of a boxed context has its value.
  virtual void entry(const std::string &name, const Value &value) = 0;
};

// Variables whose values are computed when they are first read, if ever.
class Pending {
public:
  virtual ~Pending() = default;
  virtual void settle(std::size_t slot) = 0; // nothing for a variable that has its value
};

struct Node;

// A filter whose list no evaluation changes: what it gives, or what it gives for each text that its key may be.
struct Known {
  const Node *filter;
  Value value = {};
  const Node *key = nullptr; // nullptr: `value` is the whole answer
  std::unordered_map<std::string, Value> by_key = {};
};

class Evaluation {
public:
  Observer *observer = nullptr; // no trace when null

  std::optional<DateTime> now; // what now() gives; without it and without a clock, now() and today() are null with F014
  DateTime (*clock)() = nullptr; // read once, when the instant is first asked for
  const std::optional<DateTime> &instant() {
    if (!now && clock != nullptr)
      now = clock();
    return now;
  }
  // Packs (decisions §1): a condition, filter, count or test for null over an unknown fact is unknown.
  bool facts_may_be_unknown = false;
  Limits limits = {};

  std::span<const Value> globals; // the values of the model's variables, by slot
  std::span<char> reads;          // by slot, 1 once the variable is read; empty when nobody asks
  Pending *pending = nullptr;     // none when all have their values
  const Value &read(std::size_t slot) {
    if (!reads.empty())
      reads[slot] = 1;
    if (pending != nullptr)
      pending->settle(slot);
    return globals[slot];
  }
  // The members of the items of a global, `freins.code`: gathered once, however many loops ask.
  std::vector<std::pair<const Node *, Value>> gathered;

  std::span<const Known> known; // parts that need no evaluation

  // The model that is being evaluated: the functions made here keep it alive, since they may outlive the evaluation.
  std::shared_ptr<const void> owner;

  // A null with an error at the place being evaluated; the words at fault and what was meant, as in Diagnostic.
  Value error(Code code, std::string message, std::string details = {}, std::string suggestion = {}) const;
  Value out_of_limits() const; // a null with F008: the steps or the bytes are used up

  // A text that an operation made; null with F008 when it is longer than the limit.
  Value made(std::string text);
  // A list, context or text that an operation made: its own bytes count, so that values cannot fill the memory one by
  // one. Null with F008 beyond the limit.
  Value made(Value value);
  // What leaves the evaluation: null with F008 when it would unfold beyond the limit.
  Value bounded(Value value) const;

  // Memory that is about to be taken; false when the limit is reached.
  bool take(std::size_t count) noexcept { return (bytes_ += count) <= limits.bytes; }
  void give_back(std::size_t count) noexcept { bytes_ -= count; }
  std::size_t bytes() const noexcept { return bytes_; }

  // One more step; false when a limit is reached.
  bool step(std::int64_t count = 1) noexcept {
    return (steps_ += count) <= limits.steps && bytes_ <= limits.bytes && (limits.time.count() == 0 || in_time());
  }
  bool exhausted() const noexcept { return steps_ > limits.steps || bytes_ > limits.bytes || late_; }
  std::int64_t steps() const noexcept { return steps_; }

  // The place of the node being evaluated; set by the evaluator.
  const std::string *element = nullptr;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  // Errors on which the value depends though it is not null: standard FEEL lets `if null` take its else and lets
  // filters drop what is null. With those inside the result they make the status (decisions §1).
  Cause consumed;
  void consume(const Value &null) { collect_causes(null, consumed); }

  int depth = 0;                 // of calls
  int stack = 0;                 // of nodes within one another
  std::uintptr_t stack_base = 0; // where the outermost of them stands

private:
  bool in_time() noexcept;

  std::int64_t steps_ = 0;
  std::size_t bytes_ = 0;
  bool late_ = false;
  std::int64_t next_look_ = 0; // at the clock, in steps
  std::chrono::steady_clock::time_point deadline_;
};

// For as long as it lives, functions that are made keep `owner` alive.
class Owning {
public:
  Owning(Evaluation &evaluation, std::shared_ptr<const void> owner) noexcept
      : evaluation_(evaluation), outer_(std::exchange(evaluation.owner, std::move(owner))) {}
  ~Owning() { evaluation_.owner = std::move(outer_); }
  Owning(const Owning &) = delete;
  Owning &operator=(const Owning &) = delete;

private:
  Evaluation &evaluation_;
  std::shared_ptr<const void> outer_;
};

// Counts one level of nesting for as long as it lives.
class Nesting {
public:
  explicit Nesting(Evaluation &evaluation) noexcept : evaluation_(evaluation) { ++evaluation_.depth; }
  ~Nesting() { --evaluation_.depth; }
  Nesting(const Nesting &) = delete;
  Nesting &operator=(const Nesting &) = delete;
  bool too_deep() const noexcept { return evaluation_.depth > evaluation_.limits.depth; }

private:
  Evaluation &evaluation_;
};

} // namespace spie::feel
