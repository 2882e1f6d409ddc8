#include "spie/pack/difference.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
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
  std::size_t number = 0; // from 1
  std::string when, then, notes;
};

RuleWords in_words(const Value &rule, std::size_t number, const List &inputs, const List &outputs) {
  RuleWords words{number, {}, {}, {}};
  const List cells = list_of(rule, "inputs"), entries = list_of(rule, "outputs");
  for (std::size_t i = 0; i < cells.size() && i < inputs.size(); ++i)
    if (const std::string &cell = cells[i].text(); !cell.empty() && cell != "-")
      words.when += (words.when.empty() ? "" : " et ") + text_of(inputs[i], "expression") + " : " + cell;
  if (words.when.empty())
    words.when = "dans tous les cas";
  for (std::size_t i = 0; i < entries.size() && i < outputs.size(); ++i)
    words.then += (words.then.empty() ? "" : ", ") + entries[i].text();
  for (const Value &note : list_of(rule, "annotations"))
    if (!note.text().empty())
      words.notes += (words.notes.empty() ? "" : " ; ") + note.text();
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

using Numbers = std::pair<std::size_t, std::size_t>; // of one rule, before and after

// Those that stand elsewhere among the others, as few as can be: what is left of the longest run that kept its order.
std::vector<Numbers> moved(std::vector<Numbers> rules) {
  std::sort(rules.begin(), rules.end());
  std::vector<std::size_t> length(rules.size(), 1), from(rules.size(), rules.size());
  std::size_t last = 0;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k)
      if (rules[k].second < rules[i].second && length[k] + 1 > length[i]) {
        length[i] = length[k] + 1;
        from[i] = k;
      }
    if (length[i] > length[last])
      last = i;
  }
  std::vector<char> kept(rules.size(), 0);
  for (std::size_t i = last; i < rules.size(); i = from[i])
    kept[i] = 1;
  std::vector<Numbers> found;
  for (std::size_t i = 0; i < rules.size(); ++i)
    if (kept[i] == 0)
      found.push_back(rules[i]);
  return found;
}

bool order_counts(const Value &table) {
  const std::string policy = text_of(table, "hit_policy");
  return policy == "FIRST" || policy == "RULE ORDER" || (policy == "COLLECT" && text_of(table, "aggregation").empty());
}

void compare_tables(const Value &before, const Value &after, Words &changes) {
  const auto compare = [&](const std::string &what, const std::string &old, const std::string &now) {
    if (old != now)
      changes.push_back(what + " « " + old + " » devient « " + now + " »");
  };
  const auto policy = [](const Value &table) {
    const std::string aggregation = text_of(table, "aggregation");
    return text_of(table, "hit_policy") + (aggregation.empty() ? "" : " ") + aggregation;
  };
  compare("la politique", policy(before), policy(after));
  compare("les entrées", joined(of_columns(before, "inputs", "expression")),
          joined(of_columns(after, "inputs", "expression")));
  const auto labels = [](const Value &table) {
    Words words;
    for (const Value &column : list_of(table, "inputs"))
      words.push_back(text_of(column, "label"));
    return joined(words);
  };
  compare("les titres des entrées", labels(before), labels(after));
  compare("les sorties", joined(of_columns(before, "outputs", "label")), joined(of_columns(after, "outputs", "label")));
  const auto rules_of = [](const Value &table) {
    std::vector<RuleWords> rules;
    for (const Value &rule : list_of(table, "rules"))
      rules.push_back(in_words(rule, rules.size() + 1, list_of(table, "inputs"), list_of(table, "outputs")));
    return rules;
  };
  std::vector<RuleWords> old = rules_of(before), now = rules_of(after);
  std::vector<Numbers> places;
  std::map<std::size_t, std::string> all; // what each rule of the later table says
  for (const RuleWords &rule : now)
    all[rule.number] = rule.when + " → " + rule.then;
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
      places.emplace_back(one->number, found->number);
      if (one->notes != found->notes)
        changes.push_back("règle " + std::to_string(found->number) + " (" + found->when + ") : l'annotation « " +
                          one->notes + " » devient « " + found->notes + " »");
      now.erase(found);
      one = old.erase(one);
    }
  };
  const auto nothing = [](const auto & /*a*/, const auto & /*b*/) {};
  drop([](const auto &a, const auto &b) { return a.when == b.when && a.then == b.then && a.notes == b.notes; },
       nothing);
  drop([](const auto &a, const auto &b) { return a.when == b.when && a.then == b.then; }, nothing);
  drop([](const auto &a, const auto &b) { return a.when == b.when; },
       [&](const auto &a, const auto &b) {
         changes.push_back("règle " + std::to_string(b.number) + " (" + b.when + ") : « " + a.then + " » devient « " +
                           b.then + " »");
       });
  drop([](const auto &a, const auto &b) { return a.number == b.number && a.then == b.then; },
       [&](const auto &a, const auto &b) {
         changes.push_back("règle " + std::to_string(b.number) + " : la condition « " + a.when + " » devient « " +
                           b.when + " »");
       });
  for (const RuleWords &rule : old)
    changes.push_back("règle retirée : " + rule.when + " → " + rule.then);
  for (const RuleWords &rule : now)
    changes.push_back("règle " + std::to_string(rule.number) + " ajoutée : " + rule.when + " → " + rule.then);
  if (order_counts(before) || order_counts(after))
    for (const auto &[old_place, place] : moved(places))
      changes.push_back("règle " + std::to_string(old_place) + " : son rang devient " + std::to_string(place) + " (" +
                        all[place] + ")");
}

