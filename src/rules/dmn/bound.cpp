#include "rules/dmn/bound.hpp"

#include "rules/dmn/model_impl.hpp"
#include "rules/dmn/table.hpp"
#include "rules/feel/number_bits.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>

namespace spie::dmn {

namespace {

using feel::Node;
using feel::NodeKind;
using feel::Type;
using Known = Bound::Known;

constexpr int widest = 28;    // decimals: beyond, too few of the 38 digits are left before the point
constexpr int most_calls = 8; // of business knowledge models within one another

int decimals_of(const feel::Number &number) { return std::max(0, -feel::NumberBits::parts(number).exponent); }

// The decimals that dividing by a constant adds: of what divides a power of ten, as 2, 25 or 100 do.
std::optional<int> added_by(const feel::Number &divisor) {
  auto [negative, coefficient, exponent] = feel::NumberBits::parts(divisor);
  int twos = 0, fives = 0;
  for (; coefficient != 0 && coefficient % 2 == 0; coefficient /= 2)
    ++twos;
  for (; coefficient != 0 && coefficient % 5 == 0; coefficient /= 5)
    ++fives;
  if (coefficient != 1)
    return std::nullopt;
  return std::max(twos, fives) + std::max(0, exponent);
}

bool holds_no_number(Type::Kind kind) {
  return kind == Type::Kind::boolean || kind == Type::Kind::text || kind == Type::Kind::date ||
         kind == Type::Kind::time || kind == Type::Kind::days_duration || kind == Type::Kind::months_duration ||
         kind == Type::Kind::null;
}

constexpr std::array<std::string_view, 6> counting = {"count",       "string length", "index of",
                                                      "day of year", "week of year",  "day of week"};
constexpr std::array<std::string_view, 7> cutting = {"decimal",    "floor",         "ceiling",        "round up",
                                                     "round down", "round half up", "round half down"};
constexpr std::array<std::string_view, 22> passing = {
    "abs",     "min",          "max",     "sum",           "mode",        "modulo",          "concatenate",
    "append",  "remove",       "reverse", "insert before", "union",       "distinct values", "flatten",
    "sublist", "list replace", "sort",    "get value",     "get entries", "context merge",   "duplicate values",
    "context"};

template <std::size_t Count> bool among(const std::array<std::string_view, Count> &names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Walk {
public:
  Walk(const ModelImpl &model, const BoundOfGiven &given) : model_(model), given_(given) {}

  Bound global(std::uint32_t slot) {
    if (const auto found = globals_.find(slot); found != globals_.end())
      return found->second;
    Bound bound = Bound::unbounded();
    if (auto given = given_(slot)) {
      bound = *std::move(given);
    } else if (const Element &element = model_.elements()[slot]; element.expression) {
      Frame frame;
      bound = of(element.expression->root(), frame);
    } else {
      bound = Bound(); // it is null
    }
    globals_.emplace(slot, bound);
    return bound;
  }

  using Frame = std::unordered_map<std::uint32_t, Bound>; // by local slot; what is not there is not known

  Bound of(const Node &node, Frame &frame) {
    Bound bound = of_kind(node, frame);
    if (holds_no_number(node.type.kind()))
      return {};
    if (bound.scaled == Known::yes && bound.scale > widest)
      bound.scaled = Known::no;
    return bound;
  }

private:
  Bound of_all(const Node &node, Frame &frame, std::size_t first = 0) {
    Bound bound;
    for (std::size_t i = first; i < node.children.size(); ++i)
      bound.join(of(*node.children[i], frame));
    return bound;
  }

  Bound of_kind(const Node &node, Frame &frame) {
    switch (node.kind) {
    case NodeKind::constant:
      return bound_of(node.value);
    case NodeKind::global:
      return global(node.slot);
    case NodeKind::local: {
      const auto found = frame.find(node.slot);
      return found == frame.end() ? Bound::unbounded() : found->second;
    }
    case NodeKind::path:
      return path(node, frame);
    case NodeKind::item_name: {
      const auto item = frame.find(node.slot);
      Bound bound = item == frame.end() ? Bound::unbounded() : item->second.member(node.name);
      bound.join(of_all(node, frame));
      return bound;
    }
    case NodeKind::negate:
    case NodeKind::add:
    case NodeKind::subtract:
    case NodeKind::list:
    case NodeKind::range:
    case NodeKind::domain_range:
      return of_all(node, frame);
    case NodeKind::multiply:
      return product(of(*node.children[0], frame), of(*node.children[1], frame));
    case NodeKind::divide:
      return quotient(node, frame);
    case NodeKind::power:
      return power(node, frame);
    case NodeKind::conditional:
      return of_all(node, frame, 1);
    case NodeKind::filter: {
      const Bound list = of(*node.children[0], frame);
      frame[node.slot] = list;
      return list;
    }
    case NodeKind::for_loop: {
      for (std::size_t i = 0; i + 1 < node.children.size() && i < node.slots.size(); ++i)
        frame[node.slots[i]] = of(*node.children[i], frame);
      frame.erase(node.slot); // what the loop has given so far is what is looked for
      return of(*node.children.back(), frame);
    }
    case NodeKind::context: {
      Bound bound;
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        Bound entry = of(*node.children[i], frame);
        if (i < node.slots.size())
          frame[node.slots[i]] = entry;
        bound.members.push_back({node.names[i], std::move(entry)});
      }
      return summed(std::move(bound));
    }
    case NodeKind::call:
      return call(node, frame);
    case NodeKind::builtin_call:
      return builtin(node, frame);
    case NodeKind::coerce:
      return coerced(node, frame);
    case NodeKind::extension:
      return extension(node, frame);
    case NodeKind::function:
    case NodeKind::function_ref:
      return Bound::unbounded();
    default: // a verdict
      return {};
    }
  }

  // What the whole holds, out of its members.
  static Bound summed(Bound bound) {
    Bound whole;
    for (const auto &[name, member] : bound.members)
      whole.join(member);
    whole.members = std::move(bound.members);
    return whole;
  }

  Bound path(const Node &node, Frame &frame) {
    const Bound of_whole = of(*node.children[0], frame);
    const Type::Kind kind = node.children[0]->type.kind();
    if (kind >= Type::Kind::date && kind <= Type::Kind::months_duration)
      return Bound::decimals(0);
    Bound bound = of_whole.member(node.name);
    if (kind == Type::Kind::any && of_whole.members.empty()) // perhaps the year of a date
      bound.join(Bound::decimals(0));
    return bound;
  }

  static Bound product(const Bound &a, const Bound &b) {
    Bound bound = a;
    bound.join(b);
    bound.members.clear();
    if (bound.scaled == Known::yes)
      bound.scale = (a.scaled == Known::yes ? a.scale : 0) + (b.scaled == Known::yes ? b.scale : 0);
    return bound;
  }

  Bound quotient(const Node &node, Frame &frame) {
    Bound bound = of(*node.children[0], frame);
    bound.members.clear();
    const Node &divisor = *node.children[1];
    const auto added = divisor.kind == NodeKind::constant && divisor.value.is(feel::Kind::number)
                           ? added_by(divisor.value.number())
                           : std::nullopt;
    if (!added)
      bound.scaled = Known::no;
    else if (bound.scaled == Known::yes)
      bound.scale += *added;
    return bound;
  }

  Bound power(const Node &node, Frame &frame) {
    Bound bound = of(*node.children[0], frame);
    const Node &exponent = *node.children[1];
    const auto times = exponent.kind == NodeKind::constant && exponent.value.is(feel::Kind::number)
                           ? exponent.value.number().to_int64()
                           : std::nullopt;
    if (bound.scaled != Known::yes || !times || *times < 0 || *times > widest)
      return Bound::unbounded();
    return Bound::decimals(bound.scale * static_cast<int>(*times));
  }

  Bound builtin(const Node &node, Frame &frame) {
    const std::string name = node.value.is(feel::Kind::function) ? node.value.function()->name() : std::string();
    if (among(counting, name))
      return Bound::decimals(0);
    if (among(cutting, name)) {
      if (node.children.size() == 1 && (name == "floor" || name == "ceiling"))
        return Bound::decimals(0);
      // The number of decimals stands second, or by its name.
      const bool second = node.names.empty() || (node.names.size() == 2 && node.names[1] == "scale");
      if (node.children.size() == 2 && second && node.children[1]->kind == NodeKind::constant &&
          node.children[1]->value.is(feel::Kind::number))
        if (const auto scale = node.children[1]->value.number().to_int64())
          return Bound::decimals(static_cast<int>(std::clamp<std::int64_t>(*scale, 0, widest + 1)));
      return Bound::unbounded();
    }
    if (among(passing, name)) {
      Bound bound = of_all(node, frame);
      bound.members.clear();
      return bound;
    }
    return Bound::unbounded();
  }

  // A date given where a date and time is asked for is its midnight UTC.
  Bound coerced(const Node &node, Frame &frame) {
    Bound bound = of(*node.children[0], frame);
    if (node.target.kind() == Type::Kind::date_time && node.children[0]->type.kind() != Type::Kind::date_time) {
      Bound midnight;
      midnight.zoned = Known::yes;
      midnight.zone = feel::Zone::offset(0);
      bound.join(midnight);
    }
    return bound;
  }

  // A business knowledge model: its body, with what it is called with.
  Bound call(const Node &node, Frame &frame) {
    const Node &called = *node.children[0];
    if (called.kind != NodeKind::function_ref || calls_ >= most_calls)
      return Bound::unbounded();
    for (const Element &element : model_.elements()) {
      if (element.function.get() != called.function || element.kind != ElementKind::function || !element.expression ||
          element.expression->root().kind != NodeKind::function)
        continue;
      const Node &literal = element.expression->root();
      if (literal.body == nullptr)
        break;
      Frame inside;
      for (std::size_t i = 0; i < literal.parameters.size(); ++i)
        inside.emplace(static_cast<std::uint32_t>(i), argument(node, literal.parameters[i].name, i, frame));
      for (const feel::Capture &capture : literal.captures)
        if (capture.from_global)
          inside[capture.to] = global(capture.from);
      ++calls_;
      Bound bound = of(*literal.body, inside);
      --calls_;
      return bound;
    }
    return Bound::unbounded();
  }

  Bound argument(const Node &call, const std::string &name, std::size_t position, Frame &frame) {
    std::size_t child = position + 1;
    if (!call.names.empty()) {
      const auto named = std::find(call.names.begin(), call.names.end(), name);
      if (named == call.names.end())
        return {};
      child = static_cast<std::size_t>(named - call.names.begin()) + 1;
    }
    return child < call.children.size() ? of(*call.children[child], frame) : Bound();
  }

  Bound extension(const Node &node, Frame &frame) {
    if (const auto *table = dynamic_cast<const Table *>(node.extension.get()))
      return decision_table(*table, node, frame);
    for (std::size_t i = 0; i + 1 < node.children.size() && i < node.slots.size(); ++i)
      frame[node.slots[i]] = of(*node.children[i], frame); // a context that ends in a result
    return node.boxed ? of(*node.children.back(), frame) : of_all(node, frame);
  }

  Bound decision_table(const Table &table, const Node &node, Frame &frame) {
    if (table.policy == Policy::count)
      return Bound::decimals(0);
    Bound bound;
    for (std::size_t o = 0; o < table.outputs.size(); ++o) {
      Bound output;
      for (std::size_t rule = 0; rule < table.rules.size(); ++rule)
        output.join(of(*node.children[table.cell(rule, table.inputs.size() + o)], frame));
      if (table.outputs[o].default_child >= 0)
        output.join(of(*node.children[static_cast<std::size_t>(table.outputs[o].default_child)], frame));
      if (table.outputs[o].type.kind() == Type::Kind::date_time) {
        Bound midnight;
        midnight.zoned = output.zoned == Known::none ? Known::yes : Known::none;
        midnight.zone = feel::Zone::offset(0);
        output.join(midnight);
      }
      bound.members.push_back({table.outputs[o].name, std::move(output)});
    }
    return table.outputs.size() == 1 ? bound.members.front().bound : summed(std::move(bound));
  }

  const ModelImpl &model_;
  const BoundOfGiven &given_;
  std::unordered_map<std::uint32_t, Bound> globals_;
  int calls_ = 0;
};

} // namespace

Bound Bound::unbounded() {
  Bound bound;
  bound.scaled = bound.zoned = Known::no;
  return bound;
}

Bound Bound::decimals(int scale) {
  Bound bound;
  bound.scaled = Known::yes;
  bound.scale = scale;
  return bound;
}

void Bound::join(const Bound &other) {
  const auto holds = [](const Bound &one) { return one.scaled != Known::none || one.zoned != Known::none; };
  // What is known as a whole alone may be any member.
  const bool apart = !(holds(*this) && members.empty()) && !(holds(other) && other.members.empty());
  if (scaled == Known::none) {
    scaled = other.scaled;
    scale = other.scale;
  } else if (other.scaled != Known::none) {
    scaled = scaled == Known::yes && other.scaled == Known::yes ? Known::yes : Known::no;
    scale = std::max(scale, other.scale);
  }
  if (zoned == Known::none) {
    zoned = other.zoned;
    zone = other.zone;
  } else if (other.zoned != Known::none) {
    zoned = zoned == Known::yes && other.zoned == Known::yes && zone == other.zone ? Known::yes : Known::no;
  }
  if (!apart)
    members.clear();
  for (const auto &[name, member] : apart ? other.members : std::vector<Bound::Member>()) {
    const auto found =
        std::find_if(members.begin(), members.end(), [&](const auto &mine) { return mine.name == name; });
    if (found == members.end())
      members.push_back({name, member});
    else
      found->bound.join(member);
  }
}

Bound Bound::member(const std::string &name) const {
  for (const auto &[known, bound] : members)
    if (known == name)
      return bound;
  Bound whole = *this;
  whole.members.clear();
  return whole;
}

Bound bound_of(const feel::Value &value) {
  Bound bound;
  switch (value.kind()) {
  case feel::Kind::number:
    return Bound::decimals(decimals_of(value.number()));
  case feel::Kind::date_time:
    bound.zoned = Known::yes;
    bound.zone = value.date_time().time.zone;
    return bound;
  case feel::Kind::range:
    bound = bound_of(value.range().start);
    bound.join(bound_of(value.range().end));
    return bound;
  case feel::Kind::list:
    for (const feel::Value &item : value.list())
      bound.join(bound_of(item));
    return bound;
  case feel::Kind::context: {
    Bound whole;
    for (const auto &[name, member] : value.context()) {
      whole.members.push_back({name, bound_of(member)});
      const Bound below = whole.members.back().bound;
      bound.join(below);
    }
    bound.members = std::move(whole.members);
    return bound;
  }
  case feel::Kind::function:
    return Bound::unbounded();
  default:
    return bound;
  }
}

Bound bound_of_decision(const ModelImpl &model, std::uint32_t slot, const BoundOfGiven &given) {
  return Walk(model, given).global(slot);
}

Bound bound_of_part(const ModelImpl &model, const feel::Node &node,
                    const std::unordered_map<std::uint32_t, Bound> &locals, const BoundOfGiven &given) {
  auto frame = locals;
  return Walk(model, given).of(node, frame);
}

} // namespace spie::dmn
