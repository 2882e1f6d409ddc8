// A decision looked up once, with the inputs that it reads.
#pragma once

#include "rules/dmn/model_impl.hpp"
#include "spie/dmn/decision.hpp"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace spie::dmn {

class PreparedDecision final : public Decision {
public:
  PreparedDecision(std::shared_ptr<const ModelImpl> model, const Element &target)
      : model_(std::move(model)), target_(target), inputs_(model_->inputs_of(target)) {}

  const ElementInfo &info() const override { return target_.info; }
  const std::vector<const ElementInfo *> &inputs() const override { return inputs_; }
  Result evaluate(const std::vector<Given> &inputs, const EvaluateOptions &options) const override;
  Result evaluate(std::span<const feel::Value> inputs, const EvaluateOptions &options) const override;
  std::optional<Slots> read(FactSource &source, FactSource::Node facts, const EvaluateOptions &options) const override;
  Slots slots() const override;
  Result evaluate(Slots slots, const EvaluateOptions &options) const override;

private:
  std::shared_ptr<const ModelImpl> model_;
  const Element &target_;
  std::vector<const ElementInfo *> inputs_;
};

} // namespace spie::dmn
