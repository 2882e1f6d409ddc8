// Decision tables, of which a short one asks each rule of 64 rows at a time; long_tables.cpp has the long ones.
#include "rules/columns/table_parts.hpp"

#include "rules/feel/operators.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace spie::columns {

using dmn::Policy;
using feel::Node;
using feel::Value;

namespace {

constexpr Word all = ~Word{0};
constexpr std::size_t long_from = 12; // rules: fewer are asked one by one

} // namespace

void finish(const Scan &scan, Lane &out, const Bits &hit, const Bits &wrong, const Bits &doubt, const Bits &doubt_error,
            const Bits &doubt_unknown) {
  const Word may_miss = scan.has_default ? 0 : all;
  for (std::size_t w = 0; w < chunk_words; ++w) {
    const Word missed = ~hit[w] & ~doubt[w] & may_miss;
    const Word uncertain = doubt[w] & ~wrong[w];
    out.valid[w] = ~(wrong[w] | uncertain | missed);
    out.error[w] = wrong[w] | missed | (uncertain & doubt_error[w]);
    out.unknown[w] = uncertain & doubt_unknown[w];
  }
  out.nulls = lacks_some(out.valid);
}

namespace {

class ShortTableStep final : public Step {
public:
  // The boolean lanes of the cells of each rule, in the order of the scan.
  ShortTableStep(Scan scan, std::vector<std::vector<std::uint32_t>> rules, std::uint32_t out)
      : scan_(std::move(scan)), rules_(std::move(rules)), out_(out) {
    for (const auto &rule : rules_) {
      cells_ += rule.size();
      counts_.push_back(static_cast<std::uint16_t>(rule.size()));
    }
  }

  void run(State &state) const override {
    Lane &out = state.lane(out_);
    Bits hit{}, wrong{}, doubt{}, doubt_error{}, doubt_unknown{};
    if (hit_without_nulls(state, hit, wrong, out)) {
      finish(scan_, out, hit, wrong, doubt, doubt_error, doubt_unknown);
      return;
    }
    out.codes.fill(0);
    Bits group_hit{}, group_possible{};
    const bool stops = scan_.mode == Scan::Mode::first;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      Bits yes, possible{}, error{}, unknown{};
      for (std::size_t w = 0; w < chunk_words; ++w)
        yes[w] = stops ? ~hit[w] : all;
      for (const std::uint32_t cell : rules_[i]) {
        const Lane &lane = state.lane(cell);
        if (!lane.nulls) {
          for (std::size_t w = 0; w < chunk_words; ++w) {
            yes[w] &= lane.bits[w];
            possible[w] &= lane.bits[w];
          }
          continue;
        }
        for (std::size_t w = 0; w < chunk_words; ++w) {
          const Word causes = lane.error[w] | lane.unknown[w];
          if (scan_.unknowns) {
            possible[w] = (possible[w] & (lane.bits[w] | causes)) | (yes[w] & causes);
            error[w] |= lane.error[w];
            unknown[w] |= lane.unknown[w];
          } else {
            state.fallback[w] |= yes[w] & causes;
          }
          yes[w] &= lane.bits[w];
        }
      }
      take(state, i, yes, possible, error, unknown, hit, wrong, doubt, doubt_error, doubt_unknown, group_hit,
           group_possible, out);
    }
    finish(scan_, out, hit, wrong, doubt, doubt_error, doubt_unknown);
  }
  std::string_view leaves() const override { return "a rule of a table rests on an error, or on what is not known"; }