void compare_logic(const Value &before, const Value &after, Words &changes);

// Named parts, of a context or of a call: each by its name, or by its place where it has none.
void compare_parts(const List &before, const List &after, Words &changes) {
  const auto by_name = [](const List &parts) {
    std::vector<std::pair<std::string, const Value *>> named;
    for (const Value &part : parts) {
      const std::string name = text_of(part, "name");
      named.emplace_back(name.empty() ? "le résultat" : "« " + name + " »", part.context().find("expression"));
    }
    return named;
  };
  const auto old = by_name(before), now = by_name(after);
  const auto find = [](const auto &parts, const std::string &name) -> const Value * {
    for (const auto &[one, logic] : parts)
      if (one == name)
        return logic;
    return nullptr;
  };
  for (const auto &[name, logic] : old)
    if (find(now, name) == nullptr)
      changes.push_back(name + " est retiré");
  for (const auto &[name, logic] : now) {
    const Value *was = find(old, name);
    if (was == nullptr) {
      changes.push_back(name + " est ajouté");
      continue;
    }
    Words within;
    compare_logic(*was, *logic, within);
    for (const std::string &change : within)
      changes.push_back(name + " : " + change);
  }
}

void compare_logic(const Value &before, const Value &after, Words &changes) {
  const std::string kind = text_of(before, "kind");
  const bool alike = kind == text_of(after, "kind");
  const std::string old = text_of(before, "text"), now = text_of(after, "text");
  const std::size_t told = changes.size();
  if (is_table(before) && is_table(after)) {
    compare_tables(before, after, changes);
    return;
  }
  if (!old.empty() && !now.empty()) {
    if (old != now)
      changes.push_back("« " + old + " » devient « " + now + " »");
    return;
  }
  if (alike && kind == "context")
    compare_parts(list_of(before, "entries"), list_of(after, "entries"), changes);
  else if (alike && kind == "invocation")
    compare_parts(list_of(before, "arguments"), list_of(after, "arguments"), changes);
  if (changes.size() == told && before.to_feel() != after.to_feel())
    changes.emplace_back("sa logique change");
}

std::string in_words(const feel::Type &type) {
  return type.to_string() + (type.constraint() == nullptr ? "" : " parmi " + type.constraint()->to_string());
}

