#include "rules/pack/proposals.hpp"

#include "rules/feel/node.hpp"
#include "spie/feel/evaluation.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>
#include <unordered_set>

namespace spie::pack {

namespace {

using feel::Context;
using feel::Kind;
using feel::List;
using feel::Value;

bool is_of(const dmn::TableTrace &trace, const dmn::Table &table) {
  if (trace.rules.size() != table.rules.size() || trace.inputs.size() != table.inputs.size())
    return false;
  for (std::size_t rule = 0; rule < table.rules.size(); ++rule)
    if (trace.rules[rule].id != table.rules[rule].id)
      return false;
  for (std::size_t input = 0; input < table.inputs.size(); ++input)
    if (trace.inputs[input].expression != table.inputs[input].expression)
      return false;
  return true;
}

void add_once(List &values, const Value &value) {
  if (std::none_of(values.begin(), values.end(), [&](const Value &one) { return feel::identical(one, value); }))
    values.push_back(value);
}

// "freins[].code" → freins[], code.
using Path = std::vector<std::string>;
Path parts(const std::string &path) {
  Path found;
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find('.', start), path.size());
    found.push_back(path.substr(start, end - start));
    start = end + 1;
  }
  return found;
}
bool of_items(const std::string &part) { return part.ends_with("[]"); }
std::string key_of(const std::string &part) { return of_items(part) ? part.substr(0, part.size() - 2) : part; }

// What stands there, of each item where the path goes through a list.
void values_at(const Value &facts, const Path &path, std::size_t at, List &into) {
  if (at == path.size()) {
    if (!facts.is_null())
      add_once(into, facts);
    return;
  }
  const Value *held = facts.is(Kind::context) ? facts.context().find(key_of(path[at])) : nullptr;
  if (held == nullptr)
    return;
  if (!of_items(path[at]))
    return values_at(*held, path, at + 1, into);
  if (held->is(Kind::list))
    for (const Value &item : held->list())
      values_at(item, path, at + 1, into);
}

// The facts with that value there: of a list, in its first item.
Value with(const Value &facts, const Path &path, std::size_t at, const Value &value) {
  if (at == path.size())
    return value;
  const std::string key = key_of(path[at]);
  Context context = facts.is(Kind::context) ? facts.context() : Context();
  const Value *held = context.find(key);
  if (!of_items(path[at])) {
    context.set(key, with(held == nullptr ? Value() : *held, path, at + 1, value));
    return context;
  }
  List items = held != nullptr && held->is(Kind::list) ? held->list() : List();
  if (items.empty())
    items.emplace_back(Context());
  items.front() = with(items.front(), path, at + 1, value);
  context.set(key, Value(std::move(items)));
  return context;
}

// A value of a fact, or a time before or after the day of the case; or a reading of a parameter.
struct Change {
  enum class Of : std::uint8_t { fact, day, parameter };
  Of of = Of::fact;
  Path path;
  Value value;
  std::int64_t months = 0, days = 0;
};

// The constants that some logic writes, and those of the parameters.
struct Constants {
  List numbers, texts, dates;
  std::set<std::int64_t> months, days{0};

  void add(const Value &value) {
    constexpr std::size_t most = 60;
    switch (value.kind()) {
    case Kind::number:
      if (numbers.size() < most)
        add_once(numbers, value);
      break;
    case Kind::text:
      if (texts.size() < most)
        add_once(texts, value);
      break;
    case Kind::date:
      if (dates.size() < most)
        add_once(dates, value);
      break;
    case Kind::months_duration:
      months.insert(value.months_duration().months);
      break;
    case Kind::days_duration:
      days.insert(value.days_duration().seconds / feel::seconds_per_day);
      break;
    case Kind::list:
      for (const Value &item : value.list())
        add(item);
      break;
    case Kind::range:
      add(value.range().start);
      add(value.range().end);
      break;
    default:
      break;
    }
  }
  void add(const feel::Node &node) {
    if (node.kind == feel::NodeKind::constant)
      add(node.value);
    else if (node.kind == feel::NodeKind::builtin_call && // date("2021-03-02")
             std::all_of(node.children.begin(), node.children.end(),
                         [](const auto &child) { return child->kind == feel::NodeKind::constant; })) {
      feel::Evaluation evaluation;
      add(feel::evaluate(evaluation, node, {}));
    }
    for (const auto &child : node.children)
      add(*child);
    if (node.body)
      add(*node.body);
  }
};

} // namespace