  void one(OneRow &row) const override {
    const bool stops = scan_.mode == Scan::Mode::first, in_order = stops || scan_.mode == Scan::Mode::unique;
    OneScan scan;
    for (std::size_t i = 0; i < rules_.size() && !(stops && scan.hit); ++i) {
      bool yes = true, possible = false;
      std::uint8_t causes = 0;
      Why why = 0;
      for (const std::uint32_t lane : rules_[i]) {
        const Cell &cell = row.at(lane);
        const bool bit = cell.is_true(), undecided = cell.undecided();
        if (scan_.unknowns) {
          possible = (possible && (bit || undecided)) || (yes && undecided);
          causes |= cell.causes;
          why = row.because(why, cell.why());
        } else {
          row.fallback |= yes && undecided;
        }
        yes &= bit;
        if (!yes && !possible)
          break;
      }
      if (possible)
        scan.why = in_order ? row.because(scan.why, why) : untold;
      scan.take(scan_, i, yes, possible, causes);
    }
    scan.finish(scan_, row.at(out_));
  }

private:
  // Where no cell is null, no rule is only possible. False, and nothing is done, where some may be, and where rules
  // count by groups.
  bool hit_without_nulls(State &state, Bits &hit, Bits &wrong, Lane &out) const {
    if (scan_.mode == Scan::Mode::any || scan_.mode == Scan::Mode::best)
      return false;
    std::vector<const Word *> cells;
    cells.reserve(cells_);
    for (const auto &rule : rules_)
      for (const std::uint32_t cell : rule) {
        const Lane &lane = state.lane(cell);
        if (lane.nulls)
          return false;
        cells.push_back(lane.bits.data());
      }
    Bits twice;
    state.k.take_rules(cells.data(), counts_.data(), scan_.codes.data(), rules_.size(), hit.data(), twice.data(),
                       out.codes.data());
    if (scan_.mode == Scan::Mode::unique)
      wrong = twice;
    return true;
  }

  void take(State &state, std::size_t i, const Bits &yes, const Bits &possible, const Bits &error, const Bits &unknown,
            Bits &hit, Bits &wrong, Bits &doubt, Bits &doubt_error, Bits &doubt_unknown, Bits &group_hit,
            Bits &group_possible, Lane &out) const {
    Bits chosen;
    const bool groups = scan_.mode == Scan::Mode::any || scan_.mode == Scan::Mode::best;
    for (std::size_t w = 0; w < chunk_words; ++w) {
      chosen[w] = yes[w] & ~hit[w] & ~(groups ? group_hit[w] : 0);
      doubt_error[w] |= possible[w] & error[w];
      doubt_unknown[w] |= possible[w] & unknown[w];
      switch (scan_.mode) {
      case Scan::Mode::unique:
        wrong[w] |= hit[w] & yes[w];
        hit[w] |= yes[w];
        doubt[w] |= possible[w];
        break;
      case Scan::Mode::any:
      case Scan::Mode::best:
        group_hit[w] |= yes[w];
        group_possible[w] |= possible[w];
        break;
      default:
        hit[w] |= yes[w];
        doubt[w] |= possible[w];
        break;
      }
    }
    state.k.choose(chosen.data(), scan_.codes[i], out.codes.data());
    if (!groups || (i + 1 < rules_.size() && scan_.groups[i + 1] == scan_.groups[i]))
      return;
    for (std::size_t w = 0; w < chunk_words; ++w) { // a group ends
      if (scan_.mode == Scan::Mode::any) {
        wrong[w] |= hit[w] & group_hit[w];
        doubt[w] |= group_possible[w];
      } else {
        doubt[w] |= group_possible[w] & ~hit[w] & ~group_hit[w];
      }
      hit[w] |= group_hit[w];
      group_hit[w] = group_possible[w] = 0;
    }
  }

  Scan scan_;
  std::vector<std::vector<std::uint32_t>> rules_;
  std::uint32_t out_;
  std::size_t cells_ = 0;             // of all rules
  std::vector<std::uint16_t> counts_; // of each
};

} // namespace

