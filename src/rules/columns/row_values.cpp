#include "rules/columns/row_values.hpp"

#include "rules/columns/builder.hpp"
#include "rules/feel/limit.hpp"
#include "rules/feel/number_bits.hpp"
#include "spie/feel/evaluation.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

namespace spie::columns {

using feel::Kind;
using feel::Value;

namespace {

bool has(const Bits &bits, std::size_t row) { return (bits[row / 64] >> (row % 64) & 1) != 0; }

Word bit_of(std::size_t row) { return Word{1} << (row % 64); }

// The kind of null that a lane holds in a row, as Verdicts count them: plain, error, unknown, both; nullopt: none.
std::optional<std::size_t> null_at(const Lane &lane, std::size_t row) {
  if (!lane.nulls || has(lane.valid, row))
    return std::nullopt;
  return (has(lane.error, row) ? 1U : 0U) + (has(lane.unknown, row) ? 2U : 0U);
}

// What they rest on is for the row evaluator to say; that they do is all that a status needs.
const Value &null_of_kind(std::size_t kind) {
  static const std::array<Value, 4> kinds = [] {
    const Value error = feel::error_value(Code::feel_type, ""), unknown = feel::unknown_value("?");
    return std::array<Value, 4>{Value(), error, unknown, feel::merge_causes(error, unknown)};
  }();
  return kinds[kind];
}

} // namespace

std::optional<Wide> scaled(const feel::Number &number, int scale) {
  auto [negative, coefficient, exponent] = feel::NumberBits::parts(number);
  int shift = exponent + scale;
  if (shift < 0)
    shift += feel::decimal::strip_zeros(coefficient, -shift);
  if (coefficient == 0)
    return Wide{0};
  if (shift < 0 || shift + feel::decimal::digit_count(coefficient) > 38)
    return std::nullopt;
  const auto magnitude = static_cast<Wide>(coefficient * feel::decimal::ten_to(shift));
  return negative ? -magnitude : magnitude;
}

// --- values of lanes -------------------------------------------------------------------------------------------------

Value ConstantValue::at(AtRow & /*at*/) const { return value_; }

Value LaneValue::at(AtRow &at) const {
  const Lane &lane = at.state.lane(lane_);
  if (const auto null = null_at(lane, at.row))
    return null_of_kind(*null);
  if (!pool_.empty())
    return pool_[lane.codes[at.row]];
  const auto integer = [&] { return lane.is_narrow ? std::int64_t{lane.narrow[at.row]} : lane.wide[at.row]; };
  switch (form_) {
  case Form::boolean:
    return has(lane.bits, at.row);
  case Form::number:
    return *feel::Number::scaled(integer(), -scale_);
  case Form::date:
    return feel::Date{integer()};
  case Form::days:
    return feel::DaysDuration{integer(), 0};
  case Form::months:
    return feel::MonthsDuration{integer()};
  case Form::text: {
    const auto code = static_cast<std::size_t>(lane.texts[at.row]);
    std::vector<Value> &texts = at.room.texts[column_];
    if (code >= texts.size())
      texts.resize(at.state.dictionary(column_).size());
    if (texts[code].is_null())
      texts[code] = at.state.dictionary(column_)[code];
    return texts[code];
  }
  default:
    return {};
  }
}

Value ContextValue::at(AtRow &at) const {
  if (self_)
    if (const auto null = null_at(at.state.lane(*self_), at.row))
      return null_of_kind(*null);
  std::vector<feel::Context::Entry> entries;
  entries.reserve(members_.size());
  for (const auto &[name, member] : members_)
    entries.emplace_back(name, member->at(at));
  return feel::Context::of_distinct(std::move(entries));
}

Value ListValue::at(AtRow &at) const {
  if (self_)
    if (const auto null = null_at(at.state.lane(*self_), at.row))
      return null_of_kind(*null);
  feel::List list;
  for (std::size_t i = 0; i < items_.size(); ++i)
    if (kept_.empty() || !kept_[i] || has(at.state.lane(*kept_[i]).bits, at.row))
      list.push_back(items_[i]->at(at));
  return list;
}

Value ItemsValue::at(AtRow &at) const {
  if (self_)
    if (const auto null = null_at(at.state.lane(*self_), at.row))
      return null_of_kind(*null);
  const Items &items = at.state.lists[static_cast<std::size_t>(list_)];
  const std::size_t outer = std::exchange(at.state.item, 0);
  feel::List list;
  for (std::size_t k = 0; k < items.most && has(items.there[k], at.row); ++k) {
    at.state.item = k;
    if (!keeps_ || has(at.state.lane(*keeps_).bits, at.row))
      list.push_back(item_->at(at));
  }
  at.state.item = outer;
  return list;
}

Value EvaluatedValue::at(AtRow &at) const {
  RowRoom::Frame *frame = &at.room.frames[number_];
  if (frame->row == at.state.first + at.row && frame->item == at.state.item) {
    at.refused |= frame->refused;
    return frame->value;
  }
  if (frame->globals.empty()) {
    frame->globals = *globals_;
    frame->locals.resize(frame_size_);
  }
  const bool outer = std::exchange(at.refused, false);
  for (const Given &given : given_)
    (given.local ? frame->locals : frame->globals)[given.slot] = given.value->at(at);
  feel::Evaluation evaluation;
  evaluation.facts_may_be_unknown = unknowns_;
  evaluation.globals = frame->globals;
  // What comes near a limit here may be beyond it where all of the decision is one evaluation.
  evaluation.limits.depth /= 2;
  evaluation.limits.stack /= 2;
  evaluation.limits.steps /= 2;
  evaluation.limits.bytes /= 2;
  frame->value = feel::evaluate(evaluation, *node_, frame->locals);
  const feel::Cause &consumed = evaluation.consumed;
  at.refused |=
      !consumed.errors.empty() || !consumed.missing.empty() || !consumed.refused.empty() || evaluation.exhausted();
  if (frame->value.holds_causes()) {
    feel::Cause causes;
    feel::collect_causes(frame->value, causes);
    at.refused |= feel::rests_on_limit(causes);
  }
  frame->row = at.state.first + at.row;
  frame->item = at.state.item;
  frame->refused = at.refused;
  at.refused |= outer;
  return frame->value;
}

// --- into lanes ------------------------------------------------------------------------------------------------------

bool RowStep::makes(int column) const {
  return std::any_of(outs_.begin(), outs_.end(), [&](const Out &out) { return out.column == column; });
}

void RowStep::prepare(State &state, const Batch & /*batch*/) const {
  RowRoom &room = *state.by_rows;
  room.texts.clear();
  for (RowRoom::Frame &frame : room.frames)
    frame.row.reset();
  if (only_ && only_->column >= 0)
    room.answers[number_].clear();
  for (const Out &out : outs_)
    if (out.column >= 0)
      state.made_texts(out.column).clear();
}

Bits RowStep::needed(const State &state) const {
  Bits rows;
  for (std::size_t w = 0; w < chunk_words; ++w) {
    const std::size_t begin = w * 64;
    rows[w] = begin >= state.rows ? 0 : state.rows - begin >= 64 ? ~Word{0} : (Word{1} << (state.rows - begin)) - 1;
    rows[w] &= ~state.fallback[w];
    if (list_ >= 0)
      rows[w] &= state.lists[static_cast<std::size_t>(list_)].there[state.item][w];
  }
  for (const Need &need : needs_) {
    const Lane &lane = state.lane(need.lane);
    for (std::size_t w = 0; w < chunk_words; ++w) {
      const Word yes = lane.valid_word(w) & lane.bits[w], no = lane.valid_word(w) & ~lane.bits[w];
      rows[w] &= need.when == When::is_true ? yes : need.when == When::not_true ? ~yes : ~no;
    }
  }
  return rows;
}

const RowRoom::Answer &RowStep::answer(State &state, std::size_t row) const {
  auto &answers = state.by_rows->answers[number_];
  const Lane &lane = state.lane(only_->lane);
  const auto null = null_at(lane, row);
  constexpr std::size_t kinds = 4;
  const std::size_t at = null                ? *null
                         : only_->column < 0 ? kinds + lane.codes[row]
                                             : kinds + static_cast<std::size_t>(lane.texts[row]);
  if (at >= answers.size())
    answers.resize(kinds + (only_->column < 0 ? only_->codes : state.dictionary(only_->column).size()));
  std::optional<RowRoom::Answer> &answer = answers[at];
  if (!answer) {
    AtRow where{state, *state.by_rows, row};
    Value value = value_->at(where);
    answer = RowRoom::Answer{std::move(value), where.refused};
  }
  return *answer;
}

void RowStep::put(State &state, const Out &out, const Value &value, std::size_t row, std::int64_t &integer) const {
  Lane &lane = state.lane(out.lane);
  const auto refuse = [&] { state.fallback[row / 64] |= bit_of(row); };
  switch (value.kind()) {
  case Kind::null:
    lane.valid[row / 64] &= ~bit_of(row);
    lane.nulls = true;
    if (value.is_error())
      lane.error[row / 64] |= bit_of(row);
    if (value.is_unknown())
      lane.unknown[row / 64] |= bit_of(row);
    return;
  case Kind::boolean:
    if (out.form != Form::boolean)
      return refuse();
    if (value.boolean())
      lane.bits[row / 64] |= bit_of(row);
    return;
  case Kind::number: {
    const auto whole = out.form == Form::number ? scaled(value.number(), out.scale) : std::nullopt;
    if (!whole || *whole != static_cast<std::int64_t>(*whole))
      return refuse();
    integer = static_cast<std::int64_t>(*whole);
    return;
  }
  case Kind::date:
    if (out.form != Form::date || value.date().days != static_cast<std::int32_t>(value.date().days))
      return refuse();
    integer = value.date().days;
    return;
  case Kind::days_duration:
    if (out.form != Form::days || value.days_duration().nanos != 0)
      return refuse();
    integer = value.days_duration().seconds;
    return;
  case Kind::months_duration:
    if (out.form != Form::months)
      return refuse();
    integer = value.months_duration().months;
    return;
  case Kind::text:
    if (out.form != Form::text)
      return refuse();
    lane.texts[row] = state.made_texts(out.column).code_of(value.text());
    return;
  default:
    return refuse();
  }
}

void RowStep::run(State &state) const {
  // A row that is left out has no value: what would be made of one could mark it.
  const Bits rows = needed(state);
  const auto open = [&](Lane &lane) {
    lane.all_valid();
    lane.valid = rows;
    lane.nulls = false;
    for (const Word word : rows)
      lane.nulls |= word != ~Word{0};
    lane.bits.fill(0);
  };
  struct alignas(64) Integers {
    std::array<std::int64_t, chunk_rows> values{};
  };
  std::vector<Integers> integers(outs_.size());
  std::vector<std::size_t> known(outs_.size(), 0);
  for (std::size_t o = 0; o < outs_.size(); ++o) {
    Lane &lane = state.lane(outs_[o].lane);
    open(lane);
    if (outs_[o].form == Form::text) {
      lane.texts.fill(0);
      known[o] = state.dictionary(outs_[o].column).size();
    }
  }
  if (self_)
    open(state.lane(*self_));
  for (std::size_t w = 0; w < chunk_words; ++w)
    for (Word rest = rows[w]; rest != 0; rest &= rest - 1) {
      const std::size_t row = w * 64 + static_cast<unsigned>(std::countr_zero(rest));
      RowRoom::Answer own;
      const RowRoom::Answer *answer = &own;
      if (only_) {
        answer = &this->answer(state, row);
      } else {
        AtRow where{state, *state.by_rows, row};
        own.value = value_->at(where);
        own.refused = where.refused;
      }
      if (answer->refused) {
        state.fallback[w] |= bit_of(row);
        continue;
      }
      if (self_ && !answer->value.is(Kind::context)) {
        if (!answer->value.is_null()) {
          state.fallback[w] |= bit_of(row);
          continue;
        }
        Out nulls;
        nulls.lane = *self_;
        put(state, nulls, answer->value, row, integers.front().values[row]);
      }
      for (std::size_t o = 0; o < outs_.size(); ++o) {
        const Value *at = &answer->value;
        for (const std::string &name : outs_[o].path)
          at = at != nullptr && at->is(Kind::context) ? at->context().find(name) : nullptr;
        if (at != nullptr)
          put(state, outs_[o], *at, row, integers[o].values[row]);
        else if (!self_ || answer->value.is(Kind::context))
          state.fallback[w] |= bit_of(row);
      }
    }
  for (std::size_t o = 0; o < outs_.size(); ++o) {
    Lane &lane = state.lane(outs_[o].lane);
    if (outs_[o].form != Form::boolean && outs_[o].form != Form::text) {
      lane.is_narrow = state.k.narrow(integers[o].values.data(), lane.narrow.data());
      if (!lane.is_narrow)
        lane.wide = integers[o].values;
    }
    if (outs_[o].form == Form::text && state.dictionary(outs_[o].column).size() > known[o])
      for (const Step *reader : readers_)
        reader->prepare(state, *state.batch);
  }
}

} // namespace spie::columns
