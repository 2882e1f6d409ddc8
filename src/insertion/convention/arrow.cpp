#include "spie/convention/arrow.hpp"

#include "insertion/convention/records.hpp"
#include "rules/table/records.hpp"

namespace spie::convention {

namespace {

template <class Result> void say_pack(table::Rows &rows, const Result &result) {
  rows.say("pack_id", result.pack_id);
  rows.say("pack_version", result.pack_version);
  rows.say("pack_sha256", result.pack_sha256);
  rows.say("date", result.date.to_string());
}

table::Rows totals_of(const EtatDesDepenses &etat) {
  std::vector<table::Shape::Member> columns{{"par", table::shape_of_kind(table::Shape::Kind::plain_text)}};
  for (table::Shape::Member &column : table::record_columns<Total>())
    columns.push_back(std::move(column));
  table::Rows rows(std::move(columns));
  const auto add = [&](const char *part, const Total &total) {
    rows.add(feel::Value(part));
    table::add_record(rows, total);
  };
  for (const Total &total : etat.par_action)
    add("action", total);
  for (const Total &total : etat.par_nature)
    add("nature", total);
  add("total", etat.total);
  return rows;
}

} // namespace

void to_arrow(ArrowArrayStream &out, const Budget &budget) {
  table::Rows rows = table::rows_of(budget.lignes);
  rows.say("id", budget.id);
  rows.give(out);
}

void to_arrow(ArrowArrayStream &out, const Registre &registre) { table::rows_of(registre.depenses).give(out); }

void to_arrow(ArrowArrayStream &out, const Versements &versements) { table::rows_of(versements.versements).give(out); }

void to_arrow(ArrowArrayStream &out, const EtatDesDepenses &etat, Tableau tableau) {
  table::Rows rows = tableau == Tableau::totaux ? totals_of(etat) : table::rows_of(etat.lignes);
  say_pack(rows, etat);
  rows.give(out);
}

void to_arrow(ArrowArrayStream &out, const Controle &controle) {
  table::Rows rows(table::record_columns<Controle>());
  table::add_record(rows, controle);
  say_pack(rows, controle);
  rows.give(out);
}

void to_arrow(ArrowArrayStream &out, const Echeancier &echeancier) {
  table::Rows rows = table::rows_of(echeancier.echeances);
  say_pack(rows, echeancier);
  rows.give(out);
}

} // namespace spie::convention
