// A decision looked up once, with the inputs that it reads.
#pragma once

#include "rules/dmn/model_impl.hpp"
#include "spie/dmn/decision.hpp"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace spie::dmn {

// The slots of a call that has its answer, for the next one of this thread: in a model of hundreds of elements, asking
// for them again takes as long as reading what it is given.
void give_back(Slots &&slots) noexcept;

class PreparedDecision final : public Decision {
public:
  // `steady`: the slots of the inputs whose values seldom change from one evaluation to the next.
  PreparedDecision(std::shared_ptr<const ModelImpl> model, const Element &target, const FixedValues &fixed,
                   std::vector<std::uint32_t> steady = {});

  const ElementInfo &info() const override { return target_.info; }
  const std::vector<const ElementInfo *> &inputs() const override { return inputs_; }
  Result evaluate(const std::vector<Given> &inputs, const EvaluateOptions &options) const override;
  Result evaluate(std::span<const feel::Value> inputs, const EvaluateOptions &options) const override;
  std::optional<Slots> read(FactSource &source, FactSource::Node facts, const EvaluateOptions &options) const override;
  Slots slots() const override;
  Result evaluate(Slots slots, const EvaluateOptions &options) const override;

  const ModelImpl &model() const noexcept override { return *model_; }
  // An evaluation over values by slot, which live as long.
  void prepare(feel::Evaluation &evaluation, const EvaluateOptions &options, std::span<const feel::Value> values) const;
  const Element &target() const noexcept { return target_; }
  const RowPrograms *programs() const noexcept {
    return own_programs_ ? own_programs_.get() : model_->programs_of(target_);
  }
  // Computed as packs mean nulls.
  std::span<const feel::Known> known(const EvaluateOptions &options) const {
    return options.facts_may_be_unknown ? std::span<const feel::Known>(known_) : std::span<const feel::Known>();
  }

private:
  // Whether each is of its type as it stands, or not given.
  bool are_plain(std::span<const feel::Value> inputs) const;
  // Of plain values, in a model small enough for the stack; nullopt: a larger one.
  std::optional<Result> run_plain(std::span<const feel::Value> inputs, const EvaluateOptions &options) const;

  std::shared_ptr<const ModelImpl> model_;
  const Element &target_;
  std::vector<const ElementInfo *> inputs_;
  std::vector<feel::Kind> plain_; // by input, of the values that its type takes as they are; null: it looks at each
  std::vector<const ElementInfo *> named_; // the first of them whose bare name means them
  std::vector<feel::Known> known_;
  std::vector<std::uint32_t> order_;                // by element, its place among the inputs
  std::shared_ptr<const RowPrograms> own_programs_; // where inputs are steady
};

} // namespace spie::dmn