std::optional<PackResult> evaluated(const Pack &pack, const PackCase &one) {
  PackEvaluateOptions options;
  options.explanation = false;
  if (one.parametres.is(Kind::context))
    for (const auto &[name, value] : one.parametres.context())
      options.parametres.emplace_back(name, value);
  try {
    return pack.evaluate(one.decision, one.faits, one.as_of, options);
  } catch (const Error &) {
    return std::nullopt;
  }
}

void collect(const TablesByDecision &tables, const PackResult &result, Hits &into) {
  for (const dmn::DecisionTrace &decision : result.trace.decisions) {
    const auto found = tables.find(decision.name);
    if (found == tables.end())
      continue;
    for (const dmn::TableTrace &trace : decision.tables)
      for (std::size_t t = 0; t < found->second.size(); ++t)
        if (is_of(trace, *found->second[t].table))
          for (const dmn::RuleTrace &rule : trace.rules)
            if (rule.hit)
              into.insert({{decision.name, t}, rule.number});
  }
}

class Proposals::Search {
public:
  Search(const Pack &pack, const TablesByDecision &tables, Hits missed, const CoverageOptions &options)
      : pack_(pack), tables_(tables), missed_(std::move(missed)), options_(options) {
    for (const dmn::Element &element : analysis::linked(pack.model()).elements())
      if (const feel::Node *logic = analysis::logic_of(element))
        logic_.emplace(element.info.name, logic);
  }

  std::optional<Found> find(const RuleAt &wanted) {
    if (options_.tries == 0)
      return std::nullopt;
    if (auto found = known(wanted))
      return found;
    climb(wanted);
    return known(wanted);
  }

  // Breadth first: seldom more is needed than the right day.
  std::optional<Found> find(const ValueAt &wanted) {
    std::size_t tries = options_.tries;
    for (const std::string &decision : readers_of(wanted.parameter.nom)) {
      std::unordered_set<std::string> seen;
      std::queue<PackCase> open;
      for (PackCase &one : starts(decision))
        open.push(reading(std::move(one), wanted));
      for (bool first = true; !open.empty(); first = false, open.pop()) {
        std::vector<PackCase> next;
        if (first) // every start before any change of one
          for (std::size_t i = open.size(); i > 0; --i) {
            next.push_back(open.front());
            open.push(std::move(open.front()));
            open.pop();
          }
        else
          for (const Change &change : changes(decision))
            if (auto one = changed(open.front(), change))
              next.push_back(reading(*std::move(one), wanted));
        for (PackCase &one : next) {
          if (!seen.insert(one.as_of.to_string() + one.faits.to_feel() + one.parametres.to_feel()).second)
            continue;
          if (tries-- == 0)
            return std::nullopt;
          auto result = evaluated(pack_, one);
          if (result && reads(*result, wanted))
            return Found{std::move(one), *std::move(result)};
          if (result)
            open.push(std::move(one));
        }
      }
    }
    return std::nullopt;
  }

private:
  std::vector<std::string> readers_of(const std::string &parameter) const {
    const auto &elements = analysis::linked(pack_.model()).elements();
    std::vector<std::string> found;
    for (const dmn::Element &element : elements)
      if (element.kind == dmn::ElementKind::decision &&
          std::any_of(element.requires_values.begin(), element.requires_values.end(),
                      [&](std::uint32_t at) { return elements[at].info.name == parameter; }))
        found.push_back(element.info.name);
    return found;
  }
  // On a day when the parameter has that value, or with that reading.
  PackCase reading(PackCase one, const ValueAt &wanted) const {
    const PackParameter &parameter = wanted.parameter;
    if (!wanted.since) {
      Context overrides = one.parametres.is(Kind::context) ? one.parametres.context() : Context();
      overrides.set(parameter.nom, wanted.valeur);
      one.parametres = Value(std::move(overrides));
      return one;
    }
    if (one.as_of < *wanted.since || (wanted.until && !(one.as_of < *wanted.until)))
      one.as_of = std::max(*wanted.since, pack_.period_start());
    if (!parameter.lu_au.empty())
      one.faits = with(one.faits, parts(parameter.lu_au), 0, Value(one.as_of));
    return one;
  }
  static bool reads(const PackResult &result, const ValueAt &wanted) {
    return std::any_of(result.parametres.begin(), result.parametres.end(), [&](const ParameterUse &use) {
      return use.nom == wanted.parameter.nom && feel::identical(use.valeur, wanted.valeur);
    });
  }

