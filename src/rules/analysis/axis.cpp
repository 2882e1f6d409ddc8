#include "rules/analysis/axis.hpp"

#include "rules/dmn/types.hpp"
#include "spie/diagnostic.hpp"
#include "spie/feel/evaluation.hpp"
#include "spie/feel/expression.hpp"

#include <algorithm>
#include <utility>

namespace spie::analysis {

using feel::Kind;
using feel::Number;
using feel::Value;

namespace {

constexpr std::int64_t last_second = feel::seconds_per_day - 1;

Kind kind_of(feel::Type::Kind kind) {
  switch (kind) {
  case feel::Type::Kind::boolean:
    return Kind::boolean;
  case feel::Type::Kind::number:
    return Kind::number;
  case feel::Type::Kind::text:
    return Kind::text;
  case feel::Type::Kind::date:
    return Kind::date;
  case feel::Type::Kind::time:
    return Kind::time;
  case feel::Type::Kind::date_time:
    return Kind::date_time;
  case feel::Type::Kind::days_duration:
    return Kind::days_duration;
  case feel::Type::Kind::months_duration:
    return Kind::months_duration;
  case feel::Type::Kind::list:
    return Kind::list;
  case feel::Type::Kind::range:
    return Kind::range;
  case feel::Type::Kind::context:
    return Kind::context;
  case feel::Type::Kind::function:
    return Kind::function;
  default:
    return Kind::null;
  }
}

// The place of a value on the line of its kind: FEEL orders instants by whole seconds.
Number number_of(const Value &value) {
  switch (value.kind()) {
  case Kind::number:
    return value.number();
  case Kind::date:
    return value.date().days;
  case Kind::time:
    return value.time().nanos / feel::nanos_per_second;
  case Kind::date_time:
    return value.date_time().since_epoch().seconds;
  case Kind::months_duration:
    return value.months_duration().months;
  default: {
    const feel::DaysDuration duration = value.days_duration();
    const Number nanos = Number::scaled(duration.nanos, -9).value_or(0);
    return Number(duration.seconds).add(nanos).value_or(duration.seconds);
  }
  }
}

Number whole_below(const Number &at) { return at.round(0, feel::Rounding::floor).value_or(at); }

// Between the bounds, what is written with the fewest digits, then nearest to zero.
struct Span {
  const Number *low, *high; // null: no bound
  bool low_closed, high_closed;

