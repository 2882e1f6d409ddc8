#include "spie/pack/difference.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace spie::pack {

namespace {

using feel::Context;
using feel::Kind;
using feel::List;
using feel::Value;

using Words = std::vector<std::string>;

std::string text_of(const Value &context, const char *key) {
  const Value *value = context.is(Kind::context) ? context.context().find(key) : nullptr;
  return value == nullptr ? "" : value->is(Kind::text) ? value->text() : value->to_string();
}

List list_of(const Value &context, const char *key) {
  const Value *value = context.is(Kind::context) ? context.context().find(key) : nullptr;
  return value != nullptr && value->is(Kind::list) ? value->list() : List();
}

bool is_table(const Value &logic) { return text_of(logic, "kind") == "decision_table"; }

struct RuleWords {
  std::string number, when, then;
};

RuleWords in_words(const Value &rule, const List &inputs, const List &outputs) {
  RuleWords words{text_of(rule, "number"), {}, {}};
  const List cells = list_of(rule, "inputs"), entries = list_of(rule, "outputs");
  for (std::size_t i = 0; i < cells.size() && i < inputs.size(); ++i)
    if (const std::string &cell = cells[i].text(); !cell.empty() && cell != "-")
      words.when += (words.when.empty() ? "" : " et ") + text_of(inputs[i], "expression") + " : " + cell;
  if (words.when.empty())
    words.when = "dans tous les cas";
  for (std::size_t i = 0; i < entries.size() && i < outputs.size(); ++i)
    words.then += (words.then.empty() ? "" : ", ") + entries[i].text();
  return words;
}

Words of_columns(const Value &table, const char *key, const char *what) {
  Words words;
  for (const Value &column : list_of(table, key)) {
    std::string text = text_of(column, what);
    for (const auto &[name, shown] : {std::pair{"values", " parmi "}, {"default", ", par défaut "}})
      if (const std::string value = text_of(column, name); !value.empty())
        text += shown + value;
    words.push_back(std::move(text));
  }
  return words;
}

std::string joined(const Words &words) {
  std::string text;
  for (const std::string &word : words)
    text += (text.empty() ? "" : " ; ") + word;
  return text;
}

void compare_tables(const Value &before, const Value &after, Words &changes) {
  const auto compare = [&](const std::string &what, const std::string &old, const std::string &now) {
    if (old != now)
      changes.push_back(what + " « " + old + " » devient « " + now + " »");
  };
  compare("la politique", text_of(before, "hit_policy") + " " + text_of(before, "aggregation"),
          text_of(after, "hit_policy") + " " + text_of(after, "aggregation"));
  compare("les entrées", joined(of_columns(before, "inputs", "expression")),
          joined(of_columns(after, "inputs", "expression")));
  compare("les sorties", joined(of_columns(before, "outputs", "label")), joined(of_columns(after, "outputs", "label")));
  const auto rules_of = [](const Value &table) {
    std::vector<RuleWords> rules;
    for (const Value &rule : list_of(table, "rules"))
      rules.push_back(in_words(rule, list_of(table, "inputs"), list_of(table, "outputs")));
    return rules;
  };
  std::vector<RuleWords> old = rules_of(before), now = rules_of(after);
  // Rules are the same by what they say; what remains is paired by its conditions, then by its number.
  const auto drop = [&](auto &&same, auto &&tell) {
    for (auto one = old.begin(); one != old.end();) {
      const auto found =
          std::find_if(now.begin(), now.end(), [&](const RuleWords &other) { return same(*one, other); });
      if (found == now.end()) {
        ++one;
        continue;
      }
      tell(*one, *found);
      now.erase(found);
      one = old.erase(one);
    }
  };
  drop([](const auto &a, const auto &b) { return a.when == b.when && a.then == b.then; },
       [](const auto & /*a*/, const auto & /*b*/) {});
  drop([](const auto &a, const auto &b) { return a.when == b.when; },
       [&](const auto &a, const auto &b) {
         changes.push_back("règle " + b.number + " (" + b.when + ") : « " + a.then + " » devient « " + b.then + " »");
       });
  drop([](const auto &a, const auto &b) { return a.number == b.number && a.then == b.then; },
       [&](const auto &a, const auto &b) {
         changes.push_back("règle " + b.number + " : la condition « " + a.when + " » devient « " + b.when + " »");
       });
  for (const RuleWords &rule : old)
    changes.push_back("règle retirée : " + rule.when + " → " + rule.then);
  for (const RuleWords &rule : now)
    changes.push_back("règle " + rule.number + " ajoutée : " + rule.when + " → " + rule.then);
}

Words changes_of(const Value &before, const Value &after) {
  Words changes;
  if (is_table(before) && is_table(after))
    compare_tables(before, after, changes);
  else if (const std::string old = text_of(before, "text"), now = text_of(after, "text");
           !old.empty() && !now.empty()) {
    if (old != now)
      changes.push_back("« " + old + " » devient « " + now + " »");
  } else if (before.to_feel() != after.to_feel()) {
    changes.emplace_back("sa logique change");
  }
  return changes;
}

Words changes_of(const PackParameter &before, const PackParameter &after) {
  Words changes;
  std::map<feel::Date, std::string> old, now;
  for (const ParameterValue &value : before.valeurs)
    old[value.depuis] = value.valeur.to_string();
  for (const ParameterValue &value : after.valeurs)
    now[value.depuis] = value.valeur.to_string();
  for (const auto &[date, value] : old) {
    const auto found = now.find(date);
    if (found == now.end())
      changes.push_back("depuis le " + date.to_string() + " : " + value + " est retiré");
    else if (found->second != value)
      changes.push_back("depuis le " + date.to_string() + " : " + value + " devient " + found->second);
  }
  for (const auto &[date, value] : now)
    if (old.count(date) == 0)
      changes.push_back("depuis le " + date.to_string() + " : " + value + " est ajouté");
  if (before.lu_au != after.lu_au)
    changes.push_back("lu au « " + before.lu_au + " » devient « " + after.lu_au + " »");
  return changes;
}

void add(List &into, const std::string &name, const Words &changes) {
  if (!changes.empty())
    into.push_back(Context{{"nom", name}, {"changements", Value(List(changes.begin(), changes.end()))}});
}

// What a pack has and the other has not, then what changes in what both have.
template <class Items, class Find, class Changes>
List compared(const Items &before, const Items &after, const Find &find, const Changes &changes) {
  List list;
  for (const auto &one : before)
    if (find(after, one) == nullptr)
      add(list, one.name(), {"retiré"});
  for (const auto &one : after) {
    const auto *old = find(before, one);
    add(list, one.name(), old == nullptr ? Words{"ajouté"} : changes(*old, one));
  }
  return list;
}

struct NamedDecision {
  const Pack *pack;
  const dmn::ElementInfo *info;
  const std::string &name() const { return info->name; }
};
struct NamedParameter {
  const PackParameter *parameter;
  const std::string &name() const { return parameter->nom; }
};

template <class Item> const Item *find_in(const std::vector<Item> &items, const Item &wanted) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Item &one) { return one.name() == wanted.name(); });
  return found == items.end() ? nullptr : &*found;
}