void compare_types(const feel::Type &before, const feel::Type &after, const std::string &path, Words &changes) {
  const std::string of = path.empty() ? "" : path + " : ";
  if (before.kind() == after.kind() && before.kind() == feel::Type::Kind::list) {
    compare_types(before.element(), after.element(), path + "[]", changes);
  } else if (!before.members().empty() && !after.members().empty()) {
    const std::string start = path.empty() ? "" : path + ".";
    for (const auto &[name, type] : before.members())
      if (after.member(name) == nullptr)
        changes.push_back(start + name + " est retiré");
    for (const auto &[name, type] : after.members())
      if (const feel::Type *was = before.member(name); was == nullptr)
        changes.push_back(start + name + " est ajouté");
      else
        compare_types(*was, type, start + name, changes);
  } else if (in_words(before) != in_words(after)) {
    changes.push_back(of + "le type « " + in_words(before) + " » devient « " + in_words(after) + " »");
  }
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
  for (const auto &[what, was, is] : {std::tuple{"le titre", &before.titre, &after.titre},
                                      {"l'unité", &before.unite, &after.unite},
                                      {"l'article", &before.article, &after.article},
                                      {"lu au", &before.lu_au, &after.lu_au}})
    if (*was != *is)
      changes.push_back(std::string(what) + " « " + *was + " » devient « " + *is + " »");
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
struct NamedInput {
  const dmn::ElementInfo *info;
  const std::string &name() const { return info->name; }
};
struct NamedArticle {
  const Article *article;
  const std::string &name() const { return article->id; }
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

struct CaseAnswer {
  Context said;
  List articles; // of the answer; said where the other pack's are not the same
  friend bool operator==(const CaseAnswer &a, const CaseAnswer &b) {
    return feel::identical(a.said, b.said) && feel::identical(Value(a.articles), Value(b.articles));
  }
};

CaseAnswer answer_of(const Pack &pack, const PackCase &one) {
  PackEvaluateOptions options;
  options.explanation = false; // articles are those of the trace
  if (one.parametres.is(Kind::context))
    for (const auto &[name, value] : one.parametres.context())
      options.parametres.emplace_back(name, value);
  try {
    const PackResult result = pack.evaluate(one.decision, one.faits, one.as_of, options);
    CaseAnswer answer{{{"statut", std::string(dmn::text(result.status))}, {"valeur", result.value}},
                      List(result.articles.begin(), result.articles.end())};
    if (!result.missing.empty())
      answer.said.set("manquants", Value(List(result.missing.begin(), result.missing.end())));
    return answer;
  } catch (const Error &error) {
    return {{{"refus", to_string(error.first())}}, {}};
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
                                  Words changes;
                                  compare_logic(left, right, changes);
                                  compare_types(old.info->type, now.info->type, "", changes);
                                  return changes;
                                });
  const auto inputs = [](const Pack &pack) {
    std::vector<NamedInput> found;
    for (const dmn::ElementInfo &input : pack.model().inputs())
      found.push_back({&input});
    return found;
  };
  const List read =
      compared(inputs(before), inputs(after), find_in<NamedInput>, [](const NamedInput &old, const NamedInput &now) {
        Words changes;
        compare_types(old.info->type, now.info->type, "", changes);
        return changes;
      });
  const auto articles = [](const Pack &pack) {
    std::vector<NamedArticle> found;
    for (const Article &article : pack.articles())
      found.push_back({&article});
    return found;
  };
  const List cited = compared(articles(before), articles(after), find_in<NamedArticle>,
                              [](const NamedArticle &old, const NamedArticle &now) {
                                const auto words = [](const Article &one) {
                                  return std::array<std::pair<const char *, const std::string *>, 4>{
                                      {{"le titre", &one.titre},
                                       {"le résumé", &one.resume},
                                       {"la place", &one.place},
                                       {"ce qui le laisse sans règle", &one.sans_regle}}};
                                };
                                Words changes;
                                const auto was = words(*old.article), is = words(*now.article);
                                for (std::size_t i = 0; i < was.size(); ++i)
                                  if (*was[i].second != *is[i].second)
                                    changes.push_back(std::string(was[i].first) + " « " + *was[i].second +
                                                      " » devient « " + *is[i].second + " »");
                                return changes;
                              });
  const List values = compared(
      parameters(before), parameters(after), find_in<NamedParameter>,
      [](const NamedParameter &old, const NamedParameter &now) { return changes_of(*old.parameter, *now.parameter); });
  List cases;
  std::set<std::string> seen;
  for (const Pack *pack : {&after, &before})
    for (const PackCase &one : pack->cases()) {
      if (!seen.insert(one.nom).second)
        continue;
      CaseAnswer old = answer_of(before, one), now = answer_of(after, one);
      if (old == now)
        continue;
      if (!feel::identical(Value(old.articles), Value(now.articles)))
        for (CaseAnswer *answer : {&old, &now})
          answer->said.set("articles", Value(std::move(answer->articles)));
      cases.push_back(Context{{"nom", one.nom},
                              {"decision", one.decision},
                              {"avant", std::move(old.said)},
                              {"apres", std::move(now.said)}});
    }
  return Context{{"decisions", changed},    {"entrees", read},
                 {"parametres", values},    {"articles", cited},
                 {"cas", std::move(cases)}, {"fichiers_identiques", before.sha256() == after.sha256()}};
}

} // namespace spie::pack
