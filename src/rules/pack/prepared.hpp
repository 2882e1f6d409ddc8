// A decision of a pack with what each of its evaluations would look up again: the parameters that it reads, their
// values admitted, and the lists.
#pragma once

#include "rules/pack/facts.hpp"
#include "spie/dmn/decision.hpp"
#include "spie/pack/pack.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace spie::dmn {
class HeldRow;
}

namespace spie::pack {

class PackImpl;

class Prepared final : public PackDecision {
public:
  // `reads`: the names of the inputs that the decision reads. For many calls, more is worth doing once.
  enum class For : std::uint8_t { one_call, many };
  Prepared(const PackImpl &pack, const dmn::ElementInfo &decision, const std::set<std::string> &reads, For calls);

  // The pack lives as long as this; without it, the caller sees to that.
  void keep(std::shared_ptr<const PackImpl> pack) { kept_ = std::move(pack); }

  const Pack &pack() const override;
  const dmn::ElementInfo &info() const override { return info_; }
  PackResult evaluate(const feel::Value &facts, feel::Date as_of, const PackEvaluateOptions &options) const override;
  std::optional<dmn::Slots> read(dmn::FactSource &source, dmn::FactSource::Node facts) const override;
  PackResult evaluate(dmn::Slots slots, feel::Date as_of, const PackEvaluateOptions &options) const override;

  // What a row that is kept (row.cpp) is given beside its facts: the lists, and the parameters in force on a day; of
  // these, the same day again asks only for those that are read at the date of a fact. P018.
  void put_lists(dmn::HeldRow &row) const;
  void put_parameters(dmn::HeldRow &row, feel::Date as_of, bool other_day) const;
  const PackImpl &pack_impl() const noexcept { return pack_; }
  const std::shared_ptr<const dmn::Decision> &decision() const noexcept { return decision_; }

private:
  struct ReadParameter {
    const PackParameter *parameter = nullptr;
    const dmn::ElementInfo *input = nullptr;
    std::vector<std::optional<feel::Value>> admitted; // of each of its values; nullopt: refused, which admitting says
    const dmn::ElementInfo *dated = nullptr;          // the input that holds the fact of `lu_au`
    std::vector<std::string> members;                 // from there to the fact
  };
  struct ReadList {
    const dmn::ElementInfo *input = nullptr;
    feel::Value value;
    std::optional<feel::Value> admitted;
  };

  void check(const std::vector<std::pair<std::string, feel::Value>> &parameters,
             std::vector<Diagnostic> &findings) const;
  // What the parameter is worth, and where that stands admitted; nullptr: nowhere yet.
  // `dated`: the value of the input that holds the fact of `lu_au`; nullptr: not given.
  ParameterUse use(const ReadParameter &read, feel::Date as_of, const PackEvaluateOptions &options,
                   const feel::Value *dated, const std::optional<feel::Value> *&admitted) const;
  PackResult run(dmn::Slots slots, std::optional<Diagnostic> refused, feel::Date as_of,
                 const PackEvaluateOptions &options) const;

  std::shared_ptr<const PackImpl> kept_;
  const PackImpl &pack_;
  const dmn::ElementInfo &info_;
  std::shared_ptr<const dmn::Decision> decision_;
  std::vector<ReadParameter> parameters_;
  std::vector<ReadList> lists_;
};

} // namespace spie::pack
