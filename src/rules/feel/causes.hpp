// Why values are null, put together: each finding and each path once. Of different errors a null keeps the first
// hundred, and whether a limit was reached: a list of a million bad items has one fault, not a million.
#pragma once

#include "spie/feel/evaluation.hpp"
#include "spie/feel/value.hpp"

#include <cstddef>
#include <memory>

namespace spie::feel {

// Gathers the causes of many nulls; one after the other by merge_causes() they would be copied each time.
class Causes {
public:
  Causes();
  ~Causes();
  Causes(const Causes &) = delete;
  Causes &operator=(const Causes &) = delete;

  void add(const Value &value); // of what is no null, and of a plain one, nothing
  bool none() const noexcept { return first_.cause() == nullptr; }
  Value null() const; // with all of them; a plain null when there are none

private:
  struct Merging;
  Value first_;
  Value last_;                       // kept alive: a cause is known by where it stands
  std::unique_ptr<Merging> merging_; // once there are two
};

// merge_causes(), the copy taken from the steps and the bytes of the evaluation.
Value merged(Evaluation &evaluation, const Value &a, const Value &b);

// Counts the bytes of an error that a list or a context is to hold; `before` is the item before it, which may be null
// for the very same cause.
void hold_error(Evaluation &evaluation, const Value &value, const Value *before = nullptr);

} // namespace spie::feel
