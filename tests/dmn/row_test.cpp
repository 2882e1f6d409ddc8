// A row that is kept answers as the decision it was made from, whatever was set before.
#include "models.hpp"

#include "spie/dmn/row.hpp"

#include <stdexcept>

using namespace models;

namespace {

std::shared_ptr<const dmn::Model> aid() {
  return load(
      "<itemDefinition name=\"tStatut\"><typeRef>string</typeRef><allowedValues><text>\"salarie\", "
      "\"inactif\"</text></allowedValues></itemDefinition>\n"
      "<itemDefinition name=\"tPersonne\">"
      "<itemComponent name=\"age\"><typeRef>number</typeRef></itemComponent>"
      "<itemComponent name=\"statut\"><typeRef>tStatut</typeRef></itemComponent></itemDefinition>\n" +
      input("personne", "tPersonne") + input("seuil", "number") +
      decision("aide", {"i_personne", "i_seuil"},
               table("hitPolicy=\"FIRST\"", {{"personne.age"}, {"personne.statut"}, {"seuil"}}, {{"aide"}, {"montant"}},
                     {{"< 26", "\"inactif\"", "-", "\"jeune\"", "528"},
                      {"-", "\"salarie\"", "> 3", "\"prime\"", "seuil * 2"},
                      {"-", "-", "-", "\"rien\"", "0"}})));
}

std::size_t at(const dmn::Row &row, const char *path) { return row.find(path).value(); }

} // namespace

TEST_CASE("a row gives what its decision gives, with and without unknown facts", "[dmn][row]") {
  const auto model = aid();
  const auto prepared = model->decision("aide");
  for (const bool unknown : {false, true}) {
    dmn::EvaluateOptions options;
    options.facts_may_be_unknown = unknown;
    const auto row = dmn::Row::of(prepared, options);
    for (int age = 24; age < 28; ++age)
      for (const char *status : {"salarie", "inactif", ""})
        for (int limit = 2; limit < 6; ++limit) {
          if (age == 27)
            row->unset(at(*row, "personne.age"));
          else
            row->set(at(*row, "personne.age"), age);
          if (*status == '\0')
            row->unset(at(*row, "personne.statut"));
          else
            row->set_text(at(*row, "personne.statut"), status);
          if (limit == 5)
            row->unset(at(*row, "seuil"));
          else
            row->set(at(*row, "seuil"), limit);
          Context person{{"age", age == 27 ? Value() : Value(age)},
                         {"statut", *status == '\0' ? Value() : Value(status)}};
          std::vector<dmn::Given> given{{"personne", person}};
          if (limit != 5)
            given.push_back({"seuil", limit});
          const dmn::Result expected = prepared->evaluate(given, options);
          const dmn::Result &found = row->evaluate();
          INFO(age << " " << status << " " << limit << (unknown ? " unknown" : ""));
          CHECK(found.value.to_string() == expected.value.to_string());
          CHECK(found.status == expected.status);
          CHECK(found.missing == expected.missing);
          CHECK(found.errors.size() == expected.errors.size());
        }
  }
}

TEST_CASE("a row that is cleared has nothing of the one before", "[dmn][row]") {
  dmn::EvaluateOptions options;
  options.facts_may_be_unknown = true;
  const auto row = dmn::Row::of(aid()->decision("aide"), options);
  row->set(at(*row, "personne.age"), 20);
  row->set_text(at(*row, "personne.statut"), "inactif");
  CHECK(row->evaluate().value.context().find("aide")->text() == "jeune");
  row->clear();
  const dmn::Result &nothing = row->evaluate();
  CHECK(nothing.status == dmn::Status::indetermine);
  CHECK(nothing.missing == std::vector<std::string>{"personne.age", "personne.statut", "seuil"});
}

TEST_CASE("a row refuses what is not of the type of its slot, and keeps what it had", "[dmn][row]") {
  const auto row = dmn::Row::of(aid()->decision("aide"));
  CHECK_FALSE(row->find("personne"));
  CHECK_FALSE(row->find("age"));
  CHECK(row->slots().size() == 3);
  row->set(at(*row, "personne.age"), 20);
  row->set_text(at(*row, "personne.statut"), "inactif");
  CHECK_THROWS_AS(row->set(at(*row, "personne.age"), "vingt"), Error);
  CHECK_THROWS_AS(row->set_text(at(*row, "personne.statut"), "autre"), Error);
  CHECK_THROWS_AS(row->set(3, 1), std::out_of_range);
  CHECK(row->evaluate().value.context().find("montant")->number() == feel::Number(528));
}