  // A case on the way: what it lacks, and the changes that were tried on it.
  struct State {
    PackCase one;
    int score;
    bool fresh; // the columns of the table held values that they had not held before
    std::size_t depth, next = 0;
  };
  struct Seen {
    std::unordered_set<std::string> facts, columns;
  };

  // What an evaluation for another rule happened to show, as a case of the decision of this one.
  std::optional<Found> known(const RuleAt &wanted) {
    const auto found = found_.find(wanted);
    if (found == found_.end())
      return std::nullopt;
    for (PackCase one : {asked_alone(found->second, wanted.first.decision), found->second}) {
      auto result = evaluated(pack_, one);
      Hits hits;
      if (result)
        collect(tables_, *result, hits);
      if (hits.count(wanted) != 0)
        return Found{std::move(one), *std::move(result)};
    }
    return std::nullopt;
  }
  // With the facts that the decision reads.
  PackCase asked_alone(PackCase one, const std::string &decision) const {
    std::set<std::string> roots;
    for (const dmn::FactInfo &fact : pack_.facts(decision))
      roots.insert(key_of(parts(fact.path).front()));
    Context kept;
    for (const auto &[name, value] : one.faits.context())
      if (roots.count(name) != 0)
        kept.set(name, value);
    one.decision = decision;
    one.faits = Value(std::move(kept));
    return one;
  }

  // Its own cases, then those of the decisions that require it; none: no fact at all.
  std::vector<PackCase> starts(const std::string &decision) const {
    std::vector<PackCase> own, others;
    for (const PackCase &one : pack_.cases()) {
      if (one.decision == decision) {
        own.push_back(one);
        continue;
      }
      if (pack_.model().find_decision(one.decision) == nullptr)
        continue;
      const auto required = pack_.model().requirements(one.decision);
      if (std::find(required.begin(), required.end(), decision) != required.end())
        others.push_back(asked_alone(one, decision));
    }
    own.insert(own.end(), others.begin(), others.end());
    PackCase bare;
    bare.decision = decision;
    bare.as_of = pack_.period_start();
    bare.faits = Value(Context());
    own.push_back(std::move(bare));
    return own;
  }