namespace {

// A constant as the output gives it; an error for the row evaluator to tell.
Value output_value(const dmn::Table::Output &output, Value value, bool unknowns, bool &refused) {
  feel::Evaluation evaluation;
  evaluation.facts_may_be_unknown = unknowns;
  if (!value.is_null() && !output.type.is_any())
    value = feel::coerce(evaluation, value, output.type);
  if (!value.is_null() && output.values && !output.values->allows(evaluation, value))
    refused = true;
  refused |= value.cause() != nullptr || !evaluation.consumed.errors.empty();
  return value;
}

} // namespace

void Builder::table_outputs(TableParts &parts) {
  const dmn::Table &table = parts.table;
  const Node &node = parts.node;
  const std::size_t rules = table.rules.size();
  for (std::size_t o = 0; o < table.outputs.size(); ++o) {
    const dmn::Table::Output &output = table.outputs[o];
    parts.scan.has_default |= output.default_child >= 0;
    std::vector<std::optional<Value>> constants(rules + 1);
    std::vector<const Node *> expressions(rules + 1, nullptr);
    const auto entry = [&](std::size_t code, const Node *child) {
      if (child == nullptr) {
        constants[code] = Value();
      } else if (rests_on_fixed(*child)) {
        bool refused = false;
        constants[code] = output_value(output, fixed_value(*child), request_.facts_may_be_unknown, refused);
        if (refused)
          throw Unsafe{"an output entry is an error, or not of its type"};
      } else {
        expressions[code] = child;
      }
    };
    entry(0, output.default_child < 0 ? nullptr : node.children[static_cast<std::size_t>(output.default_child)].get());
    for (std::size_t r = 0; r < rules; ++r)
      entry(r + 1, node.children[table.cell(r, table.inputs.size()) + o].get());
    parts.constants.push_back(std::move(constants));
    parts.expressions.push_back(std::move(expressions));
  }
}

namespace {

// Rules by what they give: for policies that compare it.
bool same_outputs(const std::vector<std::vector<std::optional<Value>>> &constants, std::size_t a, std::size_t b) {
  return std::all_of(constants.begin(), constants.end(),
                     [&](const auto &output) { return feel::identical(*output[a + 1], *output[b + 1]); });
}

} // namespace

