#include "spie/dossier/arrow.hpp"

#include "rules/table/records.hpp"

namespace spie::dossier {

namespace {

using Columns = std::vector<table::Shape::Member>;
using Kind = table::Shape::Kind;
using feel::Value;

Columns said_columns(int scale) {
  table::Shape instant = table::shape_of_kind(Kind::millis);
  instant.zone = "UTC";
  const table::Shape text = table::shape_of_kind(Kind::plain_text), day = table::shape_of_kind(Kind::date),
                     yes_or_no = table::shape_of_kind(Kind::boolean);
  return {{"valeur", table::shape_of_kind(Kind::plain_json)},
          {"texte", text},
          {"nombre", table::shape_of_kind(Kind::number, scale)},
          {"jour", day},
          {"booleen", yes_or_no},
          {"source", text},
          {"auteur", text},
          {"debut", day},
          {"fin", day},
          {"precision", text},
          {"enregistre", instant},
          {"evenement", text},
          {"seq", table::shape_of_kind(Kind::whole)},
          {"corrige", yes_or_no}};
}

void append(Columns &columns, const Columns &more, const std::string &before = {}) {
  for (const auto &[name, shape] : more)
    columns.push_back({before + name, shape});
}

Value text_or_null(const std::string &text) { return text.empty() ? Value() : Value(text); }
Value if_kind(const Value &value, feel::Kind kind) { return value.is(kind) ? value : Value(); }

// In the order of said_columns(); nulls where nothing is said.
std::vector<Value> said_values(const Dire *said, bool corrected) {
  if (said == nullptr)
    return std::vector<Value>(said_columns(0).size());
  const Effet &effect = said->effet;
  return {said->valeur,
          if_kind(said->valeur, feel::Kind::text),
          if_kind(said->valeur, feel::Kind::number),
          if_kind(said->valeur, feel::Kind::date),
          if_kind(said->valeur, feel::Kind::boolean),
          text_or_null(said->source),
          text_or_null(said->auteur),
          Value(effect.debut),
          effect.fin ? Value(*effect.fin) : Value(),
          Value(std::string(text(effect.precision))),
          Value(said->enregistre.ms),
          Value(said->evenement),
          Value(said->seq),
          Value(corrected)};
}

void add_said(table::Rows &rows, const Dire *said, bool corrected) {
  for (const Value &value : said_values(said, corrected))
    rows.add(value);
}
void add_said(table::Rows &rows, const Dire &said) { add_said(rows, &said, said.corrige); }

// As an item of `autres`.
Value said_item(const Columns &columns, const Dire &said) {
  feel::Context item;
  const std::vector<Value> values = said_values(&said, said.corrige);
  for (std::size_t i = 0; i < columns.size(); ++i)
    item.set(columns[i].name, values[i]);
  return item;
}

} // namespace

void to_arrow(ArrowArrayStream &out, std::span<const Situation *const> situations, int echelle) {
  const Columns said = said_columns(echelle);
  Columns columns{{"dossier", table::shape_of_kind(Kind::plain_text)},
                  {"au", table::shape_of_kind(Kind::date)},
                  {"chemin", table::shape_of_kind(Kind::plain_text)}};
  append(columns, said);
  table::Shape other = table::shape_of_kind(Kind::structure);
  other.members = said;
  columns.push_back({"raison", table::shape_of_kind(Kind::plain_text)});
  columns.push_back({"grossi", table::shape_of_kind(Kind::boolean)});
  columns.push_back({"autres", table::shape_holding(Kind::list, other)});
  table::Rows rows(std::move(columns));
  for (const Situation *situation : situations) {
    const Value whose(situation->sujet.to_string());
    for (const Fait &fact : situation->faits) {
      rows.add(whose);
      rows.add(Value(situation->au));
      rows.add(Value(fact.chemin));
      add_said(rows, fact.dire);
      rows.add(Value(std::string(text(fact.raison))));
      rows.add(Value(false));
      feel::List others;
      for (const Dire &one : fact.autres)
        others.push_back(said_item(said, one));
      rows.add(Value(std::move(others)));
    }
  }
  rows.give(out);
}

void to_arrow(ArrowArrayStream &out, const std::vector<Situation> &situations, int echelle) {
  std::vector<const Situation *> each;
  for (const Situation &situation : situations)
    each.push_back(&situation);
  to_arrow(out, std::span<const Situation *const>(each), echelle);
}

void to_arrow(ArrowArrayStream &out, const std::vector<Parole> &history, int echelle) {
  const table::Shape text = table::shape_of_kind(Kind::plain_text);
  Columns columns{{"type", text}, {"cle", text}};
  append(columns, said_columns(echelle));
  columns.push_back({"corrige_par", text});
  columns.push_back({"compte", table::shape_of_kind(Kind::boolean)});
  table::Rows rows(std::move(columns));
  for (const Parole &word : history) {
    rows.add(Value(word.type));
    rows.add(text_or_null(word.cle));
    add_said(rows, &word.dire, !word.corrige_par.empty());
    rows.add(text_or_null(word.corrige_par));
    rows.add(Value(word.compte));
  }
  rows.give(out);
}

void to_arrow(ArrowArrayStream &out, const std::vector<Difference> &differences, int echelle) {
  const Columns said = said_columns(echelle);
  Columns columns{{"chemin", table::shape_of_kind(Kind::plain_text)}};
  append(columns, said, "avant_");
  append(columns, said, "apres_");
  table::Rows rows(std::move(columns));
  for (const Difference &difference : differences) {
    rows.add(Value(difference.chemin));
    for (const std::optional<Dire> *side : {&difference.avant, &difference.apres})
      add_said(rows, *side ? &**side : nullptr, *side && (*side)->corrige);
  }
  rows.give(out);
}

} // namespace spie::dossier