  const std::vector<Change> &changes(const std::string &decision) {
    const auto [at, fresh] = changes_.try_emplace(decision);
    if (fresh)
      at->second = changes_of(decision);
    return at->second;
  }
  std::vector<Change> changes_of(const std::string &decision) const {
    Constants constants;
    for (const std::string &name : pack_.model().requirements(decision))
      if (const auto logic = logic_.find(name); logic != logic_.end())
        constants.add(*logic->second);
    for (const PackParameter &parameter : pack_.parameters())
      for (const ParameterValue &value : parameter.valeurs)
        constants.add(value.valeur);
    std::vector<Change> made;
    std::set<std::string> lists;
    for (const dmn::FactInfo &fact : pack_.facts(decision)) {
      const Path path = parts(fact.path);
      for (std::size_t i = 0; i < path.size(); ++i)
        if (of_items(path[i])) { // the list whole, as cases give it
          Path whole(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(i) + 1);
          whole.back() = key_of(whole.back());
          std::string name;
          for (const std::string &part : whole)
            name += part + '.';
          if (lists.insert(name).second) {
            List values{Value(List())};
            given_at(whole, values);
            add(made, whole, values);
          }
        }
      add(made, path, values_for(fact, path, constants));
      if (fact.type.kind() == feel::Type::Kind::date)
        add_days(made, path, constants);
    }
    for (const PackParameter &parameter : pack_.parameters())
      for (const ParameterReading &reading : parameter.lectures)
        made.push_back({Change::Of::parameter, {parameter.nom}, reading.valeur});
    return made;
  }
  static void add(std::vector<Change> &into, const Path &path, const List &values) {
    for (const Value &value : values)
      into.push_back({Change::Of::fact, path, value});
    into.push_back({Change::Of::fact, path, Value()}); // unknown
  }
  static void add_days(std::vector<Change> &into, const Path &path, const Constants &constants) {
    for (const std::int64_t around : {0, -1, 1}) {
      for (const std::int64_t months : constants.months)
        for (const int sign : {-1, 1})
          into.push_back({Change::Of::day, path, {}, sign * months, around});
      for (const std::int64_t days : constants.days)
        for (const int sign : {-1, 1})
          into.push_back({Change::Of::day, path, {}, 0, sign * days + around});
    }
  }
  void given_at(const Path &path, List &values) const {
    constexpr std::size_t enough = 40;
    for (const PackCase &one : pack_.cases())
      if (values.size() < enough)
        values_at(one.faits, path, 0, values);
  }
  // Those allowed, those that cases give, and what stands on either side of a constant.
  List values_for(const dmn::FactInfo &fact, const Path &path, const Constants &constants) const {
    List values;
    if (const feel::Constraint *constraint = fact.type.constraint())
      values = constraint->enumerated();
    const bool listed = !values.empty();
    if (fact.type.kind() == feel::Type::Kind::boolean)
      values = {Value(true), Value(false)};
    given_at(path, values);
    if (fact.type.kind() == feel::Type::Kind::number)
      for (const Value &value : constants.numbers)
        for (const int beside : {0, -1, 1})
          if (const auto at = value.number().add(beside))
            add_once(values, *at);
    if (fact.type.kind() == feel::Type::Kind::number)
      for (const int value : {-1, 0, 1, 1'000'000})
        add_once(values, value);
    if (fact.type.kind() == feel::Type::Kind::text && !listed)
      for (const Value &value : constants.texts)
        add_once(values, value);
    if (fact.type.kind() == feel::Type::Kind::date)
      for (const Value &value : constants.dates)
        for (const int beside : {0, -1, 1})
          if (const auto day = value.date().plus_days(beside))
            add_once(values, *day);
    if (const auto &months = constants.months; fact.type.kind() == feel::Type::Kind::months_duration)
      for (const std::int64_t count : months)
        for (const int beside : {0, -1, 1})
          add_once(values, feel::MonthsDuration{count + beside});
    return values;
  }

  static std::optional<PackCase> changed(const PackCase &from, const Change &change) {
    PackCase one = from;
    if (change.of == Change::Of::parameter) {
      Context overrides = from.parametres.is(Kind::context) ? from.parametres.context() : Context();
      overrides.set(change.path.front(), change.value);
      one.parametres = Value(std::move(overrides));
      return one;
    }
    if (change.of == Change::Of::day) {
      const auto month = from.as_of.plus_months(change.months);
      const auto day = month ? month->plus_days(change.days) : std::nullopt;
      if (!day)
        return std::nullopt;
      one.faits = with(from.faits, change.path, 0, *day);
      return one;
    }
    one.faits = with(from.faits, change.path, 0, change.value);
    return one;
  }

