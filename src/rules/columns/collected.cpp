// Decision tables of which every rule that matches counts.
#include "rules/columns/table_parts.hpp"

#include "rules/feel/operators.hpp"

#include <algorithm>

namespace spie::columns {

using dmn::Policy;
using feel::Node;
using feel::Value;

namespace {

constexpr Word all = ~Word{0};

// Which rules of a table take each row, where the policy keeps them all.
class CollectStep final : public Step {
public:
  // The boolean lanes of the cells of each rule; `hits`: those of the rules, without nulls; `none`: of the rows that no
  // rule takes. The nulls of `self` are those of the whole: a rule that may match, and where no default stands, none
  // that does.
  CollectStep(std::vector<std::vector<std::uint32_t>> rules, std::vector<std::uint32_t> hits, std::uint32_t none,
              bool unknowns, bool needs_one, std::uint32_t self)
      : rules_(std::move(rules)), hits_(std::move(hits)), none_(none), unknowns_(unknowns), needs_one_(needs_one),
        self_(self) {}

  void run(State &state) const override {
    Bits some{}, doubt{}, doubt_error{}, doubt_unknown{};
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      Lane &hit = state.lane(hits_[i]);
      Bits yes, possible{}, error{}, unknown{};
      yes.fill(all);
      for (const std::uint32_t cell : rules_[i]) {
        const Lane &lane = state.lane(cell);
        for (std::size_t w = 0; w < chunk_words; ++w) {
          const Word causes = lane.error_word(w) | lane.unknown_word(w), bits = lane.bits[w] & lane.valid_word(w);
          if (unknowns_) {
            possible[w] = (possible[w] & (bits | causes)) | (yes[w] & causes);
            error[w] |= lane.error_word(w);
            unknown[w] |= lane.unknown_word(w);
          } else {
            state.fallback[w] |= yes[w] & causes;
          }
          yes[w] &= bits;
        }
      }
      hit.nulls = false;
      hit.bits = yes;
      for (std::size_t w = 0; w < chunk_words; ++w) {
        some[w] |= yes[w];
        doubt[w] |= possible[w];
        doubt_error[w] |= possible[w] & error[w];
        doubt_unknown[w] |= possible[w] & unknown[w];
      }
    }
    Lane &none = state.lane(none_), &self = state.lane(self_);
    none.nulls = self.nulls = false;
    for (std::size_t w = 0; w < chunk_words; ++w) {
      none.bits[w] = ~some[w];
      const Word missed = needs_one_ ? ~some[w] & ~doubt[w] : 0, null = doubt[w] | missed;
      self.valid[w] = ~null;
      self.error[w] = missed | (doubt[w] & doubt_error[w]);
      self.unknown[w] = doubt[w] & doubt_unknown[w];
      self.nulls |= null != 0;
    }
  }
  std::string_view leaves() const override { return "a rule of a table rests on an error, or on what is not known"; }

  void one(OneRow &row) const override {
    bool some = false, doubt = false;
    std::uint8_t doubts = 0;
    Why why = 0;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      bool yes = true, possible = false;
      std::uint8_t causes = 0;
      Why why_rule = 0;
      for (const std::uint32_t lane : rules_[i]) {
        const Cell &cell = row.at(lane);
        const bool bit = cell.is_true(), undecided = cell.undecided();
        if (unknowns_) {
          possible = (possible && (bit || undecided)) || (yes && undecided);
          causes |= cell.causes;
          why_rule = row.because(why_rule, cell.why());
        } else {
          row.fallback |= yes && undecided;
        }
        yes &= bit;
      }
      Cell &hit = row.at(hits_[i]);
      hit.causes = 0;
      hit.value = yes ? 1 : 0;
      some |= yes;
      if (possible) {
        doubt = true;
        doubts |= causes & (Cell::error | Cell::unknown);
        why = row.because(why, why_rule);
      }
    }
    Cell &none = row.at(none_), &self = row.at(self_);
    none.causes = self.causes = 0;
    none.value = some ? 0 : 1;
    if (doubt)
      self.set_null(Cell::null | doubts, why);
    else if (needs_one_ && !some)
      self.set_null(Cell::null | Cell::error, untold);
  }

private:
  std::vector<std::vector<std::uint32_t>> rules_;
  std::vector<std::uint32_t> hits_;
  std::uint32_t none_;
  bool unknowns_, needs_one_;
  std::uint32_t self_;
};

} // namespace

