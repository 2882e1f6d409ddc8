#include "spie/pack/row.hpp"

#include "rules/dmn/row.hpp"
#include "rules/pack/pack_impl.hpp"
#include "rules/pack/prepared.hpp"

#include <optional>
#include <utility>

namespace spie {

namespace pack {

namespace {

dmn::EvaluateOptions unknown_facts() {
  dmn::EvaluateOptions options;
  options.facts_may_be_unknown = true;
  return options;
}

class HeldPackRow final : public PackRow {
public:
  explicit HeldPackRow(std::shared_ptr<const Prepared> decision)
      : decision_(std::move(decision)),
        row_(
            std::dynamic_pointer_cast<const dmn::PreparedDecision>(decision_->decision()), unknown_facts(),
            dmn::Admission::Manner::facts,
            [](const void *pack, const dmn::ElementInfo &input) {
              const dmn::ElementInfo *fact = static_cast<const PackImpl *>(pack)->fact(input.name);
              return fact != nullptr && fact->slot == input.slot;
            },
            &decision_->pack_impl()) {
    decision_->put_lists(row_);
  }

  dmn::Row &facts() override { return row_; }
  const dmn::Result &evaluate(feel::Date as_of) override {
    decision_->put_parameters(row_, as_of, day_ != as_of);
    day_ = as_of;
    return row_.evaluate();
  }

private:
  std::shared_ptr<const Prepared> decision_;
  dmn::HeldRow row_;
  std::optional<feel::Date> day_; // whose parameters are in place
};

} // namespace

} // namespace pack

std::unique_ptr<PackRow> PackRow::of(std::shared_ptr<const PackDecision> decision) {
  auto prepared = std::dynamic_pointer_cast<const pack::Prepared>(std::move(decision));
  if (prepared == nullptr)
    throw Error(
        Diagnostic{Code::api_argument, Level::error, "the decision is not one of Pack::decision()", "decision"});
  return std::make_unique<pack::HeldPackRow>(std::move(prepared));
}

} // namespace spie
