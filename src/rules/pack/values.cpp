#include "spie/pack/values.hpp"

#include "rules/pack/records.hpp"

namespace spie {

using feel::Context;
using feel::List;
using feel::Value;

namespace {

Value to_value(const ParameterValue &value) {
  return Context{{"depuis", value.depuis.to_string()},
                 {"valeur", value.valeur},
                 {"source", value.source},
                 {"note", value.note},
                 {"seconde_main", value.seconde_main}};
}

Value to_value(const ParameterReading &reading) {
  return Context{
      {"valeur", reading.valeur}, {"sens", reading.sens}, {"libelles", record::written(reading.libelles, 0)}};
}

template <class T> List list_of(const std::vector<T> &items) {
  List list;
  for (const T &item : items)
    list.push_back(to_value(item));
  return list;
}

} // namespace

Value to_value(const Pack &pack) {
  const auto end = pack.period_end();
  Context roles;
  for (auto &[role, decision] : pack.roles())
    roles.set(role, Value(decision));
  return Context{{"id", pack.id()},
                 {"version", pack.version()},
                 {"titre", pack.title()},
                 {"autorite", pack.authority()},
                 {"debut", pack.period_start().to_string()},
                 {"fin", end ? Value(end->to_string()) : Value()},
                 {"sha256", pack.sha256()},
                 {"bases", to_value(pack.bases())},
                 {"roles", std::move(roles)}};
}

Value to_value(const Article &article) { return record::to_context(article); }

Value to_value(const ParameterUse &use) { return record::to_context(use); }

Value to_value(const PackParameter &parameter) {
  return Context{{"nom", parameter.nom},
                 {"titre", parameter.titre},
                 {"unite", parameter.unite},
                 {"type", parameter.type},
                 {"article", parameter.article},
                 {"pack", parameter.pack},
                 {"lu_au", parameter.lu_au.empty() ? Value() : Value(parameter.lu_au)},
                 {"valeurs", list_of(parameter.valeurs)},
                 {"lectures", list_of(parameter.lectures)}};
}

Value to_value(const PackCase &one) {
  return Context{{"nom", one.nom},           {"titre", one.titre},
                 {"decision", one.decision}, {"as_of", one.as_of.to_string()},
                 {"faits", one.faits},       {"parametres", one.parametres},
                 {"attendu", one.attendu},   {"commentaire", one.commentaire},
                 {"pack", one.pack},         {"fichier", one.file}};
}

Value to_value(const CaseResult &result) {
  return Context{{"nom", result.nom}, {"reussi", result.passed}, {"difference", result.difference}};
}

Value to_value(const PackResult &result) {
  Context record{
      {"decision", result.decision},
      {"as_of", result.as_of.to_string()},
      {"pack", Context{{"id", result.pack_id}, {"version", result.pack_version}, {"sha256", result.pack_sha256}}}};
  const Value evaluation = dmn::to_value(static_cast<const dmn::Result &>(result));
  for (const auto &[key, value] : evaluation.context())
    record.set(key, value);
  record.set("articles", to_value(result.articles));
  record.set("parametres", list_of(result.parametres));
  record.set("explication", result.explanation);
  return record;
}

} // namespace spie