Part Builder::collected(TableParts &parts) {
  const dmn::Table &table = parts.table;
  std::vector<std::vector<std::uint32_t>> rules;
  Within within(*this, {});
  for (std::size_t rule = 0; rule < table.rules.size(); ++rule)
    rules.push_back(cells_of_rule(parts, rule, within));
  const auto value_of = [&](std::size_t code) {
    Part context;
    context.is = Part::Is::context;
    for (std::size_t o = 0; o < table.outputs.size(); ++o) {
      Part one;
      if (parts.constants[o][code]) {
        one = constant(*parts.constants[o][code]);
      } else {
        if (table.outputs[o].values != nullptr)
          throw Unsafe{"an output entry that is no constant has allowed values"};
        one = coerced(part(*parts.expressions[o][code]), table.outputs[o].type);
      }
      if (one.is != Part::Is::constant && one.is != Part::Is::lane)
        throw Unsafe{"an output of the table is a context or a list"};
      if (table.outputs.size() == 1)
        return one;
      context.members.emplace_back(table.outputs[o].name, std::move(one));
    }
    return context;
  };
  if (table.policy == Policy::output_order) {
    feel::Evaluation evaluation;
    std::vector<std::vector<std::size_t>> ranks(table.rules.size());
    for (std::size_t r = 0; r < ranks.size(); ++r)
      for (std::size_t o = 0; o < table.outputs.size(); ++o) {
        if (!parts.constants[o][r + 1] || parts.constants[o][r + 1]->is_null())
          throw Unsafe{"the outputs of an OUTPUT ORDER table are not all constants"};
        const feel::List &order = table.outputs[o].order;
        std::size_t place = 0;
        while (place < order.size() && !feel::is_equal(evaluation, order[place], *parts.constants[o][r + 1]))
          ++place;
        ranks[r].push_back(place);
      }
    std::stable_sort(parts.order.begin(), parts.order.end(),
                     [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
  }
  std::vector<std::uint32_t> hits(table.rules.size());
  for (std::uint32_t &hit : hits)
    hit = new_lane();
  const std::uint32_t none = new_lane(), self = new_lane();
  const bool has_default = parts.scan.has_default;
  step<CollectStep>(std::move(rules), hits, none, request_.facts_may_be_unknown,
                    !has_default && table.policy != Policy::count, self);
  Part list;
  list.is = Part::Is::list;
  for (const std::size_t rule : parts.order) {
    list.members.emplace_back("", value_of(rule + 1));
    list.kept.emplace_back(hits[rule]);
  }
  if (table.policy == Policy::collect || table.policy == Policy::rule_order || table.policy == Policy::output_order) {
    if (has_default) {
      const Part otherwise = value_of(0);
      if (otherwise.is == Part::Is::constant && otherwise.value.cause() != nullptr)
        throw Unsafe{"the default of the table is an error"};
      if (otherwise.is == Part::Is::constant && otherwise.value.is(feel::Kind::list)) {
        for (const Value &item : otherwise.value.list()) {
          list.members.emplace_back("", constant(item));
          list.kept.emplace_back(none);
        }
      } else {
        list.members.emplace_back("", otherwise);
        list.kept.emplace_back(none);
      }
    }
    list.self = self;
    return list;
  }
  // The nulls of the whole come last: a sum of none is null, and a default stands for it.
  Part result;
  if (table.policy == Policy::count) {
    result = counted(list);
  } else {
    for (const auto &[name, item] : list.members)
      if (item.is != Part::Is::constant || !item.value.is(feel::Kind::number))
        throw Unsafe{"the outputs of a COLLECT SUM table are not all constant numbers"};
    result = summed(list);
  }
  if (has_default) {
    Part missed = new_part(Form::boolean, false);
    missed.lane = none;
    result = chosen(missed, value_of(0), result);
  }
  const Part one = lane(result, Form::number);
  Part masked = new_part(Form::number, true, one.scale);
  step<NullsStep>(ChooseStep::Data::integers, one.lane, self, false, masked.lane);
  return masked;
}

} // namespace spie::columns