  // The state that comes nearest is changed first; one that comes nearer is taken up at once.
  void climb(const RuleAt &wanted) {
    const std::string &decision = wanted.first.decision;
    const std::vector<Change> &all = changes(decision);
    std::size_t tries = options_.tries;
    Seen seen;
    std::vector<State> states;
    const auto before = [&](std::size_t a, std::size_t b) { // what the queue calls less
      const State &x = states[a], &y = states[b];
      return std::tuple(x.score, x.fresh, -static_cast<int>(x.depth), b) <
             std::tuple(y.score, y.fresh, -static_cast<int>(y.depth), a);
    };
    std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(before)> open(before);
    const auto attempt = [&](PackCase one, std::size_t depth) { // whether the search is over
      if (!seen.facts.insert(one.as_of.to_string() + one.faits.to_feel() + one.parametres.to_feel()).second)
        return false;
      if (tries-- == 0)
        return true;
      const auto result = evaluated(pack_, one);
      if (!result)
        return false;
      Hits hits;
      collect(tables_, *result, hits);
      for (const RuleAt &hit : hits)
        if (missed_.count(hit) != 0)
          found_.emplace(hit, one);
      if (hits.count(wanted) != 0)
        return true;
      std::string columns;
      const int score = score_of(*result, wanted, columns);
      const bool fresh = seen.columns.insert(columns).second;
      states.push_back({std::move(one), score, fresh, depth});
      open.push(states.size() - 1);
      return false;
    };
    for (PackCase &one : starts(decision))
      if (attempt(std::move(one), 0))
        return;
    constexpr std::size_t deepest = 8;
    while (!open.empty()) {
      const std::size_t at = open.top();
      if (states[at].next == all.size() || states[at].depth == deepest) {
        open.pop();
        continue;
      }
      auto one = changed(states[at].one, all[states[at].next++]);
      if (one && attempt(*std::move(one), states[at].depth + 1))
        return;
    }
  }

  // How near the rule comes to be hit: its cells first, then the rules before it that stand in its way.
  int score_of(const PackResult &result, const RuleAt &wanted, std::string &columns) const {
    constexpr int of_cell = 8;
    int best = -1;
    for (const dmn::DecisionTrace &decision : result.trace.decisions) {
      if (decision.name != wanted.first.decision)
        continue;
      for (const dmn::TableTrace &trace : decision.tables) {
        if (!is_of(trace, *tables_.at(decision.name)[wanted.first.table].table))
          continue;
        columns.clear();
        for (const dmn::TableInputTrace &input : trace.inputs)
          columns += input.value.to_feel() + '\n';
        int score = 0;
        for (const dmn::Verdict cell : trace.rules[wanted.second - 1].cells)
          score += cell == dmn::Verdict::vrai ? of_cell : cell == dmn::Verdict::inconnu ? 2 : 0;
        for (std::size_t rule = 0; rule + 1 < wanted.second; ++rule)
          score -=
              trace.rules[rule].verdict == dmn::Verdict::vrai || trace.rules[rule].verdict == dmn::Verdict::inconnu;
        best = std::max(best, score);
      }
    }
    return best;
  }

  const Pack &pack_;
  const TablesByDecision &tables_;
  const Hits missed_;
  const CoverageOptions &options_;
  std::map<std::string, const feel::Node *> logic_;
  std::map<std::string, std::vector<Change>> changes_; // by decision
  std::map<RuleAt, PackCase> found_;
};

Proposals::Proposals(const Pack &pack, const TablesByDecision &tables, Hits missed, const CoverageOptions &options)
    : search_(std::make_unique<Search>(pack, tables, std::move(missed), options)) {}
Proposals::~Proposals() = default;

std::optional<Proposals::Found> Proposals::find(const RuleAt &rule) { return search_->find(rule); }
std::optional<Proposals::Found> Proposals::find(const ValueAt &value) { return search_->find(value); }

} // namespace spie::pack