Part Builder::table(const Node &node, const dmn::Table &table) {
  TableParts parts{node, table, {}, {}, {}, {}, {}};
  parts.scan.unknowns = request_.facts_may_be_unknown;
  if (table.rules.size() >= std::numeric_limits<std::uint16_t>::max())
    throw Unsafe{"the table has too many rules"};
  Frame &frame = *frame_;
  for (std::size_t i = 0; i < table.inputs.size(); ++i) {
    Part input = part(*node.children[i]);
    if (input.is == Part::Is::constant)
      input = coded(input);
    if (input.is != Part::Is::lane)
      throw Unsafe{"an input of the table is a list or a context"};
    if (const auto &allowed = table.inputs[i].values; allowed != nullptr)
      hold_to(input, *allowed);
    const std::uint32_t slot = table.inputs[i].slot;
    if (frame.size() <= slot)
      frame.resize(slot + 1);
    frame[slot] = input;
    parts.inputs.push_back(std::move(input));
  }
  table_outputs(parts);
  parts.order.resize(table.rules.size());
  std::iota(parts.order.begin(), parts.order.end(), std::size_t{0});
  const auto all_constant = [&] {
    for (const auto &output : parts.constants)
      for (std::size_t code = 1; code < output.size(); ++code)
        if (!output[code] || output[code]->is_null())
          throw Unsafe{"the outputs of a " + table.shown_policy + " table are not all constants"};
  };
  std::vector<std::uint32_t> group(table.rules.size(), 0);
  feel::Evaluation evaluation;
  switch (table.policy) {
  case Policy::collect:
  case Policy::rule_order:
  case Policy::output_order:
  case Policy::sum:
  case Policy::count:
    return collected(parts);
  case Policy::first:
    parts.scan.mode = Scan::Mode::first;
    break;
  case Policy::unique:
    parts.scan.mode = Scan::Mode::unique;
    break;
  case Policy::any: {
    parts.scan.mode = Scan::Mode::any;
    all_constant();
    std::vector<std::size_t> leaders;
    for (std::size_t r = 0; r < group.size(); ++r) {
      const auto leader = std::find_if(leaders.begin(), leaders.end(),
                                       [&](std::size_t one) { return same_outputs(parts.constants, one, r); });
      group[r] = static_cast<std::uint32_t>(leader - leaders.begin());
      if (leader == leaders.end())
        leaders.push_back(r);
    }
    break;
  }
  case Policy::priority: {
    parts.scan.mode = Scan::Mode::best;
    all_constant();
    // Ranks as Table::rank finds them; equal ones are one group.
    std::vector<std::vector<std::size_t>> ranks(table.rules.size());
    for (std::size_t r = 0; r < ranks.size(); ++r)
      for (std::size_t o = 0; o < table.outputs.size(); ++o) {
        const feel::List &order = table.outputs[o].order;
        std::size_t place = 0;
        while (place < order.size() && !feel::is_equal(evaluation, order[place], *parts.constants[o][r + 1]))
          ++place;
        ranks[r].push_back(place);
      }
    std::stable_sort(parts.order.begin(), parts.order.end(),
                     [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
    for (std::size_t i = 1; i < parts.order.size(); ++i)
      group[parts.order[i]] = group[parts.order[i - 1]] + (ranks[parts.order[i]] == ranks[parts.order[i - 1]] ? 0 : 1);
    break;
  }
  case Policy::min:
  case Policy::max: {
    parts.scan.mode = Scan::Mode::sole;
    all_constant();
    const auto &values = parts.constants.front();
    for (std::size_t code = 2; code < values.size(); ++code)
      if (!feel::order(*values[1], *values[code]))
        throw Unsafe{"the outputs of a " + table.shown_policy + " table are not of one ordered type"};
    std::stable_sort(parts.order.begin(), parts.order.end(), [&](std::size_t a, std::size_t b) {
      const int order = *feel::order(*values[a + 1], *values[b + 1]);
      return table.policy == Policy::min ? order < 0 : order > 0;
    });
    break;
  }
  default:
    throw Unsafe{"a " + table.shown_policy + " table"};
  }
  if (table.policy == Policy::any)
    std::stable_sort(parts.order.begin(), parts.order.end(),
                     [&](std::size_t a, std::size_t b) { return group[a] < group[b]; });
  for (const std::size_t rule : parts.order) {
    parts.scan.codes.push_back(static_cast<std::uint16_t>(rule + 1));
    parts.scan.groups.push_back(group[rule]);
  }

  const bool long_plan = (request_.one_row || table.rules.size() >= long_from) && table.policy != Policy::any &&
                         table.inputs.size() <= most_columns && !table.inputs.empty();
  Part codes;
  try {
    codes = long_plan ? long_table(parts) : short_table(parts);
  } catch (const Unsafe &) {
    if (!long_plan)
      throw;
    codes = short_table(parts); // a cell that is no comparison with constants
  }

  if (&node == root_table_ && table.policy <= Policy::priority) {
    program_->rule_ = static_cast<int>(codes.lane);
    program_->rule_of_null_ = table.policy == Policy::any;
  }

  // What the codes stand for, output by output.
  std::vector<Part> outputs;
  for (std::size_t o = 0; o < table.outputs.size(); ++o) {
    auto &constants = parts.constants[o];
    const auto &expressions = parts.expressions[o];
    const bool any_expression =
        std::any_of(expressions.begin(), expressions.end(), [](const Node *one) { return one != nullptr; });
    const auto first_constant =
        std::find_if(constants.begin(), constants.end(), [](const auto &one) { return one && !one->is_null(); });
    Part result;
    if (first_constant == constants.end()) {
      result.is = Part::Is::constant; // null
    } else {
      const Form form = form_of(**first_constant);
      std::vector<Value> pool;
      std::vector<bool> nulls;
      for (std::size_t code = 0; code < constants.size(); ++code) {
        const bool null = constants[code] && constants[code]->is_null() && (code != 0 || parts.scan.has_default);
        nulls.push_back(null);
        pool.push_back(constants[code] && !constants[code]->is_null() ? *constants[code] : **first_constant);
        if (form_of(pool.back()) != form)
          throw Unsafe{"the outputs of the table are of several types"};
      }
      result = codes;
      result.form = form;
      result.pool = new_pool(std::move(pool));
      if (std::find(nulls.begin(), nulls.end(), true) != nulls.end()) {
        const Within within(*this, {&codes});
        const std::uint32_t lane = new_lane();
        step<NullCodesStep>(codes.lane, nulls, lane);
        result.lane = lane;
      }
    }
    for (std::size_t code = 0; any_expression && code < expressions.size(); ++code) {
      if (expressions[code] == nullptr)
        continue;
      Part value = coerced(part(*expressions[code]), table.outputs[o].type);
      if (const auto &allowed = table.outputs[o].values; allowed != nullptr)
        throw Unsafe{"an output entry that is no constant has allowed values"};
      Verdicts is_code;
      is_code.values.assign(constants.size(), Verdict::no);
      is_code.values[code] = Verdict::yes;
      is_code.nulls.fill(Verdict::no);
      Part of_codes = codes;
      of_codes.form = Form::text;
      of_codes.pool = new_pool(std::vector<Value>(constants.size(), Value("")));
      Part condition = predicate(of_codes, is_code);
      condition.nullable = false;
      result = chosen(condition, value, result);
    }
    if (any_expression || result.is == Part::Is::constant) {
      if (result.is != Part::Is::lane && result.is != Part::Is::constant)
        throw Unsafe{"an output of the table is a context or a list"};
      const Part one = coded(result);
      const Within within(*this, {&one, &codes});
      Part masked = new_part(one.form, true, one.scale);
      masked.pool = one.pool;
      masked.column = one.column;
      const auto data = one.pool >= 0               ? ChooseStep::Data::codes
                        : one.form == Form::boolean ? ChooseStep::Data::bits
                        : one.form == Form::text    ? ChooseStep::Data::texts
                                                    : ChooseStep::Data::integers;
      step<NullsStep>(data, one.lane, codes.lane, false, masked.lane);
      result = masked;
    }
    outputs.push_back(std::move(result));
  }
  if (outputs.size() == 1)
    return outputs.front();
  Part result;
  result.is = Part::Is::context;
  result.self = codes.lane;
  for (std::size_t o = 0; o < outputs.size(); ++o)
    result.members.emplace_back(table.outputs[o].name, std::move(outputs[o]));
  return result;
}

std::vector<std::uint32_t> Builder::cells_of_rule(const TableParts &parts, std::size_t rule, Within &within) {
  const dmn::Table &table = parts.table;
  std::vector<std::uint32_t> cells;
  for (std::size_t i = 0; i < table.inputs.size(); ++i) {
    if (table.rules[rule].any[i])
      continue;
    const Node &node = *parts.node.children[table.cell(rule, i)];
    std::vector<Value> constants;
    const Part test = compares_constants(node, table.inputs[i].slot, constants)
                          ? cell(node, table.inputs[i].slot, parts.inputs[i])
                          : boolean(part(node));
    cells.push_back(test.lane);
    within.add(test.lane);
  }
  return cells;
}

Part Builder::short_table(TableParts &parts) {
  std::vector<std::vector<std::uint32_t>> rules;
  Within within(*this, {});
  for (const Part &input : parts.inputs)
    within.add(input);
  for (const std::size_t rule : parts.order)
    rules.push_back(cells_of_rule(parts, rule, within));
  Part result = new_part(Form::text, true);
  step<ShortTableStep>(parts.scan, std::move(rules), result.lane);
  return result;
}

} // namespace spie::columns