  bool holds(const Number &at) const {
    return (low == nullptr || (low_closed ? at >= *low : at > *low)) &&
           (high == nullptr || (high_closed ? at <= *high : at < *high));
  }
};

std::optional<Number> simplest(const Span &span, bool whole) {
  if (span.holds(0))
    return Number(0);
  if (span.low == nullptr || span.low->is_negative()) { // below zero: its mirror image
    const Number low = span.high == nullptr ? Number(0) : -*span.high;
    const Number high = span.low == nullptr ? Number(0) : -*span.low;
    const auto found = simplest({span.high == nullptr ? nullptr : &low, span.low == nullptr ? nullptr : &high,
                                 span.high_closed, span.low_closed},
                                whole);
    return found ? std::optional(-*found) : std::nullopt;
  }
  for (int scale = 0; scale <= (whole ? 0 : 34); ++scale) {
    const auto below = span.low->round(scale, feel::Rounding::floor);
    const auto step = Number::scaled(1, -scale);
    if (!below || !step)
      return std::nullopt;
    if (span.holds(*below))
      return below;
    if (const auto next = below->add(*step); next && span.holds(*next))
      return next;
  }
  return std::nullopt;
}

} // namespace

Axis::Axis(std::string name, const std::vector<const feel::Type *> &types, bool whole, feel::List listed,
           std::vector<const feel::Constraint *> constraints, std::vector<std::string> no_answers)
    : name_(std::move(name)), whole_(whole), listed_(std::move(listed)), enumerated_(!listed_.empty()),
      no_answers_(std::move(no_answers)) {
  for (const feel::Type *type : types)
    if (kind_ == Kind::null) {
      kind_ = kind_of(type->kind());
      type_ = type->kind();
    }
  for (const feel::Type *type : types)
    if (type->constraint() != nullptr && kind_of(type->kind()) == kind_)
      constraints.push_back(type->constraint());
  for (const feel::Constraint *constraint : constraints)
    for (; constraint != nullptr; constraint = dmn::base_of(*constraint))
      if (std::find(constraints_.begin(), constraints_.end(), constraint) == constraints_.end())
        constraints_.push_back(constraint);
}

bool Axis::ordered() const {
  switch (kind_) {
  case Kind::number:
  case Kind::date:
  case Kind::time:
  case Kind::date_time:
  case Kind::days_duration:
  case Kind::months_duration:
    return true;
  default:
    return false;
  }
}

bool Axis::fits(const Value &value) {
  if (kind_ == Kind::null)
    kind_ = value.kind();
  if (value.kind() != kind_)
    return false;
  if (kind_ == Kind::time)
    return value.time().zone.is_local();
  if (kind_ != Kind::date_time)
    return true;
  const bool zoned = !value.date_time().time.zone.is_local();
  zoned_ = zoned_.value_or(zoned);
  return *zoned_ == zoned;
}

bool Axis::fits(const Cell &within) {
  return (within.low.is_null() || fits(within.low)) && (within.high.is_null() || fits(within.high)) &&
         (within.is_point() || ordered());
}

void Axis::add(Cell &cell) {
  if (cell.form == Cell::Form::within && !fits(cell))
    cell = {Cell::Form::other, {}, {}, {}, false, false};
  for (Cell &part : cell.parts)
    add(part);
  add_points(cell);
}

void Axis::add_points(const Cell &cell) {
  if (cell.form != Cell::Form::within)
    return;
  for (const Value *bound : {&cell.low, &cell.high})
    if (!bound->is_null()) {
      if (ordered())
        points_.push_back(number_of(*bound));
      else if (kind_ == Kind::text && text_at_.try_emplace(bound->text(), texts_.size()).second)
        texts_.push_back(bound->text());
    }
}

bool Axis::holds_number(const Number *low, const Number *high) const {
  const Number first = 0, last = last_second;
  const bool bounded = kind_ == Kind::time;
  if (bounded && low == nullptr)
    return high == nullptr || first < *high;
  if (bounded && high == nullptr)
    return *low < last;
  if (low == nullptr || high == nullptr)
    return true;
  const bool dense = kind_ == Kind::days_duration || (kind_ == Kind::number && !whole_);
  return dense || whole_below(*low).add(1).value_or(*high) < *high;
}

void Axis::cut(const Constants &constants) {
  struct Allowed {
    Cell cell;
    const feel::Constraint *constraint;
  };
  std::vector<Allowed> allowed;
  const auto listing = [&](const feel::List &values) {
    Cell cell{Cell::Form::either, {}, {}, {}, false, false};
    for (const Value &value : values)
      cell.parts.push_back({Cell::Form::within, {}, value, value, true, true});
    return cell;
  };
  if (enumerated_)
    allowed.push_back({listing(listed_), nullptr});
  static const feel::Scope empty;
  for (const feel::Constraint *constraint : constraints_) {
    Allowed one{{Cell::Form::other, {}, {}, {}, false, false}, constraint};
    if (const feel::List values = constraint->enumerated(); !values.empty()) {
      one.cell = listing(values);
      if (!enumerated_)
        listed_ = values;
      enumerated_ = true;
    } else {
      try {
        const auto tests = feel::Expression::compile_unary_tests(constraint->to_string(), empty, feel::Type(type_));
        const feel::Node &root = tests.root();
        const std::uint32_t input = root.kind == feel::NodeKind::unary_not ? root.children.front()->slot : root.slot;
        one.cell = read_cell(root, input, kind_, constants);
      } catch (const Error &) { // it names what stands around it
      }
    }
    allowed.push_back(std::move(one));
  }
  for (Allowed &one : allowed)
    add(one.cell);

  if (ordered()) {
    std::sort(points_.begin(), points_.end());
    points_.erase(std::unique(points_.begin(), points_.end()), points_.end());
    const bool discrete = kind_ != Kind::days_duration && (kind_ != Kind::number || whole_);
    size_ = 2 * points_.size() + 1;
    exists_ = Bits(size_);
    for (std::size_t i = 0; i <= points_.size(); ++i) {
      if (holds_number(i == 0 ? nullptr : &points_[i - 1], i == points_.size() ? nullptr : &points_[i]))
        exists_.set(2 * i);
      if (i < points_.size() && (!discrete || points_[i].is_integer()))
        exists_.set(2 * i + 1);
    }
  } else if (kind_ == Kind::text) {
    size_ = texts_.size() + 1;
    exists_ = Bits(size_, true);
  } else {
    size_ = kind_ == Kind::boolean ? 2 : 1;
    exists_ = Bits(size_, true);
  }

  domain_ = exists_;
  for (const Allowed &one : allowed) {
    domain_ &= atoms(one.cell, Bound::possible);
    if (one.cell.exact() || one.constraint == nullptr || kind_ == Kind::null)
      continue;
    exact_ = false;
    if (kind_ == Kind::text) { // those that are named can be asked
      feel::Evaluation evaluation;
      for (std::size_t i = 0; i < texts_.size(); ++i)
        if (!one.constraint->allows(evaluation, texts_[i]))
          domain_.reset(i);
    }
  }
  if (kind_ == Kind::text && enumerated_)
    for (std::size_t i = 0; i < texts_.size(); ++i)
      if (std::find(no_answers_.begin(), no_answers_.end(), texts_[i]) != no_answers_.end())
        domain_.reset(i);
  listed_.erase(std::remove_if(listed_.begin(), listed_.end(), [&](const Value &value) { return !allows(value); }),
                listed_.end());
}

std::size_t Axis::find(const Value &value) const {
  if (kind_ == Kind::boolean)
    return value.boolean() ? 1 : 0;
  if (kind_ == Kind::text) {
    const auto at = text_at_.find(value.text());
    return at == text_at_.end() ? texts_.size() : at->second;
  }
  if (!ordered())
    return 0;
  const auto at = std::lower_bound(points_.begin(), points_.end(), number_of(value));
  return 2 * static_cast<std::size_t>(at - points_.begin()) + 1;
}

bool Axis::verified(const Value &witness) const {
  feel::Evaluation evaluation;
  return exact_ || std::all_of(constraints_.begin(), constraints_.end(), [&](const feel::Constraint *constraint) {
           return constraint->allows(evaluation, witness);
         });
}

Bits Axis::within(const Cell &cell) const {
  Bits set(size_);
  if (!ordered()) {
    set.set(find(cell.low));
    return set;
  }
  const std::size_t from = cell.low.is_null() ? 0 : find(cell.low) + (cell.low_closed ? 0 : 1);
  const std::size_t to = cell.high.is_null() ? size_ : find(cell.high) + (cell.high_closed ? 1 : 0);
  set.set(from, to);
  return set;
}

Bits Axis::atoms(const Cell &cell, Bound bound) const {
  Bits set = domain_;
  switch (cell.form) {
  case Cell::Form::all:
    break;
  case Cell::Form::within:
    set &= within(cell);
    break;
  case Cell::Form::negated: // what is certainly not in it is what cannot be in it
    set -= atoms(cell.parts.front(), bound == Bound::certain ? Bound::possible : Bound::certain);
    break;
  case Cell::Form::both:
    for (const Cell &part : cell.parts)
      set &= atoms(part, bound);
    break;
  case Cell::Form::either: {
    Bits any(size_);
    for (const Cell &part : cell.parts)
      if (part.is_point())
        any.set(find(part.low));
      else
        any |= atoms(part, bound);
    set &= any;
    break;
  }
  case Cell::Form::other:
    return bound == Bound::possible ? set : Bits(size_);
  }
  return set;
}

Bits Axis::piece(const Bits &set, const Bits &around) const {
  if (kind_ == Kind::text) {
    const std::size_t other = texts_.size();
    if (set == domain_ || !set.test(other))
      return set;
    Bits named = set, alone(size_);
    named.reset(other);
    alone.set(other);
    return named.intersects(around) ? named : alone;
  }
  if (!ordered())
    return set;
  Bits run(size_);
  const std::size_t start = around.first();
  for (std::size_t at = start; at < size_ && (set.test(at) || !exists_.test(at)); ++at)
    if (set.test(at))
      run.set(at);
  for (std::size_t at = start; at-- > 0 && (set.test(at) || !exists_.test(at));)
    if (set.test(at))
      run.set(at);
  return run;
}

bool Axis::is_other(const Bits &set) const {
  return kind_ == Kind::text && set.test(texts_.size()) && set.count() == 1 && !texts_.empty();
}

Value Axis::value_at(const Number &at) const {
  const std::int64_t whole = whole_below(at).to_int64().value_or(0);
  switch (kind_) {
  case Kind::number:
    return at;
  case Kind::date:
    return feel::Date{whole};
  case Kind::time:
    return feel::Time{whole * feel::nanos_per_second, {}};
  case Kind::months_duration:
    return feel::MonthsDuration{whole};
  case Kind::date_time: {
    const std::int64_t day = whole >= 0 ? whole / feel::seconds_per_day : -((-whole - 1) / feel::seconds_per_day) - 1;
    const feel::Zone zone = zoned_.value_or(false) ? feel::Zone::offset(0) : feel::Zone();
    return feel::DateTime{{day}, {(whole - day * feel::seconds_per_day) * feel::nanos_per_second, zone}};
  }
  default: {
    const auto part = at.subtract(whole).value_or(0).multiply(Number(feel::nanos_per_second)).value_or(0);
    return feel::DaysDuration{whole, static_cast<std::int32_t>(whole_below(part).to_int64().value_or(0))};
  }
  }
}

Value Axis::witness(const Bits &piece) const {
  const std::size_t first = piece.first();
  if (kind_ == Kind::boolean)
    return first == 1;
  if (kind_ == Kind::text) {
    if (first < texts_.size())
      return texts_[first];
    std::string other = texts_.empty() ? "" : "autre";
    while (text_at_.count(other) != 0)
      other += "_";
    return other;
  }
  if (kind_ == Kind::list)
    return Value(feel::List());
  if (kind_ == Kind::context)
    return feel::Context();
  if (!ordered())
    return {};
  std::size_t last = first;
  for (std::size_t at = first; at < size_ && (piece.test(at) || !exists_.test(at)); ++at)
    if (piece.test(at))
      last = at;
  const std::size_t from = first / 2, to = last / 2;
  const bool at_first = first % 2 == 1, at_last = last % 2 == 1;
  const Span span{at_first    ? &points_[from]
                  : from == 0 ? nullptr
                              : &points_[from - 1],
                  to == points_.size() ? nullptr : &points_[to], at_first, at_last};
  if (kind_ == Kind::number || kind_ == Kind::days_duration || kind_ == Kind::months_duration)
    return value_at(simplest(span, kind_ == Kind::months_duration || whole_).value_or(0));
  if (span.low != nullptr)
    return value_at(at_first ? *span.low : whole_below(*span.low).add(1).value_or(*span.low));
  if (span.high != nullptr)
    return value_at(at_last ? *span.high : span.high->subtract(1).value_or(*span.high));
  constexpr std::int64_t year_2000 = 10957; // in days
  return value_at(kind_ == Kind::date        ? Number(year_2000)
                  : kind_ == Kind::date_time ? Number(year_2000 * feel::seconds_per_day)
                                             : Number(feel::seconds_per_day / 2));
}

std::string Axis::words(const Bits &piece) const {
  if (piece == domain_ || kind_ == Kind::null)
    return {};
  if (kind_ == Kind::boolean)
    return name_ + " = " + (piece.first() == 1 ? "true" : "false");
  if (kind_ == Kind::text) {
    if (is_other(piece))
      return name_ + " : toute autre valeur";
    std::string list;
    for (std::size_t at = piece.first(); at != Bits::none; at = piece.first(at + 1))
      list += (list.empty() ? "" : ", ") + (at < texts_.size() ? '"' + texts_[at] + '"' : "toute autre valeur");
    return name_ + (piece.count() == 1 ? " = " : " parmi ") + list;
  }
  if (!ordered())
    return {};
  const std::size_t first = piece.first();
  std::size_t last = first;
  for (std::size_t at = first; at != Bits::none; at = piece.first(at + 1))
    last = at;
  const auto bound = [&](std::size_t point) { return value_at(points_[point]).to_string(); };
  if (first == last && first % 2 == 1)
    return name_ + " = " + bound(first / 2);
  const bool low = first > 0, high = last + 1 < size_;
  const std::string from = low ? bound((first - 1) / 2) : "";
  const std::string to = high ? bound(last / 2) : "";
  if (low && high)
    return name_ + " dans " + (first % 2 == 1 ? "[" : "(") + from + ".." + to + (last % 2 == 1 ? "]" : ")");
  if (low)
    return name_ + (first % 2 == 1 ? " >= " : " > ") + from;
  return name_ + (last % 2 == 1 ? " <= " : " < ") + to;
}

} // namespace spie::analysis
