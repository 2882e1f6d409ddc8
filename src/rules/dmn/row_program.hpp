// Decisions compiled for rows that come one at a time: the same answers as evaluation, sooner.
#pragma once

#include "rules/dmn/model_impl.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace spie::dmn {

// Behind an interface, since what compiles a decision (rules/columns) rests on this folder.
class RowProgram {
public:
  RowProgram() = default;
  virtual ~RowProgram() = default;
  RowProgram(const RowProgram &) = delete;
  RowProgram &operator=(const RowProgram &) = delete;
  // The value of a decision, with what its nulls rest on; nullopt: evaluation must say. `values`: of the elements, by
  // slot, or where `order` says that each stands.
  virtual std::optional<feel::Value> run(std::span<const feel::Value> values,
                                         std::span<const std::uint32_t> order) const = 0;
};

// Null when the decision has no such form. `alike`: the values, by slot, that each row will have.
std::unique_ptr<const RowProgram> compile_row(const ModelImpl &model, const Element &decision, const FixedValues &alike,
                                              bool facts_may_be_unknown);

// Whether an evaluation with these options may go by a program, which keeps no trace and counts nothing. `steps_count`:
// a limit of its own to the steps asks for the walk.
bool takes_programs(const EvaluateOptions &options, bool steps_count = true);
// Fills in what the value of a result rests on.
void conclude(Result &result);
// The result that a value is, when nothing was consumed on the way to it.
inline Result concluded(feel::Value value) {
  Result result;
  result.value = std::move(value);
  switch (result.value.kind()) {
  case feel::Kind::null:
  case feel::Kind::list:
  case feel::Kind::context:
    if (result.value.holds_causes())
      conclude(result);
    break;
  default: // no program gives functions or ranges
    break;
  }
  return result;
}

// The programs of one decision, compiled once it has been evaluated often enough to be worth it. Shared by threads.
class RowPrograms {
public:
  // `steady`: the slots of inputs that seldom change, the parameters of a pack: a program takes them as they are.
  RowPrograms(const ModelImpl &model, const Element &decision, std::vector<std::uint32_t> steady)
      : model_(model), decision_(decision), steady_(std::move(steady)) {}

  // As RowProgram::run; nullopt also as long as there is no program for these values.
  std::optional<feel::Value> run(std::span<const feel::Value> values, bool facts_may_be_unknown,
                                 std::span<const std::uint32_t> order = {}) const;
  bool any_steady() const noexcept { return !steady_.empty(); }

private:
  static constexpr std::size_t most = 4;     // programs
  static constexpr std::uint32_t often = 64; // evaluations without one
  struct Made {
    std::unique_ptr<const RowProgram> program; // null: this decision has none
    bool facts_may_be_unknown = false;
    std::vector<std::pair<std::uint32_t, feel::Value>> steady;
    bool fits(std::span<const feel::Value> values, bool unknowns) const;
  };
  void compile(std::span<const feel::Value> values, bool unknowns) const;

  const ModelImpl &model_;
  const Element &decision_;
  std::vector<std::uint32_t> steady_;
  mutable std::array<std::atomic<const Made *>, most> made_{};
  mutable std::atomic<std::uint32_t> count_{0}, waited_{0};
  mutable std::mutex mutex_;                              // of those that compile
  mutable std::vector<std::unique_ptr<const Made>> kept_; // what `made_` points to
};

} // namespace spie::dmn