Value result_of(const Pack &pack, const PackCase &one) {
  PackEvaluateOptions options;
  options.trace = options.explanation = false;
  if (one.parametres.is(Kind::context))
    for (const auto &[name, value] : one.parametres.context())
      options.parametres.emplace_back(name, value);
  try {
    const PackResult result = pack.evaluate(one.decision, one.faits, one.as_of, options);
    Context found{{"statut", std::string(dmn::text(result.status))}, {"valeur", result.value}};
    if (!result.missing.empty())
      found.set("manquants", Value(List(result.missing.begin(), result.missing.end())));
    return found;
  } catch (const Error &error) {
    return Context{{"refus", to_string(error.first())}};
  }
}

} // namespace

Value difference(const Pack &before, const Pack &after) {
  const auto decisions = [](const Pack &pack) {
    std::vector<NamedDecision> found;
    for (const dmn::ElementInfo &decision : pack.model().decisions())
      found.push_back({&pack, &decision});
    return found;
  };
  const auto parameters = [](const Pack &pack) {
    std::vector<NamedParameter> found;
    for (const PackParameter &parameter : pack.parameters())
      found.push_back({&parameter});
    return found;
  };
  const List changed = compared(decisions(before), decisions(after), find_in<NamedDecision>,
                                [](const NamedDecision &old, const NamedDecision &now) {
                                  const Value left = old.pack->model().describe(old.name()),
                                              right = now.pack->model().describe(now.name());
                                  return changes_of(left, right);
                                });
  const List moved = compared(
      parameters(before), parameters(after), find_in<NamedParameter>,
      [](const NamedParameter &old, const NamedParameter &now) { return changes_of(*old.parameter, *now.parameter); });
  List cases;
  std::set<std::string> seen;
  for (const Pack *pack : {&after, &before})
    for (const PackCase &one : pack->cases()) {
      if (!seen.insert(one.nom).second)
        continue;
      Value old = result_of(before, one), now = result_of(after, one);
      if (!feel::identical(old, now))
        cases.push_back(Context{
            {"nom", one.nom}, {"decision", one.decision}, {"avant", std::move(old)}, {"apres", std::move(now)}});
    }
  return Context{{"decisions", changed}, {"parametres", moved}, {"cas", std::move(cases)}};
}

} // namespace spie::pack
